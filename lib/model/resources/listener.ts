import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { healthCheckSchema } from "./health-check";

/** What is known of a load balancer that the program did not create. */
export const loadBalancerFacts = z.strictObject({
  region: z.string(),
  generation: z.enum(["application", "classic"]).optional(),
  network: z.enum(["vpc", "basic"]).optional(),
  addressType: z.enum(["ipv4", "ipv6-nat64", "ipv6"]).optional(),
  scheme: z.enum(["public", "private"]).optional(),
  vpcId: z.string().optional(),
  vip: z.string().optional(),
  created: z.string().optional(),
  crossRegion: z.enum(["off", "1.0", "2.0"]).optional(),
  snatAddresses: z.array(z.string()).optional(),
  accessLogs: z.boolean().optional(),
});
/** What the program says of a load balancer for the rules to check; never sent. */
export type LoadBalancerFacts = z.output<typeof loadBalancerFacts>;

export const listenerSchema = defineResource({
  kind: "clb_listener",
  title: "listener",
  description: "A port of a load balancer, and the protocol spoken there.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer, `lb-…`.", immutable: true },
    loadBalancer: {
      type: loadBalancerFacts,
      description: "What the program says of the load balancer.",
      source: "CLB-GEN, CLB-NET, CLB-REGION, CLB-IP, BCK-X1, BCK-SG",
      checkOnly: true,
    },
    name: {
      type: z.string(),
      description: "Name of the listener.",
      source: "API CreateListener.ListenerNames",
    },
    protocol: {
      type: z.enum(["HTTP", "HTTPS", "TCP", "UDP", "TCP_SSL", "QUIC"]),
      description: "HTTP and HTTPS forward by domain and path, and only they can bind functions.",
      source: "CLB-PROTO",
      immutable: true,
    },
    port: {
      type: z.number(),
      description: "1–65535.",
      source: "API CreateListener.Ports, CLB-DUP",
      immutable: true,
    },
    certificateId: {
      type: z.string().optional(),
      description: "Id of the server certificate; needed for HTTPS without SNI, TCP_SSL and QUIC.",
      source: "API CreateListener.Certificate",
    },
    serverNameIndication: {
      type: z.boolean().optional(),
      description: "Whether each domain brings its own certificate (SNI); HTTPS only.",
      source: "API CreateListener.SniSwitch",
      immutable: true,
    },
    scheduler: {
      type: z.enum(["WRR", "LEAST_CONN"]).optional(),
      description: "How targets take turns, where the listener has targets itself; `WRR` when absent.",
      source: "API CreateListener.Scheduler",
    },
    sessionExpireSeconds: {
      type: z.number().optional(),
      description:
        "How long a client stays with one target, 30–3600 s; TCP and UDP only. Absent: not at all.",
      source: "API CreateListener.SessionExpireTime",
    },
    healthCheck: {
      type: healthCheckSchema.optional(),
      description: "How targets are probed, where the listener has targets itself.",
      source: "API CreateListener.HealthCheck",
    },
    accessLogs: {
      type: z.boolean().optional(),
      description: "Whether the program counts on an access log of this listener.",
      source: "BCK-ALOG",
      checkOnly: true,
    },
    clients: {
      type: z.array(z.string()).optional(),
      description: "IPv4 addresses and ranges that use the listener.",
      source: "BCK-SG",
      checkOnly: true,
    },
  },
  attributes: { listenerId: { type: z.string(), description: "Id that the platform gave it, `lbl-…`." } },
});
export type ListenerProperties = PropertiesOf<typeof listenerSchema>;
