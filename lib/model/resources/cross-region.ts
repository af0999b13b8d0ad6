import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { loadBalancerFacts } from "./listener";

export const crossRegionSchema = defineResource({
  kind: "clb_cross_region",
  title: "cross-region binding",
  description: "Lets a load balancer bind back-ends outside of its own region and VPC.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer.", immutable: true },
    loadBalancer: {
      type: loadBalancerFacts,
      description: "What the program says of the load balancer.",
      source: "BCK-X1, BCK-X2",
      checkOnly: true,
    },
    version: {
      type: z.enum(["1.0", "2.0"]),
      description:
        "1.0 reaches one VPC of one other region; 2.0 reaches what a cloud-connect network connects.",
      source: "BCK-X1, BCK-X2",
      immutable: true,
    },
    region: {
      type: z.string().optional(),
      description: "Region of the back-ends; 1.0 only.",
      source: "API TargetRegionInfo.Region",
    },
    vpcId: {
      type: z.string().optional(),
      description: 'VPC of the back-ends, `"0"` for the basic network; 1.0 only.',
      source: "API TargetRegionInfo.VpcId",
    },
    cloudConnectNetwork: {
      type: z.string().optional(),
      description: "Id of the cloud-connect network that joins the VPCs, `ccn-…`; 2.0 only.",
      source: "BCK-X2, BCK-IDC",
      checkOnly: true,
    },
  },
  attributes: {},
});
export type CrossRegionProperties = PropertiesOf<typeof crossRegionSchema>;
