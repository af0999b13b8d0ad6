import * as fs from "node:fs";
import * as path from "node:path";
import { type App, LocalBackend, type TerraformStack, TerraformProvider, TerraformResource } from "cdktf";
import type * as scf from "cdktf-scf";
import { newApp, TestStack } from "../../constructs/app";

/** A part of a configuration, as much of it as tests look at. */
export interface Block {
  readonly [name: string]: unknown;
}

export interface Configuration {
  readonly provider: { readonly scf: Block };
  readonly resource: { readonly [type: string]: { readonly [name: string]: Block } };
  readonly moved?: readonly Block[];
  readonly output?: { readonly [name: string]: Block };
  readonly terraform?: Block;
}

export function stackFolder(app: App, stack: string): string {
  return path.join(app.outdir, "stacks", stack);
}

export function readText(app: App, stack: string, file = "scf.tf.json"): string {
  return fs.readFileSync(path.join(stackFolder(app, stack), file), "utf8");
}

export function readConfiguration(app: App, stack: string): Configuration {
  return JSON.parse(readText(app, stack)) as Configuration;
}

/** What cdktf itself wrote of a stack. */
export function readOthers(app: App, stack: string): Record<string, Record<string, Record<string, Block>>> {
  return JSON.parse(readText(app, stack, "cdk.tf.json")) as never;
}

/** Declares one stack, synthesizes it for real, and reads what Terraform is told of its resources. */
export function configurationOf(
  declare: (stack: TestStack) => void,
  provider: Partial<scf.ScfProviderProps> = {},
): Configuration {
  const app = newApp();
  declare(new TestStack(app, "shop", provider));
  app.synth();
  return readConfiguration(app, "shop");
}

/** State in a file of the same name on every machine. */
export function withState(stack: TerraformStack): void {
  new LocalBackend(stack, { path: "/state/shop.tfstate" });
}

class NetworkProvider extends TerraformProvider {}

/** A resource of a provider that is not ours. */
export function foreign(stack: TerraformStack, id: string, settings: Block = {}): TerraformResource {
  if (!stack.node.tryFindChild("network")) {
    new NetworkProvider(stack, "network", {
      terraformResourceType: "network",
      terraformProviderSource: "example/network",
      terraformGeneratorMetadata: { providerName: "network" },
    });
  }
  const resource = new TerraformResource(stack, id, {
    terraformResourceType: "network_vpc",
    terraformGeneratorMetadata: { providerName: "network" },
  });
  for (const [name, value] of Object.entries(settings)) resource.addOverride(name, value);
  return resource;
}
