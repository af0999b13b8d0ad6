/**
 * Programs that must not compile. Nothing here runs: `npm run lint` checks the types of the whole tree, and a line below
 * `@ts-expect-error` that does compile is an error there. Each expectation says what the types keep people from.
 */
import * as scf from "cdktf-scf";
import type { TestStack } from "../constructs/app";

const code = scf.Code.fromAsset("functions/orders");
const runtime = scf.Runtime.NODEJS_16_13;
const event = { code, runtime, handler: "index.main_handler" };
const web = { code, runtime };
const image = scf.ContainerImage.fromPersonalRegistry("registry.example.com/team/orders:1");
const timer = scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") });
const queue = scf.DeadLetterQueue.queue("dead");
const idleTimeout = scf.Duration.seconds(60);
const layers = [scf.Layer.fromVersion("deps", 1)];

export function functions(stack: TestStack): void {
  new scf.Function(stack, "a", event);
  new scf.Function(stack, "b", { ...event, memory: 256, dnsCache: true, deadLetterQueue: queue });
  // @ts-expect-error memory is 64, or a multiple of 128 (FN-MEM)
  new scf.Function(stack, "c", { ...event, memory: 320 });
  // @ts-expect-error a timeout says its unit
  new scf.Function(stack, "d", { ...event, timeout: 10 });
  // @ts-expect-error an event function from code has a handler
  new scf.Function(stack, "e", { code, runtime });
  // @ts-expect-error a runtime is not any text
  new scf.Function(stack, "f", { ...event, runtime: "Nodejs16.13" });
  // @ts-expect-error event functions speak no WebSocket
  new scf.Function(stack, "g", { ...event, webSocket: { idleTimeout } });
  // @ts-expect-error an instance of an event function runs one event at a time (WEB-CONC)
  new scf.Function(stack, "h", { ...event, instanceConcurrency: 10 });
  // @ts-expect-error an image is not a code package
  new scf.Function(stack, "i", { ...event, code: image });
  // @ts-expect-error a VPC comes with its subnet (NET-VPC)
  new scf.Function(stack, "j", { ...event, vpc: scf.Vpc.fromAttributes({ vpcId: "vpc-1" }) });
  // @ts-expect-error a log topic comes with its log set (LOG-REGION)
  new scf.Function(stack, "k", { ...event, logTopic: scf.LogTopic.fromAttributes({ topicId: "t" }) });
}

export function webFunctions(stack: TestStack): void {
  const site = new scf.WebFunction(stack, "a", {
    ...web,
    webSocket: { idleTimeout },
    instanceConcurrency: 10,
  });
  // @ts-expect-error web functions have no handler (RT-NOH)
  new scf.WebFunction(stack, "b", { ...web, handler: "index.main_handler" });
  // @ts-expect-error web functions have no DNS cache (WEB-DNS)
  new scf.WebFunction(stack, "c", { ...web, dnsCache: true });
  // @ts-expect-error web functions have no asynchronous execution (WEB-ASYNC)
  new scf.WebFunction(stack, "d", { ...web, asyncExecution: true });
  // @ts-expect-error web functions are not invoked asynchronously (WEB-ASYNC)
  new scf.WebFunction(stack, "e", { ...web, asyncInvocation: { retryAttempts: 1 } });
  // @ts-expect-error web functions have no dead-letter queue (WEB-ASYNC)
  new scf.WebFunction(stack, "f", { ...web, deadLetterQueue: queue });
  // @ts-expect-error the idle timeout belongs to WebSocket
  new scf.WebFunction(stack, "g", { ...web, webSocketIdleTimeout: idleTimeout });
  // @ts-expect-error web functions have API gateway triggers only (WEB-TRG)
  site.addTrigger("nightly", timer);
  // @ts-expect-error nor have their versions others
  site.currentVersion.addTrigger("nightly", timer);
  // @ts-expect-error nor have their aliases others
  site.addAlias("live", { version: site.latest }).addTrigger("nightly", timer);
}

export function imageFunctions(stack: TestStack): void {
  const resize = new scf.ImageFunction(stack, "a", { image, asyncExecution: true });
  resize.addTrigger("nightly", timer);
  // @ts-expect-error image functions have no handler (RT-NOH)
  new scf.ImageFunction(stack, "b", { image, handler: "index.main_handler" });
  // @ts-expect-error image functions bind no layers (LYR-IMG)
  new scf.ImageFunction(stack, "c", { image, layers });
  // @ts-expect-error image functions have no runtime of their own choice
  new scf.ImageFunction(stack, "d", { image, runtime });
  // @ts-expect-error image functions have no DNS cache (WEB-DNS)
  new scf.ImageFunction(stack, "e", { image, dnsCache: true });
  // @ts-expect-error only images with a web server have a port
  new scf.ImageFunction(stack, "f", { image, port: 9000 });
  // @ts-expect-error an image of an enterprise registry comes with the registry's id (COD-IMG)
  scf.ContainerImage.fromEnterpriseRegistry({ image: "registry.example.com/team/orders:1" });
  // @ts-expect-error a web function from an image has no asynchronous execution (WEB-ASYNC)
  new scf.WebImageFunction(stack, "g", { image, asyncExecution: true });
  // @ts-expect-error a web function from an image binds no layers (LYR-IMG)
  new scf.WebImageFunction(stack, "h", { image, layers });
}

export function importedFunctions(stack: TestStack): void {
  const orders = scf.Function.fromName(stack, "a", { name: "orders" });
  orders.addAlias("live", { version: orders.version("3") }).addTrigger("nightly", timer);
  // @ts-expect-error of an imported function nothing is known that could be published
  orders.addAlias("newest", { version: orders.currentVersion });
  // @ts-expect-error an imported function cannot be published
  new scf.Version(stack, "b", { function: orders });
  // @ts-expect-error imported web functions have API gateway triggers only (WEB-TRG)
  scf.WebFunction.fromName(stack, "c", { name: "site" }).addTrigger("nightly", timer);
}

export function loadBalancers(listener: scf.LoadBalancerListener, site: scf.WebFunction): void {
  // @ts-expect-error load balancers bind event functions only (WEB-TRG)
  listener.addRule("site", { domain: "www.example.com", path: "/", targets: [site.latest] });
}

export function releases(orders: scf.Function): void {
  const release = scf.Release.canary({ steps: [{ weight: scf.Weight.percent(5) }] });
  const routing = scf.Routing.weighted(orders.version("1"), scf.Weight.percent(5));
  orders.addAlias("live", { version: orders.currentVersion, release });
  // @ts-expect-error a routing and a release both say what a second version gets (REL-ROUTING)
  orders.addAlias("both", { version: orders.currentVersion, release, routing });
  // @ts-expect-error only published versions are released
  orders.addAlias("latest", { version: orders.latest, release });
  // @ts-expect-error a share says its unit
  scf.Release.canary({ steps: [{ weight: 5 }] });
}
