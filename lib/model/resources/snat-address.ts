import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { loadBalancerFacts } from "./listener";

export const snatAddressSchema = defineResource({
  kind: "clb_snat_address",
  title: "SNAT address",
  description: "An address in the load balancer's VPC that requests to a data centre come from.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer.", immutable: true },
    loadBalancer: {
      type: loadBalancerFacts,
      description: "What the program says of the load balancer.",
      source: "BCK-IDC, BCK-XOR",
      checkOnly: true,
    },
    subnetId: {
      type: z.string(),
      description: "Subnet that the address belongs to.",
      source: "API SnatIp.SubnetId",
      immutable: true,
    },
    address: {
      type: z.string(),
      description: "A free IPv4 address of the subnet.",
      source: "API SnatIp.Ip",
      immutable: true,
    },
  },
  attributes: {},
});
export type SnatAddressProperties = PropertiesOf<typeof snatAddressSchema>;
