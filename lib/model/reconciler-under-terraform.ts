import type { Value } from "./value";

/** Beside the plan: what Terraform runs, so that no command line holds a path. */
export const RUNNER_FILE = "scf.cjs";

/** Beside the plan: which values of this stack others read. */
export const READS_FILE = "scf.reads.json";

/** Beside the state: the values that others read. */
export const KEPT_VALUES_FILE = "outputs.json";

/** Variable with the hash of the plan that Terraform has planned with. */
export const PLAN_VARIABLE = "CDKTF_SCF_PLAN";

/** Variable with the values of other providers, a JSON list in the order of `foreignTokens`. */
export const VALUES_VARIABLE = "CDKTF_SCF_VALUES";

/** Names of properties and attributes, by address; all of it sorted. */
export type Reads = { readonly [address: string]: readonly string[] };

/** What `KEPT_VALUES_FILE` holds. A value that is not there, or is a secret, is null. */
export interface KeptValues {
  readonly values: { readonly [address: string]: { readonly [name: string]: Value } };
  readonly outputs: { readonly [name: string]: Value };
}
