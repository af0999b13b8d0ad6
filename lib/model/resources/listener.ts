import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

/** What is known of a load balancer that the program did not create. */
export const loadBalancerFacts = z.strictObject({
  region: z.string(),
  generation: z.enum(["application", "classic"]).optional(),
  network: z.enum(["vpc", "basic"]).optional(),
  addressType: z.enum(["ipv4", "ipv6-nat64", "ipv6"]).optional(),
});
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
      source: "CLB-GEN, CLB-NET, CLB-REGION, CLB-IP",
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
      description: "Id of the server certificate; needed for HTTPS.",
      source: "API CreateListener.Certificate",
    },
  },
  attributes: { listenerId: { type: z.string(), description: "Id that the platform gave it, `lbl-…`." } },
});
export type ListenerProperties = PropertiesOf<typeof listenerSchema>;
