import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

/** A cluster of the container service that runs the functions of a namespace instead of the platform's own machines. */
const hostingType = z.strictObject({
  clusterId: z.string(),
  subnetId: z.string(),
  clusterNamespace: z.string(),
  port: z.number().optional(),
  dataPath: z.string().optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().optional(),
        operator: z.enum(["Equal", "Exists"]).optional(),
        value: z.string().optional(),
        effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
        tolerationSeconds: z.number().optional(),
      }),
    )
    .optional(),
});
/** Where the functions of a namespace run, as a plan has it. */
export type PlannedHosting = z.output<typeof hostingType>;

/** What the program says of a cluster that other tools made. */
const clusterType = z.strictObject({
  kubernetesVersion: z.string().optional(),
  nodeTypes: z.array(z.enum(["native", "ordinary", "super"])).optional(),
  nodeCount: z.number().optional(),
  subnetCidr: z.string().optional(),
});
/** What the program says of a cluster for the rules to check; never sent. */
export type ClusterFacts = z.output<typeof clusterType>;

export const namespaceSchema = defineResource({
  kind: "scf_namespace",
  title: "namespace",
  description: "A group of functions in a region. `default` always exists and is never created or deleted.",
  properties: {
    name: {
      type: z.string(),
      description: "Name; it never changes.",
      source: "NS-DEFAULT, QTA-NS",
      immutable: true,
    },
    description: {
      type: z.string().optional(),
      description: "For people; the platform gets 930 characters of it and a mark of ownership.",
      source: "API CreateNamespace.Description",
    },
    hosting: {
      type: hostingType.optional(),
      description:
        "The cluster that its functions run in; the platform's own machines without. Chosen at creation, and never shown by the platform.",
      source: "K8S-NS, K8S-NET, K8S-LABEL, K8S-TOL",
      immutable: true,
      unreadable: true,
    },
    cluster: {
      type: clusterType.optional(),
      description: "What the program says of the cluster and its subnet.",
      source: "K8S-NODE, K8S-NET",
      checkOnly: true,
    },
  },
  attributes: {},
});
export type NamespaceProperties = PropertiesOf<typeof namespaceSchema>;
