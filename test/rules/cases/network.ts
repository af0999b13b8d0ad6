import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };
const vpc = { vpcId: "vpc-1", subnetId: "subnet-1" };

type Some = { readonly [name: string]: Value };

function having(properties: Some) {
  return (program: Program): void => {
    program.stack().function("orders", properties);
  };
}

function nameServers(value: Value) {
  return having({ environment: { OS_NAMESERVER: value } });
}

/** Functions with a fixed address in this many subnets. */
function inSubnets(stack: Stack, amount: number, first = 1): void {
  for (let number = first; number < first + amount; number++) {
    stack.function(`f${number}`, {
      fixedEgressIp: true,
      vpc: { vpcId: "vpc-1", subnetId: `subnet-${number}` },
    });
  }
}

function gateway(region: Value, vpcId: Value, properties: Some = { vpc }) {
  return having({ ...properties, surroundings: { natGateway: { region, vpcId } } });
}

export const networkCases: readonly RuleCase[] = [
  passes("NET-PUB", "public access in a VPC", having({ vpc, publicAccess: true })),
  passes("NET-PUB", "a VPC without a word on public access", having({ vpc })),
  passes("NET-PUB", "no public access without a VPC", having({ publicAccess: false })),
  warns("NET-PUB", "a VPC without public access", having({ vpc, publicAccess: false })),
  passes(
    "NET-PUB",
    "a VPC without public access, with a NAT gateway",
    gateway("ap-guangzhou", "vpc-1", { vpc, publicAccess: false }),
  ),
  waits("NET-PUB", "a switch from another provider", having({ vpc, publicAccess: token })),
  passes(
    "NET-PUB",
    "a switch of a resource that is not there",
    having({ vpc, publicAccess: reference("shop/other", "publicAccess") }),
  ),

  passes("NET-VPC", "VPC and subnet", having({ vpc })),
  passes(
    "NET-VPC",
    "VPC and subnet in the region",
    having({ vpc, surroundings: { networkRegion: "ap-guangzhou", networkType: "vpc" } }),
  ),
  passes("NET-VPC", "VPC and subnet of another provider", having({ vpc: { vpcId: token, subnetId: token } })),
  fails("NET-VPC", "a VPC without a subnet", having({ vpc: { vpcId: "vpc-1", subnetId: "" } })),
  fails("NET-VPC", "a subnet without a VPC", having({ vpc: { vpcId: "", subnetId: "subnet-1" } })),
  fails("NET-VPC", "neither", having({ vpc: { vpcId: "", subnetId: "" } })),
  fails("NET-VPC", "not a word on either", having({ vpc: {} })),
  fails("NET-VPC", "a VPC without a word on the subnet", having({ vpc: { vpcId: "vpc-1" } })),
  fails("NET-VPC", "the ids the wrong way round", having({ vpc: { vpcId: "subnet-1", subnetId: "vpc-1" } })),
  fails("NET-VPC", "two VPCs", having({ vpc: { vpcId: "vpc-1", subnetId: "vpc-1" } })),
  fails(
    "NET-VPC",
    "the id of a subnet as the VPC, beside one of another form",
    having({ vpc: { vpcId: "subnet-1", subnetId: "my-vpc-1" } }),
  ),
  passes("NET-VPC", "ids of other forms", having({ vpc: { vpcId: "my-subnet-1", subnetId: "my-vpc-1" } })),
  passes(
    "NET-VPC",
    "something else than a VPC, which is another rule's",
    having({ vpc: { misfit: { expected: "an object", actual: "the text", fix: "use an object" } } }),
  ),
  fails(
    "NET-VPC",
    "a network of another region",
    having({ vpc, surroundings: { networkRegion: "ap-shanghai" } }),
  ),
  fails("NET-VPC", "the basic network", having({ vpc, surroundings: { networkType: "basic" } })),
  fails("NET-VPC", "the basic network and no VPC", having({ surroundings: { networkType: "basic" } })),
  passes(
    "NET-VPC",
    "a network of a resource that is not there",
    having({ vpc: reference("shop/other", "vpc") }),
  ),
  waits("NET-VPC", "a region from another provider", having({ vpc, surroundings: { networkRegion: token } })),
  waits("NET-VPC", "a network from another provider", having({ vpc: token })),
  fails("NET-VPC", "a web function without a subnet", (program) => {
    program.stack().webFunction("shop", { vpc: { vpcId: "vpc-1", subnetId: "" } });
  }),

  passes("NET-EIP", "with public access", having({ fixedEgressIp: true, publicAccess: true })),
  passes("NET-EIP", "without a word on public access", having({ fixedEgressIp: true })),
  passes("NET-EIP", "in a VPC with public access", having({ fixedEgressIp: true, publicAccess: true, vpc })),
  passes(
    "NET-EIP",
    "switched off without public access",
    having({ fixedEgressIp: false, publicAccess: false }),
  ),
  fails("NET-EIP", "without public access", having({ fixedEgressIp: true, publicAccess: false })),
  fails(
    "NET-EIP",
    "in a VPC without public access",
    having({ fixedEgressIp: true, publicAccess: false, vpc }),
  ),
  waits(
    "NET-EIP",
    "public access from another provider",
    having({ fixedEgressIp: true, publicAccess: token }),
  ),
  passes(
    "NET-EIP",
    "public access of a resource that is not there",
    having({ fixedEgressIp: true, publicAccess: reference("shop/other", "publicAccess") }),
  ),
  waits(
    "NET-EIP",
    "an address that another provider switches on",
    having({ fixedEgressIp: token, publicAccess: false }),
  ),
  passes(
    "NET-EIP",
    "an address that another provider switches on, with public access",
    having({ fixedEgressIp: token, publicAccess: true }),
  ),
  ...[undefined, null, false].map((fixedEgressIp) =>
    passes(
      "NET-EIP",
      `public access from another provider and ${String(fixedEgressIp)} for an address`,
      having({ publicAccess: token, ...(fixedEgressIp === undefined ? {} : { fixedEgressIp }) }),
    ),
  ),
  passes(
    "NET-EIP",
    "an address that another provider switches on, without a word on public access",
    having({ fixedEgressIp: token }),
  ),
  passes(
    "NET-EIP",
    "an address that another provider switches on, and null for public access",
    having({ fixedEgressIp: token, publicAccess: null }),
  ),

  passes("QTA-EIP", "many functions without a VPC share one", (program) => {
    const stack = program.stack();
    for (let number = 1; number <= 20; number++)
      stack.function(`f${number}`, { fixedEgressIp: true, namespace: number > 10 ? "team" : "default" });
  }),
  passes("QTA-EIP", "many functions of one subnet share one", (program) => {
    const stack = program.stack();
    for (let number = 1; number <= 20; number++) stack.function(`f${number}`, { fixedEgressIp: true, vpc });
  }),
  passes("QTA-EIP", "four subnets and the functions without a VPC", (program) => {
    const stack = program.stack();
    inSubnets(stack, 4);
    stack.function("open", { fixedEgressIp: true });
  }),
  passes("QTA-EIP", "five subnets", (program) => inSubnets(program.stack(), 5)),
  fails("QTA-EIP", "six subnets", (program) => inSubnets(program.stack(), 6)),
  fails("QTA-EIP", "one subnet with a quota of none", (program) =>
    inSubnets(program.stack("shop", { quotas: { egressIps: 0 } }), 1),
  ),
  fails("QTA-EIP", "two subnets with a quota of one", (program) =>
    inSubnets(program.stack("shop", { quotas: { egressIps: 1 } }), 2),
  ),
  fails("QTA-EIP", "five subnets and the functions without a VPC", (program) => {
    const stack = program.stack();
    inSubnets(stack, 5);
    stack.function("open", { fixedEgressIp: true });
  }),
  fails("QTA-EIP", "six subnets in two stacks", (program) => {
    inSubnets(program.stack("shop"), 3);
    inSubnets(program.stack("stock"), 3, 4);
  }),
  passes("QTA-EIP", "six subnets in two regions", (program) => {
    inSubnets(program.stack("shop"), 3);
    inSubnets(program.stack("stock", { region: "ap-shanghai" }), 3, 4);
  }),
  passes("QTA-EIP", "six subnets in two accounts", (program) => {
    inSubnets(program.stack("shop", { uin: "1" }), 3);
    inSubnets(program.stack("stock", { uin: "2" }), 3, 4);
  }),
  passes("QTA-EIP", "six subnets with a raised quota", (program) =>
    inSubnets(program.stack("shop", { quotas: { egressIps: 6 } }), 6),
  ),
  passes("QTA-EIP", "six subnets without fixed addresses", (program) => {
    const stack = program.stack();
    for (let number = 1; number <= 6; number++)
      stack.function(`f${number}`, { vpc: { vpcId: "vpc-1", subnetId: `subnet-${number}` } });
  }),
  passes("QTA-EIP", "functions in six subnets, one of which has no public access", (program) => {
    const stack = program.stack();
    inSubnets(stack, 5);
    const vpc = { vpcId: "vpc-1", subnetId: "subnet-6" };
    stack.function("closed", { fixedEgressIp: true, publicAccess: false, vpc });
  }),
  passes("QTA-EIP", "a quota that the account reports", (program) =>
    inSubnets(
      program.stack("shop", { snapshot: "scf.account.json", account: { quotas: { egressIps: 6 } } }),
      6,
    ),
  ),
  waits("QTA-EIP", "five subnets and one that another provider gives", (program) => {
    const stack = program.stack();
    inSubnets(stack, 5);
    stack.function("other", { fixedEgressIp: true, vpc: { vpcId: "vpc-1", subnetId: token } });
  }),

  ...[
    "183.60.83.19",
    "183.60.83.19;183.60.82.98",
    "ns.example.com",
    "1.1.1.1;ns1.example.com;2001:db8::1;10.0.0.53;dns",
    "ns.example.com.",
    "d",
    "ns.de",
    `${"a".repeat(63)}.${"a".repeat(63)}`,
    `${`${"a".repeat(63)}.`.repeat(3)}${"a".repeat(61)}`,
  ].map((value) => passes("NET-NS", value, nameServers(value))),
  passes("NET-NS", "no such variable", having({ environment: { NAMESERVER: "1,2" } })),
  passes("NET-NS", "five name servers", nameServers("1.1.1.1;1.1.1.2;1.1.1.3;1.1.1.4;1.1.1.5")),
  fails("NET-NS", "six name servers", nameServers("1.1.1.1;1.1.1.2;1.1.1.3;1.1.1.4;1.1.1.5;1.1.1.6")),
  ...[
    "1.1.1.1,1.1.1.2",
    "1.1.1.1 1.1.1.2",
    "1.1.1.1; 1.1.1.2",
    "1.1.1.1;",
    "1.1.1.1;;1.1.1.2",
    "1.1.1.300",
    "1.1.1",
    "1.1.1.1:53",
    "https://dns.example.com",
    "-ns.example.com",
    "",
    "1.1.1.1 -ns",
    "1.1.1.1;;-ns",
    "-a;-b;-c;-d",
    `${"a".repeat(64)}.example`,
    `example.${"a".repeat(64)}`,
    `${`${"a".repeat(63)}.`.repeat(3)}${"a".repeat(62)}`,
  ].map((value) => fails("NET-NS", `"${value}"`, nameServers(value))),
  waits("NET-NS", "name servers from another provider", nameServers(token)),
  passes("NET-NS", "name servers that the platform computes", (program) => {
    const stack = program.stack();
    const other = stack.function("other");
    stack.function("orders", { environment: { OS_NAMESERVER: reference(other, "functionId") } });
  }),

  passes("NET-NAT", "a gateway of the VPC", gateway("ap-guangzhou", "vpc-1")),
  fails("NET-NAT", "a gateway of another region", gateway("ap-shanghai", "vpc-1")),
  fails("NET-NAT", "a gateway of another VPC", gateway("ap-guangzhou", "vpc-2")),
  fails("NET-NAT", "a gateway of a function in no VPC", gateway("ap-guangzhou", "vpc-1", {})),
  passes(
    "NET-NAT",
    "a gateway of the same VPC of another provider",
    gateway("ap-guangzhou", token, { vpc: { vpcId: token, subnetId: "subnet-1" } }),
  ),
  waits("NET-NAT", "a gateway of a VPC of another provider", gateway("ap-guangzhou", token)),
  waits("NET-NAT", "a gateway whose region another provider gives", gateway(token, "vpc-1")),
  fails(
    "NET-NAT",
    "a gateway of another region, which is the only thing to say",
    gateway("ap-shanghai", "vpc-2"),
  ),
  fails(
    "NET-NAT",
    "a function in no VPC, which is the only thing to say",
    gateway("ap-shanghai", "vpc-2", {}),
  ),
  passes("NET-NAT", "null for a gateway", having({ surroundings: { natGateway: null } })),
  passes(
    "NET-NAT",
    "a gateway whose region is that of a resource that is not there",
    gateway(reference("shop/other", "region"), "vpc-1"),
  ),
  passes("NET-NAT", "no gateway and no VPC", having({})),
  waits("NET-NAT", "a gateway from another provider", having({ vpc, surroundings: { natGateway: token } })),
  passes(
    "NET-NAT",
    "a gateway of a resource that is not there",
    having({ surroundings: { natGateway: reference("shop/other", "natGateway") } }),
  ),

  passes("LOG-REGION", "no log topic", having({})),
  passes(
    "LOG-REGION",
    "set and topic in the region",
    having({ logTopic: { logsetId: "set", topicId: "topic" }, surroundings: { logRegion: "ap-guangzhou" } }),
  ),
  fails(
    "LOG-REGION",
    "a topic of another region",
    having({ logTopic: { logsetId: "set", topicId: "topic" }, surroundings: { logRegion: "ap-shanghai" } }),
  ),
  fails("LOG-REGION", "neither set nor topic", having({ logTopic: { logsetId: "", topicId: "" } })),
  fails("LOG-REGION", "a set without a topic", having({ logTopic: { logsetId: "set", topicId: "" } })),
  fails("LOG-REGION", "a topic without a set", having({ logTopic: { topicId: "topic" } })),
  passes(
    "LOG-REGION",
    "set and topic of another provider",
    having({ logTopic: { logsetId: token, topicId: token } }),
  ),
  waits(
    "LOG-REGION",
    "a region from another provider",
    having({ logTopic: { logsetId: "set", topicId: "topic" }, surroundings: { logRegion: token } }),
  ),
];
