import { randomUUID } from "node:crypto";
import { ScfError } from "../../model/error";
import { PROVIDER_SOURCE } from "../../model/terraform";
import type { TerraformObject } from "../plugin/value";
import { parseExactly, stringifyExactly } from "./exact-json";

/** Terraform's state as `terraform state pull` prints it: what is not ours is carried along as it is. */
export interface TerraformState {
  readonly version: 4;
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly TerraformResource[];
  readonly outputs?: { readonly [name: string]: TerraformOutput };
  readonly [other: string]: unknown;
}

export interface TerraformOutput {
  readonly value: unknown;
  readonly type: unknown;
  readonly sensitive?: boolean;
}

export interface TerraformResource {
  readonly module?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly TerraformInstance[];
}

export interface TerraformInstance {
  readonly index_key?: unknown;
  /** `tainted` where its creation has failed. */
  readonly status?: string;
  /** Of an object that was replaced and is still to be deleted. */
  readonly deposed?: string;
  readonly schema_version: number;
  readonly attributes: TerraformObject;
  readonly sensitive_attributes?: unknown;
  /** In base 64. */
  readonly private?: string;
  readonly dependencies?: readonly string[];
}

const OUR_PROVIDER = `provider["${PROVIDER_SOURCE}"]`;

/** @throws ScfError `TERRAFORM_STATE` when this is no state that can be worked with */
export function parseTerraformState(text: string): TerraformState {
  if (text.trim() === "") return { version: 4, serial: 0, lineage: randomUUID(), resources: [] };
  let state: Partial<TerraformState> | null;
  try {
    state = parseExactly(text) as Partial<TerraformState> | null;
  } catch (cause) {
    throw unusable(`it is not JSON (${(cause as Error).message})`);
  }
  if (state?.version !== 4) throw unusable(`it has version ${String(state?.version)}, and 4 is understood`);
  if (!Array.isArray(state.resources)) throw unusable("it has no list of resources");
  return state as TerraformState;
}

/** As Terraform takes it for the next state after the one that it was made from, and for that one only. */
export function nextTerraformState(
  state: TerraformState,
  changed: Pick<TerraformState, "resources" | "outputs">,
): string {
  return `${stringifyExactly({ ...state, ...changed, serial: state.serial + 1 })}\n`;
}

/** Whether our provider manages it, for a stack of ours: what somebody has written by hand in a module is theirs. */
export function isOurs({ mode, module, provider }: TerraformResource): boolean {
  return mode === "managed" && module === undefined && provider === OUR_PROVIDER;
}

export function ourResource(type: string, name: string, instance: TerraformInstance): TerraformResource {
  return { mode: "managed", type, name, provider: OUR_PROVIDER, instances: [instance] };
}

export function addressOf({ type, name }: Pick<TerraformResource, "type" | "name">): string {
  return `${type}.${name}`;
}

function unusable(why: string): ScfError {
  return new ScfError("TERRAFORM_STATE", `Terraform's state cannot be used: ${why}.`, {
    fix: "Use a Terraform or OpenTofu of today, then run the command again.",
  });
}
