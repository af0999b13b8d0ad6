import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { App, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { foreignTokens } from "../../model/foreign-tokens";
import { PLAN_FILE, type Plan } from "../../model/plan";
import {
  KEPT_VALUES_FILE,
  PLAN_VARIABLE,
  READS_FILE,
  RUNNER_FILE,
  VALUES_VARIABLE,
  type Reads,
} from "../../model/reconciler-under-terraform";
import { stackOf } from "../../model/stack-of";
import { TERRAFORM_FILE } from "../../model/terraform";
import { terraformOutputName } from "../../model/terraform-outputs";
import { canonicalJson, eachReference, type Reference } from "../../model/value";
import { expressionFor } from "./expression-for";
import { relativePath } from "./relative-path";
import { runner } from "./runner";
import type { OtherStack, TerraformSynthesis } from "./synthesis";

/** The resource that deploys, the local value with what others read, and the beginning of all our names. */
const NAME = "cdktf_scf";
const REMOVAL = `${NAME}_removal`;
const VALUES = `${NAME}_values`;

/**
 * Terraform runs the bundled reconciler on the plan, from one `null_resource` that is made again whenever the plan or a value in it
 * changes. Another one, which is never made again, removes everything when it is destroyed: it comes before the first, so that it is
 * there when a deploy fails, and after the values of other providers, so that those go later.
 */
export class ReconcilerMode implements TerraformSynthesis {
  private readonly reads = new Map<string, Set<string>>();
  /** Whether a configuration of Terraform reads any of them. */
  private isRead = false;

  constructor(private readonly stack: TerraformStack) {}

  expression(_kind: string, address: string, name: string, consumer: IConstruct): string {
    this.keep(address, name);
    this.isRead = true;
    const value = `local.${NAME}.values[${quoted(address)}][${quoted(name)}]`;
    return expressionFor(consumer, this.stack, value);
  }

  keep(address: string, name: string): void {
    const names = this.reads.get(address);
    if (names) names.add(name);
    else this.reads.set(address, new Set([name]));
  }

  planned(plan: Plan, others: (stack: string) => OtherStack | undefined): void {
    for (const { $ref } of referencesOut(plan)) {
      others(stackOf($ref.address))?.terraform?.keep?.($ref.address, $ref.attribute);
    }
  }

  write(plan: Plan, directory: string): void {
    const write = (name: string, content: string): void =>
      fs.writeFileSync(path.join(directory, name), content);
    write(RUNNER_FILE, runner(this.directory));
    write(READS_FILE, `${canonicalJson(this.sortedReads(), 2)}\n`);
    const hash = sha256(fs.readFileSync(path.join(directory, PLAN_FILE)));
    write(TERRAFORM_FILE, `${canonicalJson(this.configuration(plan, hash), 2)}\n`);
  }

  private configuration(plan: Plan, hash: string): object {
    const tokens = foreignTokens(plan);
    const outputs = this.outputs(plan);
    const isRead = this.isRead || Object.keys(outputs).length > 0;
    const values = tokens.length > 0 ? { values: `\${sha256(jsonencode(local.${VALUES}))}` } : {};
    const deployment = {
      depends_on: [`null_resource.${REMOVAL}`],
      triggers: {
        plan: hash,
        reads: sha256(canonicalJson(this.sortedReads())),
        ...values,
        ...this.stacksTaken(plan),
      },
      provisioner: localExec({
        command: `node ${RUNNER_FILE} deploy`,
        environment: {
          [PLAN_VARIABLE]: hash,
          ...(tokens.length > 0 ? { [VALUES_VARIABLE]: `\${jsonencode(local.${VALUES})}` } : {}),
        },
      }),
    };
    const removal = {
      ...(tokens.length > 0 ? { triggers: values } : {}),
      // Made again it would remove everything.
      lifecycle: { ignore_changes: ["triggers"] },
      provisioner: localExec({ when: "destroy", command: `node ${RUNNER_FILE} destroy` }),
    };
    const locals = {
      ...(tokens.length > 0 ? { [VALUES]: tokens } : {}),
      ...(isRead ? { [NAME]: this.keptValues() } : {}),
    };
    return {
      ...(Object.keys(locals).length > 0 ? { locals } : {}),
      ...(Object.keys(outputs).length > 0 ? { output: outputs } : {}),
      resource: { null_resource: { [NAME]: deployment, [REMOVAL]: removal } },
    };
  }

  /** Depends on the deployment's id, so that nothing is known before it has run. */
  private keptValues(): string {
    const file = quoted(this.keptValuesOf(this.stack.node.id));
    return `\${jsondecode(file(null_resource.${NAME}.id == "" ? "" : ${file}))}`;
  }

  /** Other stacks may change their values while this one's plan stays the same. */
  private stacksTaken(plan: Plan): Readonly<Record<string, string>> {
    const stacks = new Set(referencesOut(plan).map(({ $ref }) => stackOf($ref.address)));
    return Object.fromEntries(
      [...stacks].map((stack) => [
        `stack ${stack}`,
        `\${try(filesha256(${quoted(this.keptValuesOf(stack))}), "")}`,
      ]),
    );
  }

  private keptValuesOf(stack: string): string {
    return relativePath(this.directory, path.resolve(".cdktf-scf", stack, KEPT_VALUES_FILE));
  }

  private outputs({ stack, outputs }: Plan): Readonly<Record<string, object>> {
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { description, sensitive }]) => [
        terraformOutputName(stack, name),
        {
          value: `\${local.${NAME}.outputs[${quoted(name)}]}`,
          ...(description === undefined ? {} : { description: literal(description) }),
          ...(sensitive ? { sensitive } : {}),
        },
      ]),
    );
  }

  private sortedReads(): Reads {
    return Object.fromEntries([...this.reads].map(([address, names]) => [address, [...names].sort()]));
  }

  private get directory(): string {
    return path.resolve(App.of(this.stack).outdir, "stacks", this.stack.node.id);
  }
}

/** What a plan takes of other stacks. */
function referencesOut({ stack, resources, outputs }: Plan): readonly Reference[] {
  const found: Reference[] = [];
  const note = (reference: Reference): void => {
    if (stackOf(reference.$ref.address) !== stack) found.push(reference);
  };
  for (const { properties } of resources) eachReference(properties, note);
  for (const { value } of Object.values(outputs)) eachReference(value, note);
  return found;
}

function localExec(settings: object): object {
  return [{ "local-exec": settings }];
}

/** A text in quotes inside of an expression. */
function quoted(text: string): string {
  return JSON.stringify(literal(text));
}

/** Terraform reads every text as a template. */
function literal(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
