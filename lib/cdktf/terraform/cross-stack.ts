import { App, TerraformOutput, type TerraformStack } from "cdktf";
import { ScfError } from "../../model/error";
import type { ResourceSchema } from "../../model/resource-schema";
import type { Reference } from "../../model/value";
import type { ForeignReferences } from "./configuration";
import { terraformText } from "./terraform-text";

/**
 * What a stack's resources refer to in other stacks. cdktf has its own way for values that go from one stack to another, an
 * output there and a data source here: it has to be asked before it writes the first stack.
 */
export class CrossStackReferences implements ForeignReferences {
  private readonly tokens = new Map<string, string>();
  private readonly kinds = new Map<string, string>();
  private readonly failures = new Map<string, Error>();

  constructor(private readonly consumer: TerraformStack) {}

  /**
   * @param expression what the value is in its own stack: `scf_function.orders.function_id`
   * @param schema of the kind of resource that it belongs to
   */
  prepare(
    reference: Reference,
    producer: TerraformStack,
    expression: string,
    { kind, metadata }: Pick<ResourceSchema, "kind" | "metadata">,
  ): void {
    const key = keyOf(reference);
    if (this.tokens.has(key)) return;
    const { address, attribute } = reference.$ref;
    this.kinds.set(address, kind);
    try {
      this.tokens.set(key, App.of(producer).crossStackReference(producer, this.consumer, expression));
      this.failures.delete(key);
    } catch (cause) {
      this.failures.set(key, cause as Error);
      return;
    }
    const output = producer.node.tryFindChild(`cross-stack-output-${expression}`);
    // cdktf hides all of them, which would hide every difference of what depends on them.
    if (TerraformOutput.isTerraformOutput(output)) output.sensitive = metadata[attribute]?.sensitive === true;
  }

  kindOf(address: string): string | undefined {
    return this.kinds.get(address);
  }

  /**
   * How the configuration of this stack names a value of another.
   *
   * @throws ScfError `CROSS_STACK` when it cannot be read from there
   */
  expression(reference: Reference): string {
    const { address, attribute } = reference.$ref;
    const key = keyOf(reference);
    const token = this.tokens.get(key);
    if (token !== undefined) return terraformText(token, this.consumer);
    const failure = this.failures.get(key);
    throw new ScfError(
      "CROSS_STACK",
      `Stack ${this.consumer.node.id} needs \`${attribute}\` of ${address}, which is in another stack: ${
        failure?.message ?? "it was referred to when that stack was written already"
      }.`,
      failure
        ? {
            fix: "Keep the state of that stack in a backend that other stacks can read, or move what needs it into that stack.",
            cause: failure,
          }
        : { fix: "Refer to it in the program itself and not in an aspect, or move both into one stack." },
    );
  }
}

function keyOf({ $ref }: Reference): string {
  return `${$ref.address} ${$ref.attribute}`;
}
