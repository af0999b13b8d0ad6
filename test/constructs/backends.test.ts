import * as scf from "cdktf-scf";
import { loadBalancer, node, resource, synthesize, type TestStack } from "./app";

const web = { domain: "www.example.com", path: "/" };
const at = { address: "10.0.0.7", port: 80 };
const server = scf.Backend.instance({ instanceId: "ins-1", port: 80 });

function http(stack: TestStack, balancer = loadBalancer) {
  return new scf.LoadBalancerListener(stack, "http", {
    loadBalancer: balancer,
    protocol: scf.Protocol.HTTP,
    port: 80,
  });
}

function freshBalancer(): scf.LoadBalancer {
  return scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: "ap-guangzhou" });
}

describe("back-ends", () => {
  test("of a rule are one resource, however many there are and whenever they are added", () => {
    const plan = synthesize((stack) => {
      const rule = http(stack).addRule("static", { ...web, targets: [server] });
      rule.addTarget(scf.Backend.networkInterface({ ...at, weight: 0 }));
    });
    expect(resource(plan, "shop/http/static/Backends")).toMatchObject({
      kind: "clb_backend_binding",
      properties: {
        loadBalancerId: "lb-1",
        listenerId: { $ref: { address: "shop/http", attribute: "listenerId" } },
        locationId: { $ref: { address: "shop/http/static", attribute: "locationId" } },
        backends: [
          { address: "10.0.0.7", port: 80, weight: 0 },
          { instanceId: "ins-1", port: 80, weight: 10 },
        ],
      },
    });
  });

  test("of a TCP listener hang on the listener itself", () => {
    const plan = synthesize((stack) => {
      const tcp = new scf.LoadBalancerListener(stack, "tcp", {
        loadBalancer,
        protocol: scf.Protocol.TCP,
        port: 7000,
        scheduler: "LEAST_CONN",
        sessionPersistence: scf.Duration.minutes(5),
        healthCheck: { interval: scf.Duration.seconds(10), timeout: scf.Duration.seconds(3) },
      });
      tcp.addTarget(server);
    });
    expect(resource(plan, "shop/tcp").properties).toMatchObject({
      protocol: "TCP",
      scheduler: "LEAST_CONN",
      sessionExpireSeconds: 300,
      healthCheck: { intervalSeconds: 10, timeoutSeconds: 3 },
    });
    expect(resource(plan, "shop/tcp/Backends").properties).not.toHaveProperty("locationId");
  });

  test("in another region are bound by their address", () => {
    const plan = synthesize((stack) => {
      const balancer = freshBalancer();
      const cloudConnectNetwork = "ccn-1";
      new scf.CrossRegionBinding(stack, "ccn", {
        loadBalancer: balancer,
        version: "2.0",
        cloudConnectNetwork,
      });
      const remote = scf.Backend.instance({
        instanceId: "ins-9",
        region: scf.Region.SHANGHAI,
        address: "10.1.0.9",
        port: 80,
      });
      http(stack, balancer).addRule("static", { ...web, targets: [remote] });
    });
    expect(resource(plan, "shop/http/static/Backends").properties["backends"]).toEqual([
      { address: "10.1.0.9", port: 80, weight: 10 },
    ]);
  });

  test("wait for cross-region binding and SNAT addresses, in whatever order these are declared", () => {
    const plan = synthesize((stack) => {
      const balancer = freshBalancer();
      const place = { loadBalancer: balancer, subnetId: "subnet-1" };
      const rule = http(stack, balancer).addRule("static", web);
      rule.addTarget(scf.Backend.dataCenterAddress({ address: "192.168.1.1", port: 80 }));
      new scf.SnatAddress(stack, "snat1", { ...place, address: "10.0.0.10" });
      new scf.SnatAddress(stack, "snat2", { ...place, address: "10.0.0.11" });
      const cloudConnectNetwork = "ccn-1";
      new scf.CrossRegionBinding(stack, "ccn", {
        loadBalancer: balancer,
        version: "2.0",
        cloudConnectNetwork,
      });
    });
    const idOf = (address: string) => resource(plan, address).properties["loadBalancerId"];
    const waitsFor = (address: string) => ({ $ref: { address, attribute: "loadBalancerId" } });
    expect(idOf("shop/ccn")).toBe("lb-1");
    expect(idOf("shop/snat1")).toEqual(waitsFor("shop/ccn"));
    expect(idOf("shop/snat2")).toEqual(waitsFor("shop/snat1"));
    expect(idOf("shop/http/static/Backends")).toEqual(waitsFor("shop/snat2"));
  });
});

test("a certificate for each domain, on a listener with SNI", () => {
  const plan = synthesize((stack) => {
    const https = new scf.LoadBalancerListener(stack, "https", {
      loadBalancer,
      protocol: scf.Protocol.HTTPS,
      port: 443,
      serverNameIndication: true,
    });
    https.addRule("web", { ...web, certificateId: "cert-1", scheduler: "IP_HASH" });
  });
  expect(resource(plan, "shop/https").properties).toMatchObject({ serverNameIndication: true });
  expect(resource(plan, "shop/https/web").properties).toMatchObject({
    certificateId: "cert-1",
    scheduler: "IP_HASH",
  });
});

test("what a protocol does not have does not compile", () => {
  // Only the compiler reads this: an expectation that is not met is an error of its own.
  const unused = (stack: TestStack): void => {
    const common = { loadBalancer, port: 80 } as const;
    const orders = new scf.Function(stack, "orders", node);
    const tcp = new scf.LoadBalancerListener(stack, "tcp", { ...common, protocol: "TCP" });
    // @ts-expect-error: TCP knows neither domains nor paths
    tcp.addRule("web", web);
    const udp = new scf.LoadBalancerListener(stack, "udp", { ...common, protocol: "UDP" });
    // @ts-expect-error: UDP knows neither domains nor paths
    udp.addRule("web", web);
    // @ts-expect-error: layer-4 listeners do not forward to functions
    tcp.addTarget(orders.latest);
    // @ts-expect-error: HTTP listeners have targets by rule
    http(stack).addTarget(server);
    const quic = new scf.LoadBalancerListener(stack, "quic", { ...common, protocol: "QUIC" });
    quic.addRule("static", { ...web, targets: [server] });
    // @ts-expect-error: QUIC binds no functions
    quic.addRule("dynamic", { ...web, targets: [orders.latest] });
    // @ts-expect-error: a rule sends requests to a function or to back-ends
    http(stack).addRule("both", { ...web, targets: [server, orders.latest] });
    // @ts-expect-error: HTTP has no certificate
    new scf.LoadBalancerListener(stack, "a", { ...common, protocol: "HTTP", certificateId: "cert-1" });
    // @ts-expect-error: HTTPS rules have the scheduler
    new scf.LoadBalancerListener(stack, "b", { ...common, protocol: "HTTPS", scheduler: "WRR" });
    // @ts-expect-error: layer-4 listeners have no access logs
    new scf.LoadBalancerListener(stack, "c", { ...common, protocol: "TCP", accessLogs: true });
    const away = { version: "1.0", region: "ap-beijing", vpcId: "vpc-1" } as const;
    // @ts-expect-error: 2.0 names a network
    new scf.CrossRegionBinding(stack, "d", { ...away, loadBalancer, version: "2.0" });
    const network = { version: "2.0", cloudConnectNetwork: "ccn-1" } as const;
    // @ts-expect-error: 1.0 names region and VPC
    new scf.CrossRegionBinding(stack, "e", { ...network, loadBalancer, version: "1.0" });
    const listener: scf.LoadBalancerListener = http(stack);
    listener.addRule("orders", { ...web, targets: [{ target: orders.latest, weight: 20 }] });
  };
  expect(typeof unused).toBe("function");
});
