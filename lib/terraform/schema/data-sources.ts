import { aliasKind } from "../../kinds/alias";
import { functionKind } from "../../kinds/function";
import type { Kind } from "../../kinds/kind";
import type { TerraformAttribute, TerraformSchema, TerraformType } from "../plugin/schema";
import { attributeOf } from "./attribute";
import { propertyDescription } from "./resource-schema";
import { resourceShapeOf } from "./resource-shape";

/** What one looks up: what exists and is not managed here. */
export const dataSources: { readonly [type: string]: TerraformSchema } = {
  scf_function: looksUp(
    functionKind as unknown as Kind,
    ["namespace", "functionName"],
    "A function that exists.",
  ),
  scf_alias: looksUp(
    aliasKind as unknown as Kind,
    ["namespace", "functionName", "name"],
    "An alias that exists.",
  ),
  scf_layer_version: {
    version: 0,
    description: "A version of a layer that exists.",
    attributes: [
      given("layer_name", "Name of the layer."),
      {
        name: "version",
        type: "number",
        description: "Number of the version; the newest without.",
        optional: true,
        computed: true,
      },
      computed("description", "string", "What the version says of itself."),
      computed("compatible_runtimes", ["set", "string"], "Runtimes of the functions that may bind it."),
      computed("code_sha256", "string", "SHA-256 of the package, as the platform reports it."),
      id("`layer_name/version`"),
    ],
  },
  scf_load_balancer: {
    version: 0,
    description: "A load balancer that exists.",
    attributes: [
      given("load_balancer_id", "Its id, `lb-…`."),
      computed("name", "string", "Its name."),
      computed("region", "string", "Its region: the provider's."),
      computed("generation", "string", "`application` or `classic`."),
      computed("type", "string", "Where its clients are: `OPEN` for the internet, `INTERNAL` for the VPC."),
      computed("address_type", "string", "`ipv4`, `ipv6-nat64` or `ipv6`."),
      computed("vpc_id", "string", "Its VPC; null in the basic network."),
      computed("domain", "string", "Its domain name, where it has one."),
      computed("vips", ["list", "string"], "Its addresses."),
      id("`load_balancer_id`"),
    ],
  },
  scf_account_limits: {
    version: 0,
    description:
      "What the account reports of its quotas in the provider's region. A quota of which it reports nothing is null.",
    attributes: [
      computed("region", "string", "The region that they hold for."),
      limit("namespaces", "Namespaces in the region, `default` included. [QTA-NS]"),
      limit("functions_per_namespace", "Functions in a namespace. [QTA-FN]"),
      limit("init_timeout_seconds", "Initialization timeout in seconds. [FN-INIT]"),
      limit("triggers_of_one_type", "Triggers of one type on one function. [TRG-COUNT]"),
      limit("test_events", "Templates of test events of the account. [QTA-TEST]"),
      limit("concurrency_mb", "Concurrency of all functions in the region, in MB of memory. [QTA-CONC]"),
      id("the region"),
    ],
  },
};

/**
 * What a resource of the kind has, looked up by what identifies one. Terraform's state holds all that is read: what may be
 * secret is not.
 */
function looksUp(kind: Kind, identifying: readonly string[], description: string): TerraformSchema {
  const shape = resourceShapeOf(kind.schema);
  const shown = shape.properties.filter(({ sensitive }) => !sensitive);
  return {
    version: 0,
    description,
    attributes: [
      ...shown.map((field) =>
        attributeOf(field, {
          description: propertyDescription(kind, field.property),
          ...(identifying.includes(field.property) ? { required: true } : { computed: true }),
        }),
      ),
      ...shape.attributes.map((field) =>
        attributeOf(field, {
          description: kind.schema.attributeMetadata[field.property]?.description ?? "",
          computed: true,
        }),
      ),
      id(`\`${kind.import?.id ?? ""}\``),
    ],
  };
}

function given(name: string, description: string): TerraformAttribute {
  return { name, type: "string", description, required: true };
}

function computed(name: string, type: TerraformType, description: string): TerraformAttribute {
  return { name, type, description, computed: true };
}

function limit(name: string, description: string): TerraformAttribute {
  return computed(name, "number", description);
}

function id(what: string): TerraformAttribute {
  return computed("id", "string", `What identifies it: ${what}.`);
}
