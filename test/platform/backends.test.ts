import type { Request } from "../../lib/platform";
import type { LocalPlatform } from "../../lib/platform/local";
import { cleanUp, createPlace, expectRefusal, open } from "./support";

afterEach(cleanUp);

async function balancerOf(
  platform: LocalPlatform,
  request: Partial<Request<"clb", "CreateLoadBalancer">> = {},
): Promise<string> {
  const made = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN", ...request });
  return made.LoadBalancerIds?.[0] ?? "";
}

async function tcpPlace(platform: LocalPlatform) {
  const LoadBalancerId = await balancerOf(platform);
  const request = { LoadBalancerId, Protocol: "TCP", Ports: [7000] };
  const made = await platform.call("clb", "CreateListener", request);
  return { LoadBalancerId, ListenerId: made.ListenerIds?.[0] ?? "" };
}

async function balancerAt(platform: LocalPlatform, id: string) {
  const answer = await platform.call("clb", "DescribeLoadBalancers", { LoadBalancerIds: [id] });
  return answer.LoadBalancerSet?.[0];
}

const server = { InstanceId: "ins-1", Port: 80 };

describe("targets", () => {
  test("of a rule are bound, weighed and unbound", async () => {
    const platform = open();
    const place = await createPlace(platform);
    const card = { EniIp: "10.0.0.7", Port: 8080, Weight: 0 };
    const dualStack = { EniIp: "2001:db8::7", Port: 8080 };
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [server, card, dualStack] });
    const targets = async () => {
      const { LoadBalancerId } = place;
      const answer = await platform.call("clb", "DescribeTargets", { LoadBalancerId });
      return answer.Listeners?.[0]?.Rules?.[0]?.Targets;
    };
    expect(await targets()).toMatchObject([
      { Type: "CVM", InstanceId: "ins-1", Port: 80, Weight: 10 },
      { Type: "ENI", PrivateIpAddresses: ["10.0.0.7"], Port: 8080, Weight: 0 },
      { Type: "ENI", PrivateIpAddresses: ["2001:db8::7"], Port: 8080, Weight: 10 },
    ]);
    await platform.call("clb", "ModifyTargetWeight", { ...place, Targets: [server], Weight: 50 });
    expect((await targets())?.[0]?.Weight).toBe(50);
    await platform.call("clb", "DeregisterTargets", { ...place, Targets: [server] });
    expect(await targets()).toHaveLength(2);
  });

  test("of a TCP listener are its own", async () => {
    const platform = open();
    const place = await tcpPlace(platform);
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [server] });
    const { LoadBalancerId } = place;
    const answer = await platform.call("clb", "DescribeTargets", { LoadBalancerId });
    expect(answer.Listeners).toMatchObject([
      { Protocol: "TCP", Rules: [], Targets: [{ InstanceId: "ins-1" }] },
    ]);
  });

  test.each([
    ["none", [], "InvalidParameterValue.Length", "1 to 20"],
    [
      "more than 20",
      Array.from({ length: 21 }, (_, index) => ({ ...server, Port: index + 1 })),
      "InvalidParameterValue.Length",
      "not 21",
    ],
    ["an instance and an address", [{ ...server, EniIp: "10.0.0.7" }], "InvalidParameter", "either"],
    ["neither", [{ Port: 80 }], "InvalidParameter", "either"],
    ["an id that is none", [{ InstanceId: "i-1", Port: 80 }], "InvalidParameter.FormatError", "i-1"],
    ["an address that is none", [{ EniIp: "10.0.0", Port: 80 }], "InvalidParameter.FormatError", "10.0.0"],
    ["the port 0", [{ ...server, Port: 0 }], "InvalidParameterValue", "1 to 65535"],
    ["the weight 101", [{ ...server, Weight: 101 }], "InvalidParameterValue", "0 to 100"],
    ["one twice", [server, server], "InvalidParameterValue.Duplicate", "already"],
  ])("fail to be bound: %s", async (_name, Targets, code, text) => {
    const platform = open();
    const place = await tcpPlace(platform);
    await expectRefusal(platform, "clb", "RegisterTargets", { ...place, Targets }, code, text);
  });

  test("fail to be bound to an HTTP listener itself", async () => {
    const platform = open();
    const { LocationId: _, ...place } = await createPlace(platform);
    const request = { ...place, Targets: [server] };
    await expectRefusal(platform, "clb", "RegisterTargets", request, "InvalidParameter", "LocationId");
  });

  test.each(["DeregisterTargets", "ModifyTargetWeight"] as const)(
    "fail to be found by %s",
    async (action) => {
      const platform = open();
      const request = { ...(await tcpPlace(platform)), Targets: [server] };
      await expectRefusal(platform, "clb", action, request, "InvalidParameterValue", "ins-1:80 is not bound");
    },
  );

  test("keep their load balancer from being deleted, unless forced", async () => {
    const platform = open();
    const place = await tcpPlace(platform);
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [server] });
    const request = { LoadBalancerIds: [place.LoadBalancerId] };
    const code = "FailedOperation.TargetNumCheckRisk";
    await expectRefusal(platform, "clb", "DeleteLoadBalancer", request, code, "binds 1 back-ends");
    await platform.call("clb", "DeleteLoadBalancer", { ...request, ForceDelete: true });
  });
});

describe("cross-region binding", () => {
  const away = { Region: "ap-shanghai", VpcId: "vpc-1" };

  test("is off at first, and 2.0 is turned on and off", async () => {
    const platform = open();
    const LoadBalancerId = await balancerOf(platform);
    const home = { SnatPro: false, SnatIps: [], TargetRegionInfo: { Region: "ap-guangzhou" } };
    expect(await balancerAt(platform, LoadBalancerId)).toMatchObject(home);
    await platform.call("clb", "ModifyLoadBalancerAttributes", { LoadBalancerId, SnatPro: true });
    expect(await balancerAt(platform, LoadBalancerId)).toMatchObject({ SnatPro: true });
    await platform.call("clb", "ModifyLoadBalancerAttributes", { LoadBalancerId, SnatPro: false });
    expect(await balancerAt(platform, LoadBalancerId)).toMatchObject(home);
  });

  test("1.0 goes to another region, then to a third, and fails to come back", async () => {
    const platform = open();
    const LoadBalancerId = await balancerOf(platform);
    const request = { LoadBalancerId, TargetRegionInfo: away };
    await platform.call("clb", "ModifyLoadBalancerAttributes", request);
    expect(await balancerAt(platform, LoadBalancerId)).toMatchObject({ TargetRegionInfo: away });
    const third = { ...request, TargetRegionInfo: { ...away, Region: "ap-beijing" } };
    await platform.call("clb", "ModifyLoadBalancerAttributes", third);
    const back = { ...request, TargetRegionInfo: { ...away, Region: "ap-guangzhou" } };
    await expectRefusal(platform, "clb", "ModifyLoadBalancerAttributes", back, "FailedOperation", "stays so");
  });

  test("1.0 binds by address only", async () => {
    const platform = open();
    const place = await tcpPlace(platform);
    const { LoadBalancerId } = place;
    await platform.call("clb", "ModifyLoadBalancerAttributes", { LoadBalancerId, TargetRegionInfo: away });
    const request = { ...place, Targets: [server] };
    await expectRefusal(platform, "clb", "RegisterTargets", request, "InvalidParameterValue", "EniIp");
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [{ EniIp: "10.1.0.1", Port: 80 }] });
  });

  test.each([
    [
      "1.0 on a private load balancer",
      { LoadBalancerType: "INTERNAL" },
      { TargetRegionInfo: away },
      "private",
    ],
    ["1.0 on a classic load balancer", { Forward: 0 }, { TargetRegionInfo: away }, "classic"],
    [
      "1.0 to another VPC of the region",
      {},
      { TargetRegionInfo: { Region: "ap-guangzhou", VpcId: "vpc-2" } },
      "another VPC",
    ],
    ["2.0 on a classic load balancer", { Forward: 0 }, { SnatPro: true }, "classic"],
  ])("fails: %s", async (_name, balancer, change, text) => {
    const platform = open();
    const request = { LoadBalancerId: await balancerOf(platform, balancer), ...change };
    const code = "InvalidParameterValue";
    await expectRefusal(platform, "clb", "ModifyLoadBalancerAttributes", request, code, text);
  });

  test("fails: 2.0 for a traditional account, and both versions at once", async () => {
    const old = open({ accountType: "traditional" });
    const request = { LoadBalancerId: await balancerOf(old), SnatPro: true };
    await expectRefusal(
      old,
      "clb",
      "ModifyLoadBalancerAttributes",
      request,
      "FailedOperation",
      "traditional",
    );
    const platform = open();
    const LoadBalancerId = await balancerOf(platform, { SnatPro: true });
    const both = { LoadBalancerId, TargetRegionInfo: away };
    await expectRefusal(platform, "clb", "ModifyLoadBalancerAttributes", both, "FailedOperation", "excludes");
  });
});

test("a load balancer tells the topic of its access logs", async () => {
  const platform = open();
  const logged = await balancerOf(platform, { AccessLogTopicId: "topic-1" });
  expect(await balancerAt(platform, logged)).toMatchObject({ LogTopicId: "topic-1" });
  expect(await balancerAt(platform, await balancerOf(platform))).not.toHaveProperty("LogTopicId");
});

describe("SNAT addresses", () => {
  test("turn 2.0 on, are picked where none is named, and keep 2.0 on until they are gone", async () => {
    const platform = open();
    const LoadBalancerId = await balancerOf(platform);
    const SubnetId = "subnet-1";
    const named = { LoadBalancerId, SnatIps: [{ SubnetId, Ip: "10.0.0.10" }] };
    await platform.call("clb", "CreateLoadBalancerSnatIps", named);
    const picked = { LoadBalancerId, SnatIps: [{ SubnetId }], Number: 2 };
    await platform.call("clb", "CreateLoadBalancerSnatIps", picked);
    const found = await balancerAt(platform, LoadBalancerId);
    expect(found).toMatchObject({ SnatPro: true, SnatIps: [{ SubnetId, Ip: "10.0.0.10" }, {}, {}] });
    const off = { LoadBalancerId, SnatPro: false };
    await expectRefusal(platform, "clb", "ModifyLoadBalancerAttributes", off, "FailedOperation", "SNAT");
    const Ips = found?.SnatIps?.map(({ Ip }) => Ip ?? "") ?? [];
    await platform.call("clb", "DeleteLoadBalancerSnatIps", { LoadBalancerId, Ips });
    await platform.call("clb", "ModifyLoadBalancerAttributes", off);
    expect(await balancerAt(platform, LoadBalancerId)).toMatchObject({ SnatPro: false, SnatIps: [] });
  });

  test("fail where no data centre is reached, for an address that is there or is none, and when there are ten", async () => {
    const abroad = open({ region: "ap-singapore" });
    const action = "CreateLoadBalancerSnatIps";
    const some = (LoadBalancerId: string, Ip: string) => ({
      LoadBalancerId,
      SnatIps: [{ SubnetId: "s", Ip }],
    });
    const away = some(await balancerOf(abroad), "10.0.0.1");
    await expectRefusal(abroad, "clb", action, away, "InvalidParameter.RegionNotFound", "ap-singapore");
    const platform = open();
    const id = await balancerOf(platform, { SnatIps: [{ SubnetId: "s", Ip: "10.0.0.1" }] });
    await expectRefusal(platform, "clb", action, some(id, "10.0.0.1"), "InvalidParameterValue", "already");
    await expectRefusal(
      platform,
      "clb",
      action,
      some(id, "10.0.0"),
      "InvalidParameter.FormatError",
      "10.0.0",
    );
    const many = { LoadBalancerId: id, SnatIps: [{ SubnetId: "s" }], Number: 10 };
    await expectRefusal(platform, "clb", action, many, "LimitExceeded", "11");
    const gone = { LoadBalancerId: id, Ips: ["10.9.9.9"] };
    await expectRefusal(
      platform,
      "clb",
      "DeleteLoadBalancerSnatIps",
      gone,
      "InvalidParameterValue",
      "10.9.9.9",
    );
  });
});

describe("listeners", () => {
  /** The protocol, with a certificate where it takes one. */
  const speaking = (Protocol: string) =>
    ["HTTPS", "TCP_SSL", "QUIC"].includes(Protocol)
      ? { Protocol, Certificate: { CertId: "c" } }
      : { Protocol };

  test.each([
    ["HTTP", "TCP"],
    ["HTTP", "HTTPS"],
    ["TCP_SSL", "TCP"],
    ["UDP", "QUIC"],
  ])("for %s and %s fail to share a port", async (first, second) => {
    const platform = open();
    const common = { LoadBalancerId: await balancerOf(platform), Ports: [443] };
    await platform.call("clb", "CreateListener", { ...common, ...speaking(first) });
    const request = { ...common, ...speaking(second) };
    const code = "InvalidParameter.PortCheckFailed";
    await expectRefusal(platform, "clb", "CreateListener", request, code, `${first} port 443`);
  });

  test.each([
    ["TCP", "UDP"],
    ["HTTPS", "QUIC"],
  ])("for %s and %s share a port", async (first, second) => {
    const platform = open();
    const common = { LoadBalancerId: await balancerOf(platform), Ports: [443] };
    await platform.call("clb", "CreateListener", { ...common, ...speaking(first) });
    await platform.call("clb", "CreateListener", { ...common, ...speaking(second) });
  });

  test.each([
    ["a scheduler for HTTP", { Protocol: "HTTP", Scheduler: "WRR" }, "no Scheduler"],
    ["a health check for HTTPS", { ...speaking("HTTPS"), HealthCheck: { TimeOut: 2 } }, "no HealthCheck"],
    ["a certificate for TCP", { Protocol: "TCP", Certificate: { CertId: "c" } }, "no Certificate"],
    ["SNI for HTTP", { Protocol: "HTTP", SniSwitch: 1 }, "no SniSwitch"],
    ["a session for QUIC", { ...speaking("QUIC"), SessionExpireTime: 60 }, "no SessionExpireTime"],
    ["a session of 3601 s", { SessionExpireTime: 3601 }, "30 to 3600"],
    ["an interval of 301 s", { HealthCheck: { IntervalTime: 301 } }, "2 to 300"],
    ["a timeout as long as the interval", { HealthCheck: { TimeOut: 5 } }, "less than IntervalTime"],
    ["a scheduler that is none", { Scheduler: "RANDOM" }, "WRR, LEAST_CONN, IP_HASH"],
  ])("fail to be made with %s", async (_name, change, text) => {
    const platform = open();
    const request = { LoadBalancerId: await balancerOf(platform), Protocol: "TCP", Ports: [7000], ...change };
    await expectRefusal(platform, "clb", "CreateListener", request, "InvalidParameterValue", text);
  });

  test("with SNI keep it, and their domains take other certificates and names", async () => {
    const platform = open();
    const LoadBalancerId = await balancerOf(platform);
    const sni = { LoadBalancerId, Protocol: "HTTPS", Ports: [443], SniSwitch: 1 };
    const made = await platform.call("clb", "CreateListener", sni);
    const place = { LoadBalancerId, ListenerId: made.ListenerIds?.[0] ?? "" };
    const Rules = [{ Domain: "www.example.com", Url: "/", Certificate: { CertId: "cert-1" } }];
    await platform.call("clb", "CreateRule", { ...place, Rules });
    const change = {
      ...place,
      Domain: "www.example.com",
      NewDomain: "shop.example.com",
      Certificate: { CertId: "cert-2" },
    };
    await platform.call("clb", "ModifyDomainAttributes", change);
    const found = await platform.call("clb", "DescribeListeners", { LoadBalancerId });
    expect(found.Listeners?.[0]?.Rules).toMatchObject([
      { Domain: "shop.example.com", Certificate: { CertId: "cert-2" } },
    ]);
    await expectRefusal(
      platform,
      "clb",
      "ModifyListener",
      { ...place, SniSwitch: 0, Certificate: { CertId: "cert-3" } },
      "InvalidParameterValue",
      "stays on",
    );
    const missing = { ...place, Domain: "other.example.com" };
    const code = "InvalidParameter.LocationNotFound";
    await expectRefusal(platform, "clb", "ModifyDomainAttributes", missing, code, "other.example.com");
  });
});
