import * as fs from "node:fs";
import * as path from "node:path";
import {
  parseSnapshot,
  regionOf,
  type AccountSnapshot,
  type RegionSnapshot,
} from "../model/account-snapshot";
import { ScfError } from "../model/error";
import type { PlannedProvider } from "../model/plan";
import { isQuota, type Quotas } from "../model/quotas";
import type { TerraformMode } from "../model/terraform";
import type { SourceLocation } from "../rules/finding";

/** What the synthesis needs of the provider construct. */
export interface ProviderElement {
  /** Whether it says anything of the account's quotas: most say nothing, and are not asked for it. */
  readonly describesAccount: boolean;
  /** What drives the stack under Terraform. */
  readonly terraformMode: TerraformMode;
  plannedProvider(): PlannedProvider;
  locate(): SourceLocation | undefined;
}

/** What is known of the account and region that a stack deploys to. */
export interface AccountFacts {
  /** Given by hand: in the stack itself, or in others of the account and region that do not contradict each other. */
  readonly quotas: Partial<Quotas>;
  /** The snapshot of the region, that the stack itself or another of the account and region names. */
  readonly snapshot?: RegionSnapshot;
}

/** Quotas are of an account and region: what one stack says of them holds for all that deploy there. */
export function accountFacts(
  own: PlannedProvider,
  providers: readonly (ProviderElement | undefined)[],
): AccountFacts {
  const all = providers.flatMap((provider) => (provider?.describesAccount ? provider.plannedProvider() : []));
  const others = all.filter(
    ({ region, account }) => region === own.region && account.uin === own.account.uin,
  );
  const snapshots = [own, ...others].flatMap(({ account }) => account.snapshot ?? []);
  const snapshot = snapshots.flatMap((file) => snapshotIn(file, own) ?? [])[0];
  return { quotas: { ...agreed(others), ...own.quotas }, ...(snapshot ? { snapshot } : {}) };
}

/** Each quota that some give, and that all who give it give alike. A wrong one stays with who gives it. */
function agreed(providers: readonly PlannedProvider[]): Partial<Quotas> {
  const values = new Map<string, Set<unknown>>();
  for (const { quotas } of providers) {
    for (const [name, value] of Object.entries(quotas)) {
      if (isQuota(name, value)) values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return Object.fromEntries(
    [...values].flatMap(([name, given]) => (given.size === 1 ? [[name, [...given][0]]] : [])),
  ) as Partial<Quotas>;
}

function snapshotIn(file: string, provider: PlannedProvider): RegionSnapshot | undefined {
  // A program in plain JavaScript may name anything: QTA-SNAP says so.
  const snapshot = typeof file === "string" ? readSnapshot(file) : undefined;
  return snapshot && regionOf(snapshot, provider);
}

const read = new Map<string, { readonly stamp: string; readonly snapshot: AccountSnapshot }>();

/**
 * A file that is not there yet is no mistake: saving one needs a program that synthesizes.
 *
 * @throws ScfError `SNAPSHOT_DAMAGED` when it cannot be read
 */
function readSnapshot(file: string): AccountSnapshot | undefined {
  const absolute = path.resolve(file);
  const status = readable(file, () => fs.statSync(absolute, { throwIfNoEntry: false }));
  if (!status) return undefined;
  const stamp = `${status.mtimeMs}|${status.size}`;
  const known = read.get(absolute);
  if (known?.stamp === stamp) return known.snapshot;
  const snapshot = parseSnapshot(
    readable(file, () => fs.readFileSync(absolute, "utf8")),
    file,
  );
  read.set(absolute, { stamp, snapshot });
  return snapshot;
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    throw new ScfError("SNAPSHOT_DAMAGED", `${file} cannot be read: ${reasons[code] ?? message}.`, {
      fix: "Name a file that `cdktf-scf quota --save` has written.",
      cause,
    });
  }
}
