import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack, StackOptions } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

type Some = { readonly [name: string]: Value };

interface Parts {
  readonly stack?: StackOptions;
  /** Facts of the load balancer beside its region. */
  readonly facts?: Some;
  readonly listener?: Some;
  readonly rule?: Some;
  readonly crossRegion?: readonly Some[];
  readonly snat?: readonly Some[];
  readonly backends?: readonly Some[];
}

const first: Some = { version: "1.0", region: "ap-shanghai", vpcId: "vpc-sh" };
const second: Some = { version: "2.0", cloudConnectNetwork: "ccn-1" };
const snat: Some = { subnetId: "subnet-1", address: "10.0.0.10" };

/** A back-end as constructs describe it: what is sent, and what is said of it. */
function backend(type: string, given: Some): { bound: Some; facts: Some } {
  const { instanceId, address, weight, port, ...facts } = { port: 80, weight: 10, ...given } as Some;
  const name: Some = address === undefined ? { instanceId: instanceId ?? "ins-1" } : { address };
  return {
    bound: { ...name, port: port ?? 80, weight: weight ?? 10 },
    facts: {
      type,
      port: port ?? 80,
      ...(instanceId === undefined && type !== "instance" ? {} : { instanceId: instanceId ?? "ins-1" }),
      ...(address === undefined ? {} : { address }),
      ...facts,
    },
  };
}
const instance = (given: Some = {}): Some => backend("instance", given);
const card = (given: Some = {}): Some => backend("network-interface", { address: "10.0.0.7", ...given });
const dataCenter = (given: Some = {}): Some => backend("data-center", { address: "192.168.1.1", ...given });

function declare(stack: Stack, parts: Parts): void {
  const loadBalancer: Some = { region: stack.region, ...parts.facts };
  const common = { loadBalancerId: "lb-1", loadBalancer };
  (parts.crossRegion ?? []).forEach((given, index) =>
    stack.add("clb_cross_region", `cross${index + 1}`, { ...common, ...given }),
  );
  (parts.snat ?? []).forEach((given, index) =>
    stack.add("clb_snat_address", `snat${index + 1}`, { ...common, ...given }),
  );
  const listener = stack.listener("http", { loadBalancer, ...parts.listener });
  if (!parts.backends) return;
  const layer4 = !["HTTP", "HTTPS"].includes(String(parts.listener?.["protocol"] ?? "HTTP"));
  const rule = layer4 ? undefined : stack.rule("http/static", listener, { path: "/static", ...parts.rule });
  stack.add("clb_backend_binding", "http/static/Backends", {
    loadBalancerId: "lb-1",
    listenerId: reference(listener, "listenerId"),
    ...(rule === undefined ? {} : { locationId: reference(rule, "locationId") }),
    backends: parts.backends.map((given) => given["bound"] as Value),
    facts: parts.backends.map((given) => given["facts"] as Value),
  });
}

function program(parts: Parts) {
  return (all: Program): void => declare(all.stack("shop", parts.stack), parts);
}

function checked(healthCheck: Some) {
  return program({ listener: { protocol: "TCP", healthCheck } });
}

const clientA = "198.51.100.1";
const clientB = "198.51.100.2";
const vip = "203.0.113.10";
const everybody = "0.0.0.0/0";
function group(port: string, ...rules: readonly (readonly [string, string])[]): Value {
  return rules.map(([source, action]) => ({ action, source, port, protocol: "TCP" }));
}
function guarded(securityGroup: Value, parts: Parts & { readonly port?: number } = {}) {
  const { port, ...others } = parts;
  const listener = { protocol: "TCP", ...parts.listener };
  return program({ ...others, listener, backends: [instance({ port: port ?? 8080, securityGroup })] });
}
const publicFacts: Some = { scheme: "public", vip };
const privateVpc: Some = { scheme: "private", generation: "application", network: "vpc", vip };
const classicPrivate: Some = { scheme: "private", generation: "classic", network: "vpc", vip };
const twoClients: Parts = { listener: { clients: [clientA, clientB] } };

/** The example configurations of the document: it calls every one of them right. */
const workedConfigurations: readonly RuleCase[] = [
  passes(
    "BCK-SG",
    "document, scenario 1: public, two clients",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [vip, "allow"], [everybody, "drop"]), {
      facts: publicFacts,
      ...twoClients,
    }),
  ),
  passes(
    "BCK-SG",
    "document, scenario 2: public, everybody, HTTP",
    guarded(group("8080", [everybody, "allow"]), {
      facts: publicFacts,
      listener: { protocol: "HTTP", clients: [everybody] },
    }),
  ),
  passes(
    "BCK-SG",
    "document, scenario 3: private in a VPC, two clients",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [vip, "allow"], [everybody, "drop"]), {
      facts: privateVpc,
      ...twoClients,
    }),
  ),
  passes(
    "BCK-SG",
    "document, scenario 4: classic private of 2016-12-06, two clients",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"]), {
      facts: { ...classicPrivate, created: "2016-12-06" },
      ...twoClients,
    }),
  ),
  passes(
    "BCK-SG",
    "document, scenario 5: a deny list before everybody",
    guarded(group("8080", [clientA, "drop"], [clientB, "drop"], [everybody, "allow"]), {
      facts: publicFacts,
    }),
  ),
];

/** The same configurations with what the document says is needed taken away. */
const brokenConfigurations: readonly RuleCase[] = [
  warns(
    "BCK-SG",
    "scenario 1 without the load balancer",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"]), {
      facts: publicFacts,
      ...twoClients,
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 1 without client B",
    guarded(group("8080", [clientA, "allow"], [vip, "allow"], [everybody, "drop"]), {
      facts: publicFacts,
      ...twoClients,
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 2 for another port",
    guarded(group("80", [everybody, "allow"]), {
      facts: { scheme: "public" },
      listener: { protocol: "HTTP" },
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 3 without the load balancer",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"]), {
      facts: privateVpc,
      ...twoClients,
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 4 on a load balancer of 2016-12-04",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"]), {
      facts: { ...classicPrivate, created: "2016-12-04" },
      ...twoClients,
    }),
  ),
  {
    ...warns(
      "BCK-SG",
      "scenario 5 the other way round",
      guarded(group("8080", [everybody, "allow"], [clientA, "drop"], [clientB, "drop"]), {
        facts: publicFacts,
      }),
    ),
    severities: ["warning", "warning"],
  },
];

/** Nothing depends on the order of rules that let somebody in. */
const reorderedConfigurations: readonly RuleCase[] = [
  passes(
    "BCK-SG",
    "scenario 1 with the load balancer first",
    guarded(group("8080", [vip, "allow"], [clientB, "allow"], [clientA, "allow"], [everybody, "drop"]), {
      facts: publicFacts,
      ...twoClients,
    }),
  ),
  {
    ...warns(
      "BCK-SG",
      "scenario 1 with the rule for everybody first",
      guarded(group("8080", [everybody, "drop"], [clientA, "allow"], [clientB, "allow"], [vip, "allow"]), {
        facts: publicFacts,
        ...twoClients,
      }),
    ),
    severities: ["warning", "warning"],
  },
  warns(
    "BCK-SG",
    "scenario 3 with the load balancer behind everybody",
    guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"], [vip, "allow"]), {
      facts: privateVpc,
      ...twoClients,
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 4 with the rule for everybody first",
    guarded(group("8080", [everybody, "drop"], [clientA, "allow"], [clientB, "allow"]), {
      facts: { ...classicPrivate, created: "2016-12-06" },
      ...twoClients,
    }),
  ),
  passes(
    "BCK-SG",
    "scenario 5 with the clients exchanged",
    guarded(group("8080", [clientB, "drop"], [clientA, "drop"], [everybody, "allow"]), {
      facts: publicFacts,
    }),
  ),
  warns(
    "BCK-SG",
    "scenario 1 on the listener's port",
    guarded(group("80", [clientA, "allow"], [clientB, "allow"], [vip, "allow"], [everybody, "drop"]), {
      facts: { scheme: "public" },
      ...twoClients,
    }),
  ),
  ...["2016-9-30", "2016/11/30", "yesterday"].map((created) =>
    warns(
      "BCK-SG",
      `a load balancer of ${created}`,
      guarded(group("8080", [clientA, "allow"], [clientB, "allow"], [everybody, "drop"]), {
        facts: { ...classicPrivate, created },
        ...twoClients,
      }),
    ),
  ),
  warns(
    "BCK-SG",
    "a load balancer whose address is none",
    guarded(group("8080", [everybody, "allow"]), { facts: { ...publicFacts, vip: "203.0.113.256" } }),
  ),
  waits(
    "BCK-SG",
    "a load balancer whose address another provider gives",
    guarded(group("8080", [everybody, "allow"]), { facts: { ...publicFacts, vip: { $token: "${x}" } } }),
  ),
  passes("BCK-SG", "a listener that the app does not declare", (all) => {
    const securityGroup = group("8080", [everybody, "drop"]);
    const { bound, facts } = instance({ port: 8080, securityGroup }) as { bound: Some; facts: Some };
    all.stack().add("clb_backend_binding", "Backends", {
      loadBalancerId: "lb-1",
      listenerId: "lbl-1",
      backends: [bound],
      facts: [facts],
    });
  }),
  passes(
    "BCK-SG",
    "a date that is none, where nobody asks for it",
    program({ facts: { created: "once" }, listener: { protocol: "TCP" }, backends: [instance()] }),
  ),
  warns(
    "BCK-SG",
    "one of two back-ends whose security group lets nobody in",
    program({
      listener: { protocol: "TCP", clients: [clientA] },
      backends: [
        instance({ port: 8080 }),
        instance({ port: 8081, securityGroup: group("8081", [everybody, "drop"]) }),
      ],
    }),
  ),
  waits(
    "BCK-SG",
    "clients from another provider",
    guarded(group("8080", [everybody, "allow"]), {
      facts: publicFacts,
      listener: { clients: { $token: "${x}" } },
    }),
  ),
  passes(
    "BCK-SG",
    "clients that are no text, which TYPE tells of",
    guarded(group("8080", [everybody, "allow"]), { facts: publicFacts, listener: { clients: [7] } }),
  ),
  passes(
    "BCK-SG",
    "the load balancer's own address shut out, where nobody says whether it is public",
    guarded(group("8080", [clientA, "allow"], [everybody, "drop"]), {
      facts: { network: "vpc", generation: "application", vip },
      listener: { clients: [clientA] },
    }),
  ),
  ...(
    [{ generation: "application" }, { generation: "classic", created: "2016-01-01" }] as readonly Some[]
  ).map((facts) =>
    passes(
      "BCK-SG",
      `the load balancer's own address shut out, where nobody says whether ${JSON.stringify(facts)} is in a VPC`,
      guarded(group("8080", [clientA, "allow"], [everybody, "drop"]), {
        facts: { scheme: "private", vip, ...facts },
        listener: { clients: [clientA] },
      }),
    ),
  ),
  passes(
    "BCK-SG",
    "the load balancer's own address shut out, where nobody says of which generation it is",
    guarded(group("8080", [clientA, "allow"], [everybody, "drop"]), {
      facts: { scheme: "private", network: "vpc", created: "2016-01-01", vip },
      listener: { clients: [clientA] },
    }),
  ),
  ...["on 2016-12-06", "2016/12/6", "2016年12月6日", "20161206", "2016-12-061", "2016-02-30"].map((created) =>
    warns(
      "BCK-SG",
      `the date ${created}`,
      guarded(group("8080", [everybody, "allow"]), { facts: { ...publicFacts, created } }),
    ),
  ),
  passes(
    "BCK-SG",
    "a rule that neither allows nor drops, which TYPE tells of",
    guarded(group("8080", [clientA, "drop"], [everybody, "accept"]), { facts: publicFacts }),
  ),
];

const withoutVip = group("8080", [clientA, "allow"], [everybody, "drop"]);

export const backendCases: readonly RuleCase[] = [
  passes("BCK-CVM", "an instance of the load balancer's region", program({ backends: [instance()] })),
  passes(
    "BCK-CVM",
    "an instance that says it is at home",
    program({
      facts: { vpcId: "vpc-1" },
      backends: [instance({ region: "ap-guangzhou", vpcId: "vpc-1" })],
    }),
  ),
  fails(
    "BCK-CVM",
    "an instance of another region",
    program({ backends: [instance({ region: "ap-shanghai", address: "10.1.0.1" })] }),
  ),
  fails(
    "BCK-CVM",
    "an instance of another VPC",
    program({ facts: { vpcId: "vpc-1" }, backends: [instance({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-CVM",
    "an instance of another region with 2.0",
    program({ crossRegion: [second], backends: [instance({ region: "ap-shanghai", address: "10.1.0.1" })] }),
  ),
  passes(
    "BCK-CVM",
    "an instance of another region with 2.0 that was turned on elsewhere",
    program({
      facts: { crossRegion: "2.0" },
      backends: [instance({ region: "ap-shanghai", address: "10.1.0.1" })],
    }),
  ),
  fails(
    "BCK-CVM",
    "an instance of another VPC with 1.0",
    program({
      facts: { vpcId: "vpc-1" },
      crossRegion: [first],
      backends: [instance({ vpcId: "vpc-2", address: "10.1.0.1" })],
    }),
  ),
  fails(
    "BCK-CVM",
    "an instance of another region without an address",
    program({ crossRegion: [second], backends: [instance({ region: "ap-shanghai" })] }),
  ),
  ...[0, 10, 100].map((weight) =>
    passes("BCK-CVM", `weight ${weight}`, program({ backends: [instance({ weight })] })),
  ),
  ...[-1, 101, 2.5].map((weight) =>
    fails("BCK-CVM", `weight ${weight}`, program({ backends: [instance({ weight })] })),
  ),
  ...[1, 65_535].map((port) =>
    passes("BCK-CVM", `port ${port}`, program({ backends: [instance({ port })] })),
  ),
  ...[0, 65_536].map((port) => fails("BCK-CVM", `port ${port}`, program({ backends: [instance({ port })] }))),
  passes("BCK-CVM", "two ports of one instance", program({ backends: [instance(), instance({ port: 81 })] })),
  fails("BCK-CVM", "one instance and port twice", program({ backends: [instance(), instance()] })),
  passes(
    "BCK-CVM",
    "a TCP listener's own targets",
    program({ listener: { protocol: "TCP" }, backends: [instance()] }),
  ),
  fails("BCK-CVM", "back-ends of an HTTP listener itself", (all) => {
    const stack = all.stack();
    stack.add("clb_backend_binding", "Backends", {
      loadBalancerId: "lb-1",
      listenerId: reference(stack.listener("http"), "listenerId"),
      backends: [{ instanceId: "ins-1", port: 80, weight: 10 }],
      facts: [],
    });
  }),
  fails("BCK-CVM", "another listener than the one of the forwarding rule", (all) => {
    const stack = all.stack();
    const rule = stack.rule("http/static", stack.listener("http"));
    stack.add("clb_backend_binding", "Backends", {
      loadBalancerId: "lb-1",
      listenerId: reference(stack.listener("other", { port: 81 }), "listenerId"),
      locationId: reference(rule, "locationId"),
      backends: [{ instanceId: "ins-1", port: 80, weight: 10 }],
      facts: [],
    });
  }),
  passes("BCK-CVM", "a listener whose protocol another provider gives", (all) => {
    const stack = all.stack();
    const listener = stack.listener("http", { protocol: { $token: "${x}" } });
    stack.add("clb_backend_binding", "Backends", {
      loadBalancerId: "lb-1",
      listenerId: reference(listener, "listenerId"),
      backends: [{ instanceId: "ins-1", port: 80, weight: 10 }],
      facts: [],
    });
  }),
  ...["region", "vpcId"].map((part) =>
    waits(
      "BCK-CVM",
      `an instance whose ${part} another provider gives`,
      program({ facts: { vpcId: "vpc-1" }, backends: [instance({ [part]: { $token: "${x}" } })] }),
    ),
  ),
  passes(
    "BCK-CVM",
    "a load balancer whose region another provider gives",
    program({ facts: { region: { $token: "${x}" } }, backends: [instance({ region: "ap-shanghai" })] }),
  ),
  passes(
    "BCK-CVM",
    "an interface of another VPC, which is another rule's",
    program({ facts: { vpcId: "vpc-1" }, backends: [card({ vpcId: "vpc-2" })] }),
  ),
  fails(
    "BCK-CVM",
    "neither instance nor address",
    program({ backends: [{ bound: { port: 80, weight: 10 }, facts: { type: "instance", port: 80 } }] }),
  ),
  ...["10.0.0.300", "10.0.0.1:80"].map((address) =>
    fails("BCK-CVM", `the address ${address}`, program({ backends: [card({ address })] })),
  ),
  passes("BCK-CVM", "an IPv6 address", program({ backends: [card({ address: "2001:db8::7" })] })),
  ...["eni-1", "10.0.0.1", "ins-", "ins-1/a"].map((instanceId) =>
    fails("BCK-CVM", `the instance ${instanceId}`, program({ backends: [instance({ instanceId })] })),
  ),
  waits(
    "BCK-CVM",
    "a port of another provider",
    program({
      backends: [{ bound: { instanceId: "ins-1", port: { $token: "${x}" }, weight: 10 }, facts: {} }],
    }),
  ),
  ...["vpcId", "region"].map((part) =>
    passes(
      "BCK-CVM",
      `an instance of another ${part}, where another provider says whether it is reached`,
      program({
        facts: { vpcId: "vpc-1", crossRegion: { $token: "${x}" } },
        backends: [instance({ [part]: part === "region" ? "ap-shanghai" : "vpc-2", address: "10.1.0.1" })],
      }),
    ),
  ),
  fails(
    "BCK-CVM",
    "an instance of another VPC with 2.0 and without an address",
    program({ facts: { vpcId: "vpc-1" }, crossRegion: [second], backends: [instance({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-CVM",
    "an instance of another VPC with 2.0",
    program({
      facts: { vpcId: "vpc-1" },
      crossRegion: [second],
      backends: [instance({ vpcId: "vpc-2", address: "10.1.0.1" })],
    }),
  ),
  passes(
    "BCK-CVM",
    "an instance of a VPC, where nobody says which is the load balancer's",
    program({ backends: [instance({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-CVM",
    "an instance of another region with 1.0",
    program({ crossRegion: [first], backends: [instance({ region: "ap-shanghai", address: "10.1.0.1" })] }),
  ),
  fails(
    "BCK-CVM",
    "one instance and port three times",
    program({ backends: [instance(), instance(), instance()] }),
  ),
  fails("BCK-CVM", "back-ends of an HTTPS listener itself", (all) => {
    const stack = all.stack();
    const listener = stack.listener("https", { protocol: "HTTPS", certificateId: "cert-1" });
    stack.add("clb_backend_binding", "Backends", {
      loadBalancerId: "lb-1",
      listenerId: reference(listener, "listenerId"),
      backends: [{ instanceId: "ins-1", port: 80, weight: 10 }],
      facts: [],
    });
  }),

  passes("BCK-ENI", "an attached interface", program({ backends: [card({ attached: true })] })),
  passes("BCK-ENI", "an interface of which nothing is said", program({ backends: [card()] })),
  fails("BCK-ENI", "an interface that is not attached", program({ backends: [card({ attached: false })] })),
  fails("BCK-ENI", "a primary address", program({ backends: [card({ primary: true })] })),
  fails(
    "BCK-ENI",
    "an interface of another VPC",
    program({ facts: { vpcId: "vpc-1" }, backends: [card({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-ENI",
    "an interface of another VPC with 2.0",
    program({ facts: { vpcId: "vpc-1" }, crossRegion: [second], backends: [card({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-ENI",
    "an interface of the same VPC",
    program({ facts: { vpcId: "vpc-1" }, backends: [card({ vpcId: "vpc-1" })] }),
  ),
  passes(
    "BCK-ENI",
    "an interface of a VPC, where nobody says which is the load balancer's",
    program({ backends: [card({ vpcId: "vpc-2" })] }),
  ),
  passes(
    "BCK-ENI",
    "an interface of another VPC, where another provider says whether it is reached",
    program({
      facts: { vpcId: "vpc-1", crossRegion: { $token: "${x}" } },
      backends: [card({ vpcId: "vpc-2" })],
    }),
  ),

  passes(
    "BCK-X2",
    "2.0 on a public load balancer",
    program({ facts: { scheme: "public" }, crossRegion: [second] }),
  ),
  passes(
    "BCK-X2",
    "2.0 on a private load balancer",
    program({ facts: { scheme: "private" }, crossRegion: [second] }),
  ),
  passes(
    "BCK-X2",
    "back-ends of two regions",
    program({
      crossRegion: [second],
      backends: [instance(), instance({ region: "ap-shanghai", address: "10.1.0.1" })],
    }),
  ),
  fails(
    "BCK-X2",
    "a traditional account",
    program({ stack: { accountType: "traditional" }, crossRegion: [second] }),
  ),
  fails(
    "BCK-X2",
    "a classic load balancer",
    program({ facts: { generation: "classic" }, crossRegion: [second] }),
  ),
  fails(
    "BCK-X2",
    "a load balancer of another region than the stack",
    program({ facts: { region: "ap-shanghai" }, crossRegion: [second] }),
  ),
  waits(
    "BCK-X2",
    "a load balancer whose region another provider gives",
    program({ facts: { region: { $token: "${x}" } }, crossRegion: [second] }),
  ),
  passes("BCK-X2", "2.0 beside 1.0, which is another rule's", program({ crossRegion: [first, second] })),
  fails("BCK-X2", "no cloud-connect network", program({ crossRegion: [{ version: "2.0" }] })),
  fails(
    "BCK-X2",
    "an empty cloud-connect network",
    program({ crossRegion: [{ version: "2.0", cloudConnectNetwork: "" }] }),
  ),
  fails("BCK-X2", "three times", program({ crossRegion: [second, second, second] })),
  passes(
    "BCK-X2",
    "a load balancer whose region is that of a resource that is not there",
    program({ facts: { region: reference("shop/other", "region") }, crossRegion: [second] }),
  ),
  fails("BCK-X2", "a region", program({ crossRegion: [{ ...second, region: "ap-shanghai" }] })),
  fails("BCK-X2", "twice", program({ crossRegion: [second, second] })),

  passes(
    "BCK-X1",
    "1.0 on a public load balancer",
    program({ facts: { scheme: "public" }, crossRegion: [first] }),
  ),
  passes(
    "BCK-X1",
    "a back-end of that region",
    program({ crossRegion: [first], backends: [instance({ region: "ap-shanghai", address: "10.1.0.1" })] }),
  ),
  passes(
    "BCK-X1",
    "a back-end of that region and VPC",
    program({
      crossRegion: [first],
      backends: [instance({ region: "ap-shanghai", vpcId: "vpc-sh", address: "10.1.0.1" })],
    }),
  ),
  fails(
    "BCK-X1",
    "a back-end of another VPC of that region",
    program({
      crossRegion: [first],
      backends: [instance({ region: "ap-shanghai", vpcId: "vpc-2", address: "10.1.0.1" })],
    }),
  ),
  passes(
    "BCK-X1",
    "a traditional account",
    program({ stack: { accountType: "traditional" }, crossRegion: [first] }),
  ),
  fails(
    "BCK-X1",
    "a load balancer of another region than the stack",
    program({ facts: { region: "ap-beijing" }, crossRegion: [first] }),
  ),
  fails("BCK-X1", "a private load balancer", program({ facts: { scheme: "private" }, crossRegion: [first] })),
  fails(
    "BCK-X1",
    "a classic load balancer",
    program({ facts: { generation: "classic" }, crossRegion: [first] }),
  ),
  fails("BCK-X1", "the own region", program({ crossRegion: [{ ...first, region: "ap-guangzhou" }] })),
  fails("BCK-X1", "no VPC", program({ crossRegion: [{ version: "1.0", region: "ap-shanghai" }] })),
  fails("BCK-X1", "two other regions", program({ crossRegion: [first, { ...first, region: "ap-beijing" }] })),
  fails("BCK-X1", "a back-end at home", program({ crossRegion: [first], backends: [instance()] })),
  fails(
    "BCK-X1",
    "a back-end of a third region",
    program({ crossRegion: [first], backends: [instance({ region: "ap-beijing", address: "10.1.0.1" })] }),
  ),
  waits(
    "BCK-X1",
    "a region of another provider",
    program({ crossRegion: [{ ...first, region: { $token: "${x}" } }] }),
  ),

  fails("BCK-X1", "twice for one region", program({ crossRegion: [first, first] })),
  fails(
    "BCK-X1",
    "for two regions",
    program({ crossRegion: [first, { ...first, region: "ap-beijing", vpcId: "vpc-bj" }] }),
  ),
  fails(
    "BCK-IDC",
    "a SNAT address that is none",
    program({ crossRegion: [second], snat: [{ ...snat, address: "10.0.0.999" }] }),
  ),
  fails(
    "BCK-IDC",
    "a SNAT address of a load balancer of another region than the stack",
    program({ facts: { region: "ap-shanghai" }, snat: [snat] }),
  ),
  passes(
    "BCK-IDC",
    "2.0 and a SNAT address",
    program({ crossRegion: [second], snat: [snat], backends: [dataCenter()] }),
  ),
  passes(
    "BCK-IDC",
    "both from elsewhere",
    program({ facts: { crossRegion: "2.0", snatAddresses: ["10.0.0.10"] }, backends: [dataCenter()] }),
  ),
  ...["ap-beijing", "ap-shanghai", "ap-guangzhou", "ap-chengdu", "ap-chongqing", "ap-hongkong"].map(
    (region) =>
      passes(
        "BCK-IDC",
        region,
        program({ stack: { region }, crossRegion: [second], snat: [snat], backends: [dataCenter()] }),
      ),
  ),
  ...["ap-singapore", "ap-nanjing"].map((region) =>
    fails(
      "BCK-IDC",
      region,
      program({ stack: { region }, crossRegion: [second], snat: [snat], backends: [dataCenter()] }),
    ),
  ),
  passes(
    "BCK-IDC",
    "a region that nobody knows",
    program({
      stack: { region: "ap-atlantis" },
      crossRegion: [second],
      snat: [snat],
      backends: [dataCenter()],
    }),
  ),
  fails("BCK-IDC", "nothing turned on", program({ backends: [dataCenter()] })),
  fails("BCK-IDC", "no SNAT address", program({ crossRegion: [second], backends: [dataCenter()] })),
  fails("BCK-IDC", "no cross-region binding", program({ snat: [snat], backends: [dataCenter()] })),
  fails(
    "BCK-IDC",
    "a traditional account",
    program({
      stack: { accountType: "traditional" },
      crossRegion: [second],
      snat: [snat],
      backends: [dataCenter()],
    }),
  ),
  fails(
    "BCK-IDC",
    "a classic load balancer",
    program({
      facts: { generation: "classic" },
      crossRegion: [second],
      snat: [snat],
      backends: [dataCenter()],
    }),
  ),
  fails("BCK-IDC", "1.0", program({ crossRegion: [first], backends: [dataCenter()] })),

  passes("BCK-XOR", "1.0 alone", program({ crossRegion: [first] })),
  passes("BCK-XOR", "2.0 with SNAT addresses", program({ crossRegion: [second], snat: [snat] })),
  passes(
    "BCK-XOR",
    "1.0 and 2.0 on two load balancers",
    program({
      crossRegion: [first, { ...second, loadBalancerId: "lb-2" }],
    }),
  ),
  fails("BCK-XOR", "1.0 and 2.0", program({ crossRegion: [first, second] })),
  fails("BCK-XOR", "1.0 and a SNAT address", program({ crossRegion: [first], snat: [snat] })),
  fails(
    "BCK-XOR",
    "1.0 on a load balancer that has 2.0",
    program({ facts: { crossRegion: "2.0" }, crossRegion: [first] }),
  ),
  fails(
    "BCK-XOR",
    "2.0 on a load balancer that has 1.0",
    program({ facts: { crossRegion: "1.0" }, crossRegion: [second] }),
  ),

  ...["HTTP", "HTTPS"].map((protocol) =>
    passes("BCK-ALOG", protocol, program({ listener: { protocol, accessLogs: true } })),
  ),
  ...["TCP", "UDP", "TCP_SSL", "QUIC"].map((protocol) =>
    fails("BCK-ALOG", protocol, program({ listener: { protocol, accessLogs: true } })),
  ),
  passes("BCK-ALOG", "TCP without", program({ listener: { protocol: "TCP", accessLogs: false } })),
  passes(
    "BCK-ALOG",
    "a TCP listener beside",
    program({ facts: { accessLogs: true }, listener: { protocol: "TCP" } }),
  ),
  fails(
    "BCK-ALOG",
    "a load balancer that writes none",
    program({ facts: { accessLogs: false }, listener: { accessLogs: true } }),
  ),
  waits("BCK-ALOG", "another provider's choice", program({ listener: { accessLogs: { $token: "${x}" } } })),

  ...workedConfigurations,
  ...brokenConfigurations,
  ...reorderedConfigurations,
  passes(
    "BCK-SG",
    "private on the basic network: health checks are let in by themselves",
    guarded(withoutVip, { facts: { ...privateVpc, network: "basic" }, listener: { clients: [clientA] } }),
  ),
  passes(
    "BCK-SG",
    "classic private of the day itself",
    guarded(withoutVip, {
      facts: { ...classicPrivate, created: "2016-12-05" },
      listener: { clients: [clientA] },
    }),
  ),
  passes(
    "BCK-SG",
    "classic private of before on the basic network",
    guarded(withoutVip, {
      facts: { ...classicPrivate, network: "basic", created: "2016-12-04" },
      listener: { clients: [clientA] },
    }),
  ),
  passes(
    "BCK-SG",
    "a load balancer of which too little is said",
    guarded(withoutVip, { facts: { vip }, listener: { clients: [clientA] } }),
  ),
  passes(
    "BCK-SG",
    "no health checks",
    guarded(withoutVip, {
      facts: publicFacts,
      listener: { clients: [clientA], healthCheck: { enabled: false } },
    }),
  ),
  warns(
    "BCK-SG",
    "health checks on a port of their own",
    guarded(group("8080", [everybody, "allow"]), {
      facts: publicFacts,
      listener: { healthCheck: { port: 9000 } },
    }),
  ),
  warns("BCK-SG", "nobody at all", guarded([], { facts: { scheme: "public" } })),
  warns(
    "BCK-SG",
    "everybody dropped before a client is let in",
    guarded(group("ALL", [everybody, "drop"], [clientA, "allow"])),
  ),
  warns(
    "BCK-SG",
    "UDP where TCP is let in",
    guarded(group("8080", [everybody, "allow"]), { listener: { protocol: "UDP" } }),
  ),
  passes(
    "BCK-SG",
    "every protocol",
    guarded([{ action: "allow", source: everybody, port: "8000-9000", protocol: "ALL" }], {
      facts: publicFacts,
      listener: { protocol: "UDP" },
    }),
  ),
  warns(
    "BCK-SG",
    "a part of the clients",
    guarded(group("8080", ["10.0.0.0/9", "allow"]), { listener: { clients: ["10.0.0.0/8"] } }),
  ),
  passes(
    "BCK-SG",
    "two halves of the clients",
    guarded(group("8080", ["10.0.0.0/9", "allow"], ["10.128.0.0/9", "allow"]), {
      listener: { clients: ["10.0.0.0/8"] },
    }),
  ),
  passes(
    "BCK-SG",
    "another security group as the source",
    guarded(group("8080", ["sg-clients", "allow"]), { facts: publicFacts }),
  ),
  warns("BCK-SG", "a source that is none", guarded(group("8080", ["10.0.0.300", "allow"]))),
  warns("BCK-SG", "a port that is none", guarded(group("eighty", [everybody, "allow"]))),
  warns(
    "BCK-SG",
    "a client that is none",
    guarded(group("8080", [everybody, "allow"]), { listener: { clients: ["office"] } }),
  ),
  passes(
    "BCK-SG",
    "a back-end whose group nobody describes",
    program({ facts: publicFacts, backends: [instance()] }),
  ),
  waits(
    "BCK-SG",
    "a source of another provider",
    guarded([{ action: "allow", source: { $token: "${x}" }, port: "8080", protocol: "TCP" }]),
  ),

  passes(
    "TYPE",
    "a TCP listener's settings",
    program({ listener: { protocol: "TCP", scheduler: "LEAST_CONN" } }),
  ),
  ...[30, 3600].map((seconds) =>
    passes(
      "TYPE",
      `TCP session of ${seconds} s`,
      program({ listener: { protocol: "TCP", sessionExpireSeconds: seconds } }),
    ),
  ),
  ...[29, 3601].map((seconds) =>
    fails(
      "TYPE",
      `TCP session of ${seconds} s`,
      program({ listener: { protocol: "TCP", sessionExpireSeconds: seconds } }),
    ),
  ),
  ...[30, 86_400].map((seconds) =>
    passes(
      "TYPE",
      `HTTP session of ${seconds} s`,
      program({ rule: { sessionExpireSeconds: seconds }, backends: [instance()] }),
    ),
  ),
  ...[29, 86_401].map((seconds) =>
    fails(
      "TYPE",
      `HTTP session of ${seconds} s`,
      program({ rule: { sessionExpireSeconds: seconds }, backends: [instance()] }),
    ),
  ),
  fails(
    "TYPE",
    "session persistence on QUIC",
    program({ listener: { protocol: "QUIC", certificateId: "c", sessionExpireSeconds: 60 } }),
  ),
  ...(["scheduler", "healthCheck"] as const).map((name) =>
    fails(
      "TYPE",
      `${name} on an HTTP listener`,
      program({ listener: { [name]: name === "scheduler" ? "WRR" : {} } }),
    ),
  ),
  passes(
    "TYPE",
    "a health check at its bounds",
    checked({
      timeoutSeconds: 60,
      intervalSeconds: 300,
      healthyThreshold: 2,
      unhealthyThreshold: 10,
      port: 65_535,
    }),
  ),
  ...(
    [
      { timeoutSeconds: 1 },
      { timeoutSeconds: 61, intervalSeconds: 300 },
      { intervalSeconds: 301 },
      { healthyThreshold: 1 },
      { unhealthyThreshold: 11 },
      { port: 0 },
      { timeoutSeconds: 5 },
      { intervalSeconds: 2 },
    ] as readonly Some[]
  ).map((check) => fails("TYPE", `health check ${JSON.stringify(check)}`, checked(check))),
  passes(
    "TYPE",
    "HTTPS with SNI and a rule with a certificate",
    program({
      listener: { protocol: "HTTPS", serverNameIndication: true },
      rule: { certificateId: "cert-1" },
      backends: [instance()],
    }),
  ),
  fails(
    "TYPE",
    "a rule with a certificate without SNI",
    program({ rule: { certificateId: "cert-1" }, backends: [instance()] }),
  ),
  fails(
    "TYPE",
    "SNI and a certificate on HTTP, of which one is said",
    program({ listener: { serverNameIndication: true, certificateId: "cert-1" } }),
  ),
  passes("TYPE", "a protocol from another provider", (all) => {
    all.stack().listener("http", { protocol: { $token: "${x}" }, certificateId: "cert-1" });
  }),
  fails(
    "TYPE",
    "a health check of a rule that nothing passes",
    program({ rule: { healthCheck: { healthyThreshold: 1 } }, backends: [instance()] }),
  ),
  passes("TYPE", "a certificate of a rule on a listener that the app does not declare", (all) => {
    all.stack().rule("static", "", { listenerId: "lbl-1", certificateId: "cert-1" });
  }),
  fails("TYPE", "SNI on TCP_SSL", program({ listener: { protocol: "TCP_SSL", serverNameIndication: true } })),
  fails("TYPE", "a certificate on HTTP", program({ listener: { certificateId: "cert-1" } })),
  fails("TYPE", "TCP_SSL without a certificate", program({ listener: { protocol: "TCP_SSL" } })),
];
