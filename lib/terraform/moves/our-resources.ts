import { ScfError } from "../../model/error";
import type { Plan } from "../../model/plan";
import { terraformAddress } from "../../model/terraform";
import { ownerMark, type State } from "../../reconciler";
import { decodeKept, type Kept } from "../provider/kept";
import { kindOfType } from "../provider/kind-of-type";
import { withoutOutputs } from "./outputs";
import {
  addressOf,
  isOurs,
  type TerraformInstance,
  type TerraformResource,
  type TerraformState,
} from "./terraform-state";

/** Our resources in Terraform's state, each with the address that it has here. */
export type Ours = ReadonlyMap<string, TerraformResource>;

/**
 * @throws ScfError `TERRAFORM_RESOURCE` for one that cannot be moved as it is
 */
export function oursIn(state: TerraformState, plan: Plan): Ours {
  const addresses = addressesIn(plan);
  const ours = new Map<string, TerraformResource>();
  for (const resource of state.resources.filter(isOurs)) {
    const [instance, ...others] = resource.instances;
    if (!instance) continue;
    const name = addressOf(resource);
    if (others.length > 0 || instance.deposed !== undefined || instance.index_key !== undefined) {
      throw immovable(name, "it has several objects", "Run `terraform apply`, which ends what was begun");
    }
    if (instance.status === "tainted") {
      throw immovable(name, "it is tainted", "Run `terraform apply`, which makes it anew");
    }
    const address = addresses.get(name) ?? addressOutsideOf(plan, resource, instance);
    ours.set(address, resource);
  }
  return ours;
}

/** What there is beside our resources and outputs. */
export function withoutOurs(
  { resources, outputs = {} }: TerraformState,
  ours: Ours,
  plan: Plan,
): Pick<TerraformState, "resources" | "outputs"> {
  const taken = new Set(ours.values());
  return {
    resources: resources.filter((resource) => !taken.has(resource)),
    outputs: withoutOutputs(outputs, plan),
  };
}

/** How the marks of ownership begin that a new state should have: as those of an object that comes into it. */
export function lineageOf(ours: Ours): string | undefined {
  for (const [, { instances }] of ours) {
    const kept = keptOf(instances[0] as TerraformInstance);
    if (kept) return kept.lineage;
  }
  return undefined;
}

/** Whether an object that Terraform's state has is the one that is recorded here. */
export function isSameObject(
  state: State,
  address: string,
  { instances }: Pick<TerraformResource, "instances">,
): boolean {
  const recorded = state.resources[address];
  const kept = instances[0] && keptOf(instances[0]);
  if (!recorded || !kept) return false;
  const { generation, markedAs = address, carries } = recorded;
  if (kept.generation !== generation) return false;
  if (kept.lineage === state.lineage) return kept.markedAs === markedAs;
  return carries !== undefined && carries === (kept.carries ?? markOf(kept));
}

/** The mark that the object of a resource carries. */
export function markOf({ lineage, markedAs, generation }: Kept): string {
  return ownerMark(lineage, markedAs, generation);
}

export function keptOf({ private: bytes = "" }: TerraformInstance): Kept | undefined {
  return decodeKept(Buffer.from(bytes, "base64"));
}

/** The addresses here of all that the program has or had, by those in Terraform. */
export function addressesIn(plan: Plan): ReadonlyMap<string, string> {
  const known = addressIndexes.get(plan);
  if (known) return known;
  const addresses = new Map<string, string>();
  for (const { kind, lifecycle } of plan.resources) {
    for (const before of lifecycle?.movedFrom ?? []) addresses.set(terraformAddress(kind, before), before);
  }
  for (const { kind, address } of plan.resources) addresses.set(terraformAddress(kind, address), address);
  addressIndexes.set(plan, addresses);
  return addresses;
}

const addressIndexes = new WeakMap<Plan, ReadonlyMap<string, string>>();

/** Of what has left the program: the address that its mark names, or one that Terraform would name in the same way. */
function addressOutsideOf({ stack }: Plan, resource: TerraformResource, instance: TerraformInstance): string {
  const { kind } = kindOfType(resource.type).schema;
  const marked = keptOf(instance)?.markedAs ?? "";
  const isItsOwn = marked.startsWith(`${stack}/`) && terraformAddress(kind, marked) === addressOf(resource);
  return isItsOwn ? marked : `${stack}/${resource.name}`;
}

export function immovable(name: string, why: string, what: string): ScfError {
  return new ScfError("TERRAFORM_RESOURCE", `${name} of Terraform's state cannot be moved: ${why}.`, {
    fix: `${what}, then run the command again.`,
  });
}
