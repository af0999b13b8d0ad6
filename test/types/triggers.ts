import * as scf from "cdktf-scf";

/*
 * What does not compile. `tsc --noEmit` checks this file, and complains of a line that is expected to be wrong and is not.
 * Nothing runs it.
 */
declare const event: scf.FunctionBase<"event">;
declare const web: scf.FunctionBase<"web">;
declare const webAlias: scf.Alias<"web">;
declare const webVersion: scf.Version<"web">;
declare const listener: scf.LoadBalancerListener;

const schedule = scf.Schedule.cron("0 0 2 * * * *");
const bucket = "uploads-1250000000";
const topicId = "0f1e2d3c-0000-4000-8000-000000000001";

// Event functions take every type of trigger.
event.addTrigger("timer", scf.Trigger.timer({ schedule }));
event.addTrigger("cos", scf.Trigger.cos({ bucket, events: ["cos:ObjectCreated:*"] }));
event.addTrigger("ckafka", scf.Trigger.ckafka({ instanceId: "ckafka-1", topic: "orders" }));
event.addTrigger("cls", scf.Trigger.cls({ topicId }));
event.addTrigger("mps", scf.Trigger.mps({ eventType: "WorkflowTask" }));
event.addTrigger("api", scf.Trigger.apiGateway());

// TRG-QUAL: versions that were published before take them as well.
event.version("3").addTrigger("timer", scf.Trigger.timer({ schedule }));
// @ts-expect-error WEB-TRG
web.version("3").addTrigger("timer", scf.Trigger.timer({ schedule }));

// WEB-TRG: web functions, their versions and aliases take those of an API gateway only.
web.addTrigger("api", scf.Trigger.apiGateway());
webAlias.addTrigger("api", scf.Trigger.apiGateway({ serviceId: "service-1", protocol: "WSS" }));
webVersion.addTrigger("api", scf.Trigger.apiGateway());
// @ts-expect-error WEB-TRG
web.addTrigger("timer", scf.Trigger.timer({ schedule }));
// @ts-expect-error WEB-TRG
web.addTrigger("cos", scf.Trigger.cos({ bucket, events: ["cos:ObjectCreated:*"] }));
// @ts-expect-error WEB-TRG
web.addTrigger("ckafka", scf.Trigger.ckafka({ instanceId: "ckafka-1", topic: "orders" }));
// @ts-expect-error WEB-TRG
web.addTrigger("cls", scf.Trigger.cls({ topicId }));
// @ts-expect-error WEB-TRG
web.addTrigger("mps", scf.Trigger.mps({ eventType: "WorkflowTask" }));
// @ts-expect-error WEB-TRG
webAlias.addTrigger("timer", scf.Trigger.timer({ schedule }));
// @ts-expect-error WEB-TRG
webVersion.addTrigger("timer", scf.Trigger.timer({ schedule }));
// @ts-expect-error WEB-TRG
listener.addRule("pages", { domain: "www.example.com", path: "/", targets: [webAlias] });

// TRG-CMQ: nothing takes one.
const cmq = scf.Trigger.cmq({ topic: "orders" });
// @ts-expect-error TRG-CMQ
event.addTrigger("cmq", cmq);
// @ts-expect-error TRG-CMQ
web.addTrigger("cmq", cmq);

// TRG-ENABLE: there is no switch for these types.
scf.Trigger.cos({ bucket, events: ["cos:ObjectCreated:*"], enabled: false });
scf.Trigger.ckafka({ instanceId: "ckafka-1", topic: "orders", enabled: false });
// @ts-expect-error TRG-ENABLE
scf.Trigger.cls({ topicId, enabled: false });
// @ts-expect-error TRG-ENABLE
scf.Trigger.mps({ eventType: "WorkflowTask", enabled: false });
// @ts-expect-error TRG-ENABLE
scf.Trigger.apiGateway({ enabled: false });

// A COS trigger is for one event at least.
// @ts-expect-error at least one event
scf.Trigger.cos({ bucket, events: [] });

// GW-BASIC: a timeout, authentication and the like are for services of standard gateways.
scf.Trigger.apiGateway({ path: "/orders", method: "POST", environment: "test" });
scf.Trigger.apiGateway({
  serviceId: "service-1",
  backendTimeout: scf.Duration.seconds(60),
  authentication: true,
});
// @ts-expect-error GW-BASIC
scf.Trigger.apiGateway({ backendTimeout: scf.Duration.seconds(60) });
// @ts-expect-error GW-BASIC
scf.Trigger.apiGateway({ authentication: true });
// @ts-expect-error GW-BASIC
scf.Trigger.apiGateway({ plugins: ["plugin-1"] });
// @ts-expect-error no method of an API
scf.Trigger.apiGateway({ method: "PATCH" });
// @ts-expect-error no environment of a service
scf.Trigger.apiGateway({ environment: "production" });
