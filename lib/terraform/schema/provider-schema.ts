import { kinds } from "../../kinds";
import { terraformType } from "../../model/terraform";
import type { ProviderSchema } from "../plugin/schema";
import { dataSources } from "./data-sources";
import { providerBlock } from "./provider-block";
import { terraformSchemaOf } from "./resource-schema";

/** All that the provider offers, made from the schemas of the kinds. The build writes it: nobody waits for it to be made. */
export function providerSchema(): ProviderSchema {
  return {
    provider: providerBlock,
    resources: Object.fromEntries(
      Object.values(kinds).map((kind) => [terraformType(kind.schema.kind), terraformSchemaOf(kind)]),
    ),
    dataSources,
  };
}
