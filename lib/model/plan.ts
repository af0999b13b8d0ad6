import { createHash } from "node:crypto";
import { ScfError } from "./error";
import type { ExistingUse } from "./account-snapshot";
import type { Quotas } from "./quotas";
import { canonicalJson, type Properties, type Value } from "./value";

/** The one version of the plan format that this library writes; it reads this one only. */
export const PLAN_VERSION = 1;
export const PLAN_FORMAT = "cdktf-scf/plan";
export const PLAN_FILE = "scf.plan.json";
export const FINDINGS_FILE = "scf.findings.json";
/** Variable that has plans written that break rules, not validated: for those who look at them and deploy nothing. */
export const KEEP_REFUSED_PLANS = "CDKTF_SCF_KEEP_REFUSED_PLANS";

/** Where a plan is applied. Credentials are never part of it. */
export type PlatformChoice =
  | {
      readonly type: "tencentcloud";
      /** Another endpoint than the platform's own, as `http://127.0.0.1:9750`: a running local platform. */
      readonly endpoint?: string;
    }
  | {
      readonly type: "local";
      /** The database file, relative to the folder of cdktf.json. */
      readonly path: string;
      /** How long a function takes to become Active and a load balancer task to end, in milliseconds. */
      readonly delayMs: number;
    };

export interface PlannedAccount {
  /** Account id of the owner, as in resource names; empty means the account that applies the plan. */
  readonly uin?: string;
  readonly type: "standard" | "traditional";
  /** File with what the account reports, relative to the folder of cdktf.json, as the program names it. */
  readonly snapshot?: string;
}

export interface PlannedProvider {
  readonly region: string;
  readonly account: PlannedAccount;
  readonly platform: PlatformChoice;
  /** Quotas of this account and region that the program gives by hand. */
  readonly quotas: Partial<Quotas>;
  /** Quotas that the account reports, from the snapshot. Those given by hand win. */
  readonly reportedQuotas?: Partial<Quotas>;
}

export interface PlannedResource {
  /** The construct's path, the stack's id first: `shop/orders`. Unique in the app, stable across runs. */
  readonly address: string;
  readonly kind: string;
  readonly properties: Properties;
  /** Addresses that come first though no property refers to them. */
  readonly dependsOn: readonly string[];
  readonly lifecycle?: PlannedLifecycle;
}

/** What may become of a resource's object beside what its properties say. */
export interface PlannedLifecycle {
  /** It is neither deleted nor replaced: a deploy or destroy that would do so is refused before any call. */
  readonly protect?: boolean;
  /** When it leaves the program, or the stack is destroyed, the object stays and is no longer managed. */
  readonly retain?: boolean;
  /** Addresses that it had before, the latest first. */
  readonly movedFrom?: readonly string[];
}

/** A package staged beside the plan, by canonical content hash. */
export interface PlannedAsset {
  /** SHA-256 over names, executable bits and contents: the same on every machine, checkout and time zone. */
  readonly hash: string;
  /** The ZIP, relative to the plan file, with forward slashes. */
  readonly path: string;
  /** Size of the ZIP in bytes. */
  readonly zipBytes: number;
  /** Size of all files before compression, in bytes. */
  readonly uncompressedBytes: number;
}

export interface PlannedOutput {
  readonly value: Value;
  readonly description?: string;
  readonly sensitive?: boolean;
}

/** What one stack declares: everything the reconciler needs and nothing that differs between two equal programs. */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly formatVersion: typeof PLAN_VERSION;
  readonly stack: string;
  /** Whether every rule was checked and none was broken. The reconciler refuses a plan without. */
  readonly validated: boolean;
  readonly provider: PlannedProvider;
  /** What is in the account and region already, from the snapshot: quotas count it. */
  readonly existing?: ExistingUse;
  /** Sorted by address. */
  readonly resources: readonly PlannedResource[];
  /** Sorted by hash. */
  readonly assets: readonly PlannedAsset[];
  readonly outputs: { readonly [name: string]: PlannedOutput };
  /** Other stacks whose resources this one refers to, sorted. */
  readonly dependsOnStacks: readonly string[];
}

/** The plan's bytes: keys sorted, two spaces, a newline at the end. */
export function serializePlan(plan: Plan): string {
  return [...planChunks(plan)].join("");
}

const indexes = new WeakMap<Plan, ReadonlyMap<string, PlannedResource>>();

/** The resources of a plan by address: made once for all who look for one. */
export function byAddress(plan: Plan): ReadonlyMap<string, PlannedResource> {
  let index = indexes.get(plan);
  if (index === undefined) {
    const made = new Map<string, PlannedResource>();
    for (const resource of plan.resources) made.set(resource.address, resource);
    indexes.set(plan, (index = made));
  }
  return index;
}

/** Of a large plan it takes a while, and whoever reads, compares or applies one asks for it. */
const hashes = new WeakMap<Plan, string>();

/** SHA-256 of the plan's bytes: two programs that declare the same have the same. */
export function planHash(plan: Plan): string {
  let hash = hashes.get(plan);
  if (hash === undefined) hashes.set(plan, (hash = hashOf(plan)));
  return hash;
}

function hashOf(plan: Plan): string {
  const hash = createHash("sha256");
  for (const chunk of planChunks(plan)) hash.update(chunk);
  return hash.digest("hex");
}

/** Stands in the text of a plan's other parts where its resources come. */
const RESOURCES = "resources come here";

/** Resources that are made text together: each call costs, and so does text that is too long for the memory of young objects. */
const AT_ONCE = 50;

/** The plan's bytes piece by piece, some resources each: a large plan is never in memory as text. */
export function* planChunks(plan: Plan): Generator<string> {
  const { resources } = plan;
  if (resources.length === 0) {
    yield `${canonicalJson(plan, 2)}\n`;
    return;
  }
  const [front = "", back = ""] = canonicalJson({ ...plan, resources: [RESOURCES] }, 2).split(
    `    "${RESOURCES}"\n`,
  );
  yield front;
  // As deep in a list as they are in the plan, so that they are indented as there.
  const [before, after] = ['{\n  "": [\n', "\n  ]\n}"];
  for (let index = 0; index < resources.length; index += AT_ONCE) {
    const text = canonicalJson({ "": resources.slice(index, index + AT_ONCE) }, 2);
    const isLast = index + AT_ONCE >= resources.length;
    yield text.slice(before.length, -after.length) + (isLast ? "\n" : ",\n");
  }
  yield `${back}\n`;
}

/**
 * Reads a plan back and checks that it is one.
 *
 * @throws ScfError `PLAN_DAMAGED` when it is not JSON or not a plan, `PLAN_VERSION` when another version wrote it
 */
export function parsePlan(text: string, file: string): Plan {
  const again = "Run `cdktf-scf synth` to write it again.";
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    throw new ScfError("PLAN_DAMAGED", `${file} is not JSON: ${(cause as Error).message}.`, {
      fix: again,
      cause,
    });
  }
  const candidate = plan as Partial<Plan> | null;
  if (typeof candidate !== "object" || candidate === null || candidate.format !== PLAN_FORMAT) {
    throw new ScfError("PLAN_DAMAGED", `${file} is not a plan of cdktf-scf.`, { fix: again });
  }
  if (candidate.formatVersion !== PLAN_VERSION) {
    throw new ScfError(
      "PLAN_VERSION",
      `${file} has plan format ${String(candidate.formatVersion)}; this cdktf-scf reads format ${PLAN_VERSION}.`,
      { fix: "Use the cdktf-scf that wrote it, or synthesize again with this one." },
    );
  }
  const problem = structuralProblem(candidate);
  if (problem) throw new ScfError("PLAN_DAMAGED", `${file} is damaged: ${problem}.`, { fix: again });
  return candidate as Plan;
}

function structuralProblem(plan: Partial<Plan>): string | undefined {
  if (typeof plan.stack !== "string") return "`stack` is missing";
  if (typeof plan.provider !== "object" || typeof plan.provider?.region !== "string")
    return "`provider` is missing";
  if (typeof plan.provider.account !== "object" || plan.provider.account === null)
    return "`provider` has no account";
  if (!Array.isArray(plan.resources)) return "`resources` is missing";
  if (!Array.isArray(plan.assets)) return "`assets` is missing";
  if (typeof plan.outputs !== "object" || plan.outputs === null) return "`outputs` is missing";
  for (const [name, output] of Object.entries<Partial<PlannedOutput> | null>(plan.outputs)) {
    if (output?.value === undefined) return `output ${name} has no value`;
  }
  if (!Array.isArray(plan.dependsOnStacks)) return "`dependsOnStacks` is missing";
  const seen = new Set<string>();
  for (const resource of plan.resources as Partial<PlannedResource>[]) {
    if (typeof resource?.address !== "string" || typeof resource.kind !== "string")
      return "a resource has no address";
    if (typeof resource.properties !== "object" || resource.properties === null)
      return `${resource.address} has no properties`;
    if (!Array.isArray(resource.dependsOn)) return `\`dependsOn\` of ${resource.address} is missing`;
    if (seen.has(resource.address)) return `${resource.address} stands in it twice`;
    seen.add(resource.address);
  }
  return undefined;
}
