import * as path from "node:path";
import { ref, TerraformBackend, type IResolvable, type TerraformStack } from "cdktf";
import type { Plan } from "../../model/plan";
import {
  PROVIDER,
  PROVIDER_SOURCE,
  terraformAddress,
  terraformAttribute,
  TERRAFORM_FILE,
} from "../../model/terraform";
import type { Reference } from "../../model/value";
import { StackSynthesis } from "../stack-synthesis";
import { writeChunks } from "../write-file";
import { configurationChunks } from "./configuration";
import { CrossStackReferences } from "./cross-stack";
import { placeLaunchers } from "./launchers";
import { packageVersion } from "./own-package";
import { providerBlock } from "./provider-block";
import type { TerraformSynthesis } from "./synthesis";
import { terraformValue } from "./terraform-text";

/** Each resource is one of Terraform's, by the provider in this package. */
export class ProviderMode implements TerraformSynthesis {
  /** cdktf remembers in the expression itself how another stack names it. */
  private readonly expressions = new Map<string, IResolvable>();
  private readonly crossStack: CrossStackReferences;

  constructor(private readonly stack: TerraformStack) {
    this.crossStack = new CrossStackReferences(stack);
    // Terraform wants all that a stack requires in one place, and cdktf writes the others there.
    stack.addOverride(`terraform.required_providers.${PROVIDER}`, {
      source: PROVIDER_SOURCE,
      version: packageVersion(),
    });
  }

  expression(kind: string, address: string, name: string): IResolvable {
    const text = `${terraformAddress(kind, address)}.${terraformAttribute(name)}`;
    const known = this.expressions.get(text);
    if (known) return known;
    const expression = ref(text, this.stack);
    this.expressions.set(text, expression);
    return expression;
  }

  prepare(reference: Reference): void {
    const { address, attribute } = reference.$ref;
    const producer = StackSynthesis.of(this.stack).app.stackOf(address);
    const element = producer?.elementAt(address);
    if (!producer || !element) return;
    const { schema } = element;
    const expression = `${terraformAddress(schema.kind, address)}.${terraformAttribute(attribute)}`;
    this.crossStack.prepare(reference, producer.stack, expression, schema);
  }

  write(plan: Plan, directory: string): void {
    const backend = terraformValue(backendOf(this.stack).toTerraform(), this.stack);
    const provider = providerBlock(plan, backend, directory);
    const chunks = configurationChunks(plan, provider, this.crossStack);
    writeChunks(path.join(directory, TERRAFORM_FILE), chunks);
    placeLaunchers(directory);
  }
}

/** All back-ends have this id; cdktf itself goes through the whole stack for it. */
function backendOf(stack: TerraformStack): TerraformBackend {
  const child = stack.node.tryFindChild("backend");
  return TerraformBackend.isBackend(child) ? child : stack.ensureBackendExists();
}
