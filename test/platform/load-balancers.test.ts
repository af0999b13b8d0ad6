import type { Request } from "../../lib/platform";
import type { LocalPlatform } from "../../lib/platform/local";
import {
  cleanUp,
  createFunction,
  createPlace,
  databasePath,
  expectRefusal,
  open,
  target,
  web,
} from "./support";

afterEach(cleanUp);

type BalancerRequest = Request<"clb", "CreateLoadBalancer">;
type ListenerRequest = Request<"clb", "CreateListener">;

async function createBalancer(
  platform: LocalPlatform,
  changes: Partial<BalancerRequest> = {},
): Promise<string> {
  const answer = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN", ...changes });
  return answer.LoadBalancerIds?.[0] ?? "";
}

async function createListener(platform: LocalPlatform, request: ListenerRequest): Promise<string> {
  return (await platform.call("clb", "CreateListener", request)).ListenerIds?.[0] ?? "";
}

const orders = { FunctionName: "orders" };

describe("load balancers", () => {
  test("get an id, and are in a VPC, with IPv4 and for applications unless told otherwise", async () => {
    const platform = open();
    const id = await createBalancer(platform, { Tags: [{ TagKey: "team", TagValue: "shop" }] });
    expect(id).toMatch(/^lb-[a-z0-9]{8}$/);
    const list = await platform.call("clb", "DescribeLoadBalancers", { LoadBalancerIds: [id] });
    expect(list).toMatchObject({
      TotalCount: 1,
      LoadBalancerSet: [
        {
          LoadBalancerId: id,
          LoadBalancerType: "OPEN",
          Forward: 1,
          Status: 1,
          AddressIPVersion: "ipv4",
          Tags: [{ TagKey: "team", TagValue: "shop" }],
        },
      ],
    });
    expect(list.LoadBalancerSet?.[0]?.VpcId).toMatch(/^vpc-/);
    expect(list.LoadBalancerSet?.[0]?.LoadBalancerVips).toHaveLength(1);
  });

  test.each([
    ["IPV4", "ipv4", undefined],
    ["IPV6", "ipv6", "IPv6Nat64"],
    ["IPv6FullChain", "ipv6", "IPv6FullChain"],
  ])("%s is answered as %s and %s", async (AddressIPVersion, version, mode) => {
    const platform = open();
    await createBalancer(platform, { AddressIPVersion });
    const [found] = (await platform.call("clb", "DescribeLoadBalancers", {})).LoadBalancerSet ?? [];
    expect([found?.AddressIPVersion, found?.IPv6Mode]).toEqual([version, mode]);
  });

  test("are listed by id, name, type and page; an id that is missing is left out", async () => {
    const platform = open();
    const one = await createBalancer(platform, { LoadBalancerName: "one" });
    const two = await createBalancer(platform, { LoadBalancerName: "two", LoadBalancerType: "INTERNAL" });
    const ids = async (request: Request<"clb", "DescribeLoadBalancers">) =>
      (await platform.call("clb", "DescribeLoadBalancers", request)).LoadBalancerSet?.map(
        (row) => row.LoadBalancerId,
      );
    expect(await ids({})).toEqual([one, two]);
    expect(await ids({ LoadBalancerIds: [two, "lb-none0000"] })).toEqual([two]);
    expect(await ids({ LoadBalancerName: "one" })).toEqual([one]);
    expect(await ids({ LoadBalancerType: "INTERNAL" })).toEqual([two]);
    expect(await ids({ Offset: 1, Limit: 1 })).toEqual([two]);
  });

  test("belong to their region", async () => {
    const path = databasePath();
    const south = open({ path });
    const north = open({ path, region: "ap-beijing" });
    const id = await createBalancer(south);
    expect((await north.call("clb", "DescribeLoadBalancers", {})).TotalCount).toBe(0);
    const request = { LoadBalancerId: id };
    const text = `${id} does not exist in ap-beijing`;
    await expectRefusal(north, "clb", "DescribeListeners", request, "InvalidParameter.LBIdNotFound", text);
  });

  test("fail to be deleted with functions bound, unless forced", async () => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", { ...place, FunctionTargets: [target()] });
    const request = { LoadBalancerIds: [place.LoadBalancerId] };
    const text = "binds 1 functions";
    await expectRefusal(
      platform,
      "clb",
      "DeleteLoadBalancer",
      request,
      "FailedOperation.TargetNumCheckRisk",
      text,
    );
    await platform.call("clb", "DeleteLoadBalancer", { ...request, ForceDelete: true });
    await platform.call("scf", "DeleteFunction", orders);
    const missing = ["InvalidParameter.LBIdNotFound", "does not exist"] as const;
    await expectRefusal(platform, "clb", "DeleteLoadBalancer", request, ...missing);
  });

  test.each([
    ["a type that is none", { LoadBalancerType: "PUBLIC" }, "InvalidParameterValue", "OPEN, INTERNAL"],
    ["a kind that is none", { Forward: 2 }, "InvalidParameterValue", "1 (application) or 0 (classic)"],
    ["an address version that is none", { AddressIPVersion: "IPV5" }, "InvalidParameterValue", "IPV4, IPV6"],
    ["none at all", { Number: 0 }, "InvalidParameterValue.Range", "from 1 to 20"],
  ])("fail on %s", async (_name, changes, code, text) => {
    const request = { LoadBalancerType: "OPEN", ...changes };
    await expectRefusal(open(), "clb", "CreateLoadBalancer", request, code, text);
  });
});

describe("listeners", () => {
  test("are made one for each port, with names", async () => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    const answer = await platform.call("clb", "CreateListener", {
      LoadBalancerId,
      Protocol: "HTTP",
      Ports: [80, 8080],
      ListenerNames: ["web", "test"],
    });
    expect(answer.ListenerIds).toEqual([
      expect.stringMatching(/^lbl-[a-z0-9]{8}$/),
      expect.stringMatching(/^lbl-[a-z0-9]{8}$/),
    ]);
    const list = await platform.call("clb", "DescribeListeners", { LoadBalancerId, Port: 8080 });
    expect(list).toMatchObject({
      TotalCount: 1,
      Listeners: [{ Port: 8080, ListenerName: "test", Protocol: "HTTP" }],
    });
  });

  test("are changed and deleted with their rules", async () => {
    const platform = open();
    const place = await createPlace(platform);
    await platform.call("clb", "ModifyListener", { ...listenerOf(place), ListenerName: "new" });
    const list = await platform.call("clb", "DescribeListeners", { LoadBalancerId: place.LoadBalancerId });
    expect(list.Listeners).toMatchObject([
      { ListenerName: "new", Rules: [{ LocationId: place.LocationId }] },
    ]);
    await platform.call("clb", "DeleteListener", listenerOf(place));
    const missing = ["InvalidParameter.ListenerIdNotFound", place.ListenerId] as const;
    await expectRefusal(platform, "clb", "DeleteListener", listenerOf(place), ...missing);
  });

  test("for HTTPS hold the id of their certificate, never its key", async () => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    await createListener(platform, {
      LoadBalancerId,
      Protocol: "HTTPS",
      Ports: [443],
      Certificate: { SSLMode: "UNIDIRECTIONAL", CertContent: "public part", CertKey: "private part" },
    });
    const list = await platform.call("clb", "DescribeListeners", { LoadBalancerId });
    expect(list.Listeners?.[0]?.Certificate?.CertId).toMatch(/^crt-/);
    expect(JSON.stringify(list)).not.toContain("private part");
  });

  test.each([
    [
      "HTTPS without a certificate",
      { Protocol: "HTTPS", Ports: [443] },
      "MissingParameter",
      "needs a Certificate",
    ],
    ["the port 0", { Ports: [0] }, "InvalidParameter.PortCheckFailed", "1 to 65535"],
    ["the port 65536", { Ports: [65_536] }, "InvalidParameter.PortCheckFailed", "1 to 65535"],
    ["no port", { Ports: [] }, "InvalidParameterValue.Length", "Ports is empty"],
    [
      "a name too few",
      { Ports: [80, 81], ListenerNames: ["a"] },
      "InvalidParameterValue.Length",
      "1 ListenerNames for 2",
    ],
    ["a protocol that is none", { Protocol: "SMTP" }, "InvalidParameterValue", "HTTP, HTTPS, TCP"],
    [
      "a load balancer that is missing",
      { LoadBalancerId: "lb-none" },
      "InvalidParameter.LBIdNotFound",
      "lb-none",
    ],
  ])("fail on %s", async (_name, changes, code, text) => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    const request = { LoadBalancerId, Protocol: "HTTP", Ports: [80], ...changes };
    await expectRefusal(platform, "clb", "CreateListener", request, code, text);
  });

  test("fail on the same port and protocol twice, and take another protocol", async () => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    const request = { LoadBalancerId, Protocol: "TCP", Ports: [53] };
    const id = await createListener(platform, request);
    const text = `has the listener ${id} on TCP port 53 already`;
    await expectRefusal(platform, "clb", "CreateListener", request, "InvalidParameter.PortCheckFailed", text);
    await createListener(platform, { ...request, Protocol: "UDP" });
  });
});

function listenerOf(place: { LoadBalancerId: string; ListenerId: string }) {
  return { LoadBalancerId: place.LoadBalancerId, ListenerId: place.ListenerId };
}

describe("rules", () => {
  test("are made, changed, and deleted by id, by path and by domain", async () => {
    const platform = open();
    const place = await createPlace(platform);
    const listener = listenerOf(place);
    const paths = async () =>
      (
        await platform.call("clb", "DescribeListeners", { LoadBalancerId: place.LoadBalancerId })
      ).Listeners?.[0]?.Rules?.map((rule) => `${rule.Domain}${rule.Url}`);
    const Rules = ["/a", "/b", "/c", "/d"].map((Url) => ({ Domain: "shop.example.com", Url }));
    const created = await platform.call("clb", "CreateRule", { ...listener, Rules });
    const LocationId = created.LocationIds?.[0] ?? "";
    expect(LocationId).toMatch(/^loc-[a-z0-9]{8}$/);
    await platform.call("clb", "ModifyRule", {
      ...listener,
      LocationId,
      Url: "/new",
      Scheduler: "LEAST_CONN",
    });
    await platform.call("clb", "DeleteRule", { ...listener, LocationIds: [place.LocationId] });
    await platform.call("clb", "DeleteRule", { ...listener, Domain: "shop.example.com", Url: "/b" });
    expect(await paths()).toEqual(["shop.example.com/new", "shop.example.com/c", "shop.example.com/d"]);
    await platform.call("clb", "DeleteRule", { ...listener, Domain: "shop.example.com" });
    expect(await paths()).toEqual([]);
  });

  const form = "InvalidParameter.FormatError";
  const notHost = "more than a host name";
  test.each([
    ["a URL as the domain", "http://shop.example.com", "/x", form, notHost],
    ["a path in the domain", "shop.example.com/orders", "/x", form, notHost],
    ["a port in the domain", "shop.example.com:8080", "/x", form, notHost],
    ["a colon at the end of the domain", "shop.example.com:", "/x", form, notHost],
    ["a port without a domain", ":80", "/x", form, notHost],
    ["no domain", undefined, "/x", "InvalidParameterValue.Length", "Domain has 1 to 80"],
    ["a path without a slash", "a.example.com", "x", form, "begins with a slash"],
    ["an exact path without a slash", "a.example.com", "=x", form, "begins with a slash"],
    ["a tilde without a pattern as the path", "a.example.com", "~", form, "begins with a slash"],
    ["the same domain and path", "www.example.com", "/orders", "InvalidParameterValue", "already"],
    ["the same domain in capitals", "WWW.example.com", "/orders", "InvalidParameterValue", "already"],
  ])("fail on %s", async (_name, Domain, Url, code, text) => {
    const platform = open();
    const place = await createPlace(platform);
    const Rules = [{ Url, ...(Domain === undefined ? {} : { Domain }) }];
    await expectRefusal(platform, "clb", "CreateRule", { ...listenerOf(place), Rules }, code, text);
  });

  test("fail on two of the same in one call, of which then none is made", async () => {
    const platform = open();
    const place = await createPlace(platform);
    const rule = { Domain: "a.example.com", Url: "/" };
    const request = { ...listenerOf(place), Rules: [rule, rule] };
    await expectRefusal(platform, "clb", "CreateRule", request, "InvalidParameterValue", "already");
    const list = await platform.call("clb", "DescribeListeners", { LoadBalancerId: place.LoadBalancerId });
    expect(list.Listeners?.[0]?.Rules).toHaveLength(1);
  });

  test("fail to take the path of another rule", async () => {
    const platform = open();
    const place = await createPlace(platform);
    const Rules = [{ Domain: "www.example.com", Url: "/cart" }];
    await platform.call("clb", "CreateRule", { ...listenerOf(place), Rules });
    await expectRefusal(
      platform,
      "clb",
      "ModifyRule",
      { ...place, Url: "/cart" },
      "InvalidParameterValue",
      "already",
    );
  });

  test("fail on a TCP listener", async () => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    const ListenerId = await createListener(platform, { LoadBalancerId, Protocol: "TCP", Ports: [80] });
    const request = { LoadBalancerId, ListenerId, Rules: [{ Domain: "a.example.com", Url: "/" }] };
    await expectRefusal(platform, "clb", "CreateRule", request, "InvalidParameter", "is for TCP");
  });

  test("fail on a listener with SNI when a domain brings no certificate", async () => {
    const platform = open();
    const LoadBalancerId = await createBalancer(platform);
    const ListenerId = await createListener(platform, {
      LoadBalancerId,
      Protocol: "HTTPS",
      Ports: [443],
      SniSwitch: 1,
    });
    const rule = { Domain: "a.example.com", Url: "/" };
    const request = { LoadBalancerId, ListenerId, Rules: [rule] };
    await expectRefusal(
      platform,
      "clb",
      "CreateRule",
      request,
      "MissingParameter",
      "a.example.com needs a Certificate",
    );
    const Certificate = { SSLMode: "UNIDIRECTIONAL", CertId: "cert" };
    await platform.call("clb", "CreateRule", { ...request, Rules: [{ ...rule, Certificate }] });
    await platform.call("clb", "CreateRule", { ...request, Rules: [{ ...rule, Url: "/more", Certificate }] });
  });

  test("fail to be deleted when they are missing", async () => {
    const platform = open();
    const listener = listenerOf(await createPlace(platform));
    const missing = "InvalidParameter.LocationNotFound";
    await expectRefusal(
      platform,
      "clb",
      "DeleteRule",
      { ...listener, LocationIds: ["loc-none"] },
      missing,
      "loc-none",
    );
    await expectRefusal(platform, "clb", "DeleteRule", { ...listener, Domain: "a.b" }, missing, "a.b");
    await expectRefusal(
      platform,
      "clb",
      "DeleteRule",
      { ...listener, Domain: "a.b", Url: "/" },
      missing,
      "a.b/",
    );
    await expectRefusal(platform, "clb", "DeleteRule", listener, "InvalidParameter", "LocationIds or Domain");
  });
});

describe("functions bound to rules", () => {
  test("are $LATEST, a version or an alias, with a weight of 10 unless told otherwise", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
    const place = await createPlace(platform);
    const bound = async () =>
      (await platform.call("clb", "DescribeTargets", { LoadBalancerId: place.LoadBalancerId })).Listeners?.[0]
        ?.Rules?.[0]?.FunctionTargets;
    const types: [string, string][] = [
      ["$LATEST", "VERSION"],
      ["1", "VERSION"],
      ["live", "ALIAS"],
    ];
    for (const [qualifier, FunctionQualifierType] of types) {
      const request = { ...place, FunctionTargets: [target("orders", qualifier)] };
      await platform.call("clb", "RegisterFunctionTargets", request);
      const { Function: fn } = target("orders", qualifier);
      expect(await bound()).toEqual([{ Function: { ...fn, FunctionQualifierType }, Weight: 10 }]);
      await platform.call("clb", "DeregisterFunctionTargets", request);
      expect(await bound()).toEqual([]);
    }
  });

  test("are found by domain and path as well", async () => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform);
    const FunctionTargets = [target("orders", "$LATEST", 0)];
    const request = { ...listenerOf(place), Domain: "www.example.com", Url: "/orders", FunctionTargets };
    await platform.call("clb", "RegisterFunctionTargets", request);
    await platform.call("clb", "ModifyFunctionTargets", {
      ...request,
      FunctionTargets: [target("orders", "$DEFAULT", 100)],
    });
    const list = await platform.call("clb", "DescribeTargets", { LoadBalancerId: place.LoadBalancerId });
    expect(list.Listeners?.[0]?.Rules?.[0]?.FunctionTargets).toMatchObject([
      { Function: { FunctionQualifier: "$DEFAULT" }, Weight: 100 },
    ]);
  });

  test("are triggers of their function", async () => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", { ...place, FunctionTargets: [target()] });
    const TriggerName = `${place.LoadBalancerId}/${place.ListenerId}/${place.LocationId}`;
    const expected = {
      Type: "clb",
      TriggerName,
      ResourceId: `qcs::clb:ap-guangzhou:uin/100000000001:${TriggerName}`,
    };
    expect((await platform.call("scf", "ListTriggers", orders)).Triggers).toMatchObject([expected]);
  });

  test("can be bound to HTTP listeners with IPv6 NAT64 addresses", async () => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform, { AddressIPVersion: "IPV6" });
    await platform.call("clb", "RegisterFunctionTargets", { ...place, FunctionTargets: [target()] });
  });

  test.each([
    ["classic load balancers", { Forward: 0 }, "InvalidParameterValue", "classic load balancer"],
    ["load balancers in the basic network", { VpcId: "" }, "InvalidParameterValue", "basic network"],
    [
      "load balancers with IPv6 addresses",
      { AddressIPVersion: "IPv6FullChain" },
      "InvalidParameterValue",
      "IPv6 NAT64",
    ],
  ])("fail on %s", async (_name, balancer, code, text) => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform, balancer);
    const request = { ...place, FunctionTargets: [target()] };
    await expectRefusal(platform, "clb", "RegisterFunctionTargets", request, code, text);
  });

  test.each(["TCP", "UDP", "TCP_SSL", "QUIC"])("fail on %s listeners", async (Protocol) => {
    const platform = open();
    await createFunction(platform);
    const LoadBalancerId = await createBalancer(platform);
    const Certificate = { SSLMode: "UNIDIRECTIONAL", CertId: "cert" };
    const ListenerId = await createListener(platform, {
      LoadBalancerId,
      Protocol,
      Ports: [443],
      ...(Protocol === "TCP" || Protocol === "UDP" ? {} : { Certificate }),
    });
    const request = { LoadBalancerId, ListenerId, LocationId: "loc-1", FunctionTargets: [target()] };
    const code = "InvalidParameter.ProtocolCheckFailed";
    await expectRefusal(platform, "clb", "RegisterFunctionTargets", request, code, `is for ${Protocol}`);
  });

  test("fail in a traditional account", async () => {
    const platform = open({ accountType: "traditional" });
    const type = await platform.call("vpc", "DescribeNetworkAccountType", {});
    expect(type.NetworkAccountType).toBe("LEGACY");
    await createFunction(platform);
    const request = { ...(await createPlace(platform)), FunctionTargets: [target()] };
    await expectRefusal(
      platform,
      "clb",
      "RegisterFunctionTargets",
      request,
      "FailedOperation",
      "only standard accounts",
    );
  });

  const typed = (FunctionQualifierType: string) => ({
    Function: { ...target().Function, FunctionQualifierType },
  });
  test.each([
    ["a weight of 101", [target("orders", "$LATEST", 101)], "InvalidParameterValue", "Weight is 101"],
    ["a weight of -1", [target("orders", "$LATEST", -1)], "InvalidParameterValue", "from 0 to 100"],
    ["a weight of 0.5", [target("orders", "$LATEST", 0.5)], "InvalidParameterValue", "whole number"],
    [
      "a function that is missing",
      [target("cart")],
      "ResourceNotFound",
      "default/cart does not exist in ap-guangzhou",
    ],
    ["a version that is missing", [target("orders", "4")], "ResourceNotFound", "no version or alias 4"],
    ["a qualifier of another type", [typed("ALIAS")], "InvalidParameterValue", "is VERSION, not ALIAS"],
    ["two functions at once", [target(), target("cart")], "InvalidParameterValue.Length", "2 are given"],
    ["no function", [], "InvalidParameterValue.Length", "FunctionTargets is empty"],
    ["a web function", [target("site")], "InvalidParameterValue", "event functions only"],
  ])("fail on %s", async (_name, FunctionTargets, code, text) => {
    const platform = open();
    await createFunction(platform);
    await createFunction(platform, { ...web, FunctionName: "site" });
    const request = { ...(await createPlace(platform)), FunctionTargets };
    await expectRefusal(platform, "clb", "RegisterFunctionTargets", request, code, text);
  });

  test("fail on a function of another region", async () => {
    const path = databasePath();
    const south = open({ path });
    const north = open({ path, region: "ap-beijing" });
    await createFunction(north);
    const request = { ...(await createPlace(south)), FunctionTargets: [target()] };
    const text = "default/orders does not exist in ap-guangzhou, where the load balancer is";
    await expectRefusal(south, "clb", "RegisterFunctionTargets", request, "ResourceNotFound", text);
  });

  test("fail when the rule binds one already", async () => {
    const platform = open();
    await createFunction(platform);
    await createFunction(platform, { FunctionName: "cart" });
    const place = await createPlace(platform);
    const request = { ...place, FunctionTargets: [target()] };
    await platform.call("clb", "RegisterFunctionTargets", request);
    const duplicate = "InvalidParameterValue.Duplicate";
    await expectRefusal(
      platform,
      "clb",
      "RegisterFunctionTargets",
      request,
      duplicate,
      "binds default/orders already",
    );
    const other = { ...place, FunctionTargets: [target("cart")] };
    await expectRefusal(
      platform,
      "clb",
      "RegisterFunctionTargets",
      other,
      "LimitExceeded",
      "a rule binds one",
    );
    await platform.call("clb", "ModifyFunctionTargets", other);
    await platform.call("scf", "DeleteFunction", orders);
  });

  test("fail to be changed or unbound when they are not bound", async () => {
    const platform = open();
    await createFunction(platform);
    const request = { ...(await createPlace(platform)), FunctionTargets: [target()] };
    await expectRefusal(
      platform,
      "clb",
      "ModifyFunctionTargets",
      request,
      "ResourceNotFound",
      "binds no function",
    );
    await expectRefusal(
      platform,
      "clb",
      "DeregisterFunctionTargets",
      request,
      "ResourceNotFound",
      "does not bind",
    );
  });

  test("fail past the quota of triggers of the function", async () => {
    const platform = open({ quotas: { triggersOfOneType: 1 } });
    await createFunction(platform);
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", { ...place, FunctionTargets: [target()] });
    const other = await createPlace(platform);
    const request = { ...other, FunctionTargets: [target()] };
    await expectRefusal(
      platform,
      "clb",
      "RegisterFunctionTargets",
      request,
      "LimitExceeded",
      "1 CLB triggers; the quota is 1",
    );
  });

  test("keep their function from being deleted", async () => {
    const platform = open();
    await createFunction(platform);
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", { ...place, FunctionTargets: [target()] });
    const text = `${place.LoadBalancerId} binds default/orders:$LATEST at www.example.com/orders`;
    await expectRefusal(platform, "scf", "DeleteFunction", orders, "FailedOperation.DeleteFunction", text);
    const { LocationId, ...listener } = place;
    await platform.call("clb", "DeleteRule", { ...listener, LocationIds: [LocationId] });
    await platform.call("scf", "DeleteFunction", orders);
  });

  test("fail without the rule's id, or its domain and path", async () => {
    const platform = open();
    await createFunction(platform);
    const request = { ...listenerOf(await createPlace(platform)), FunctionTargets: [target()] };
    await expectRefusal(
      platform,
      "clb",
      "RegisterFunctionTargets",
      request,
      "MissingParameter",
      "LocationId, or Domain",
    );
  });
});

test("fails on a task that is missing", async () => {
  await expectRefusal(
    open(),
    "clb",
    "DescribeTaskStatus",
    { TaskId: "none" },
    "InvalidParameter",
    "task none",
  );
});
