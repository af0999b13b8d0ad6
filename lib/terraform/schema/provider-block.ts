import type { TerraformSchema } from "../plugin/schema";

/** What the provider's block takes. Synthesis writes it; people write it where they use the provider without. */
export const providerBlock: TerraformSchema = {
  version: 0,
  description: "Region, account and platform of the resources of a stack.",
  attributes: [
    { name: "region", type: "string", description: "Region of everything that it manages.", required: true },
    {
      name: "uin",
      type: "string",
      description:
        "Account id of the owner, as it stands in resource names; the account that deploys without.",
      optional: true,
    },
    {
      name: "account_type",
      type: "string",
      description:
        "Kind of account for network products, `standard` or `traditional`; `standard` without. [CLB-ACCT]",
      optional: true,
    },
    {
      name: "platform",
      nested: {
        nesting: "single",
        attributes: [
          {
            name: "type",
            type: "string",
            description: "`tencentcloud`, or `local` for the platform that ships in the package.",
            required: true,
          },
          {
            name: "path",
            type: "string",
            description:
              "Of a local platform: its database file, relative to the folder that Terraform runs in.",
            optional: true,
          },
          {
            name: "delay_ms",
            type: "number",
            description:
              "Of a local platform: how long functions take to become Active and load balancer tasks to end, in milliseconds.",
            optional: true,
          },
          {
            name: "endpoint",
            type: "string",
            description:
              "Another endpoint than the cloud's own, for example that of a running local platform.",
            optional: true,
          },
        ],
      },
      description: "Where to deploy; the cloud without.",
      optional: true,
    },
    {
      name: "quotas",
      type: ["map", "number"],
      description: "Quotas that the account has had raised, by name. [QTA-VALUE]",
      optional: true,
    },
    {
      name: "plan",
      type: "string",
      description:
        "The stack's `scf.plan.json`, relative to the folder that Terraform runs in: where packages come from, and what the rules need to know.",
      optional: true,
    },
    {
      name: "owner",
      type: "string",
      description: "How the marks of ownership begin that tell this stack's objects from others'.",
      optional: true,
    },
  ],
};
