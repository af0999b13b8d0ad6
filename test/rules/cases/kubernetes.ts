import type { Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, type RuleCase } from "../rule-case";

type Given = { readonly [name: string]: Value };

const hosting: Given = { clusterId: "cls-1", subnetId: "subnet-1", clusterNamespace: "functions" };
const selector = { nodeSelector: { pool: "functions" } };
const token = { $token: "${x}" };

function having(given: Given, cluster?: Given, name: Value = "sale") {
  return (program: Program): void => {
    program
      .stack()
      .namespace("sale", { name, hosting: { ...hosting, ...given }, ...(cluster ? { cluster } : {}) });
  };
}
const label = (key: string, value: Value = "a") => having({ nodeSelector: { [key]: value } });
const toleration = (given: Value) => having({ tolerations: [given] });

export const kubernetesCases: readonly RuleCase[] = [
  passes("K8S-NS", "a cluster, a namespace of it and a subnet", having({ port: 30_000 })),
  passes("K8S-NS", "a namespace on the platform's own machines", (program) => {
    program.stack().namespace("sale");
  }),
  fails("K8S-NS", "the namespace default", having({}, undefined, "default")),
  fails("K8S-NS", "an empty cluster", having({ clusterId: "" })),
  fails("K8S-NS", "an empty namespace of the cluster", having({ clusterNamespace: "" })),
  fails("K8S-NS", "an empty subnet", having({ subnetId: "" })),
  ...[1, 65_535].map((port) => passes("K8S-NS", `port ${port}`, having({ port }))),
  fails("K8S-NS", "port 80.5", having({ port: 80.5 })),
  fails("K8S-NS", "port 0", having({ port: 0 })),
  fails("K8S-NS", "port 65,536", having({ port: 65_536 })),
  waits("K8S-NS", "a cluster from another provider", having({ clusterId: token })),

  ...["10.0.0.0/24", "8.255.255.0/24", "10.0.0.0/8", "192.168.9.0/24", "255.255.255.255/32"].map(
    (subnetCidr) => passes("K8S-NET", subnetCidr, having({}, { subnetCidr })),
  ),
  passes("K8S-NET", "a subnet that nothing is said of", having({})),
  ...[
    ...["9.0.0.0/8", "9.255.1.0/24", "9.0.0.0/16", "8.0.0.0/7", "10.0.0.0", "10.0.0.0/33"],
    ...["256.0.0.0/8", "10.256.0.0/16", "10.0.256.0/24", "10.0.0.256/32"],
    ...["0010.0.0.0/8", "10.0000.0.0/8", "10.0.0000.0/8", "10.0.0.0000/8", "10.0.0.0/008"],
    ...[".0.0.0/8", "10..0.0/8", "10.0..0/8", "10.0.0./8", "10.0.0.0/", "x10.0.0.0/8", "10.0.0.0/8x"],
  ].map((subnetCidr) => fails("K8S-NET", subnetCidr, having({}, { subnetCidr }))),
  waits("K8S-NET", "a range from another provider", having({}, { subnetCidr: token })),

  passes(
    "K8S-NODE",
    "native and ordinary nodes, Kubernetes 1.7",
    having(selector, { nodeTypes: ["native", "ordinary"], nodeCount: 1, kubernetesVersion: "1.7" }),
  ),
  passes("K8S-NODE", "Kubernetes 1.26.1-tke.3", having(selector, { kubernetesVersion: "v1.26.1-tke.3" })),
  passes("K8S-NODE", "an old cluster without node selector", having({}, { kubernetesVersion: "1.6.2" })),
  passes("K8S-NODE", "a cluster that nothing is said of", having(selector)),
  fails("K8S-NODE", "Kubernetes 1.6 with a node selector", having(selector, { kubernetesVersion: "1.6.2" })),
  fails(
    "K8S-NODE",
    "Kubernetes 1.6 with tolerations",
    having({ tolerations: [{ key: "a", operator: "Exists" }] }, { kubernetesVersion: "1.6" }),
  ),
  passes(
    "K8S-NODE",
    "Kubernetes 1.6 with neither selectors nor tolerations in their lists",
    having({ nodeSelector: {}, tolerations: [] }, { kubernetesVersion: "1.6" }),
  ),
  passes("K8S-NODE", "Kubernetes 2.6", having(selector, { kubernetesVersion: "2.6" })),
  ...["0.9", "my-1.26", "v.26", "1."].map((kubernetesVersion) =>
    fails("K8S-NODE", `Kubernetes ${kubernetesVersion}`, having(selector, { kubernetesVersion })),
  ),
  fails("K8S-NODE", "no node", having({}, { nodeCount: 0 })),
  fails("K8S-NODE", "super nodes", having({}, { nodeTypes: ["super"] })),
  fails("K8S-NODE", "super nodes beside others", having({}, { nodeTypes: ["native", "super"] })),
  fails("K8S-NODE", "a version that is none", having(selector, { kubernetesVersion: "newest" })),
  waits("K8S-NODE", "a number of nodes from another provider", having({}, { nodeCount: token })),

  waits("K8S-LABEL", "a node selector from another provider", having({ nodeSelector: token })),
  passes("K8S-LABEL", "63 characters", label("a".repeat(63))),
  passes("K8S-LABEL", "a prefix", label("team/pool-1")),
  passes("K8S-LABEL", "one character", label("a")),
  passes("K8S-LABEL", "no node selector", having({})),
  passes("K8S-LABEL", "a value with every sign", label("pool", "a-b_c.d9")),
  fails("K8S-LABEL", "64 characters", label("a".repeat(64))),
  fails("K8S-LABEL", "an empty key", label("")),
  fails("K8S-LABEL", "a slash at the front", label("/pool")),
  fails("K8S-LABEL", "an underscore in the key", label("my_pool")),
  fails("K8S-LABEL", "an empty value", label("pool", "")),
  fails("K8S-LABEL", "a value that begins with a dash", label("pool", "-a")),
  fails("K8S-LABEL", "a value that ends with a period", label("pool", "a.")),
  fails("K8S-LABEL", "a value with a space", label("pool", "a b")),
  waits("K8S-LABEL", "a value from another provider", label("pool", token)),

  passes("K8S-TOL", "a key with a value", toleration({ key: "pool", operator: "Equal", value: "functions" })),
  passes("K8S-TOL", "Equal is meant without an operator", toleration({ key: "pool", value: "functions" })),
  passes("K8S-TOL", "every value of a key", toleration({ key: "pool", operator: "Exists" })),
  passes("K8S-TOL", "every taint", toleration({ operator: "Exists", effect: "NoExecute" })),
  fails("K8S-TOL", "another operator", toleration({ key: "pool", operator: "Equals", value: "a" })),
  fails("K8S-TOL", "another effect", toleration({ key: "pool", operator: "Exists", effect: "NoScheduling" })),
  fails("K8S-TOL", "Equal without a value", toleration({ key: "pool", operator: "Equal" })),
  ...["", null].map((value) =>
    fails("K8S-TOL", `Equal with the value ${JSON.stringify(value)}`, toleration({ key: "pool", value })),
  ),
  fails("K8S-TOL", "Equal without a key", toleration({ operator: "Equal", value: "a" })),
  fails("K8S-TOL", "Exists with a value", toleration({ key: "pool", operator: "Exists", value: "a" })),
  waits("K8S-TOL", "a key from another provider", toleration({ key: token, value: "a" })),
  waits("K8S-TOL", "a toleration from another provider", toleration(token)),
];
