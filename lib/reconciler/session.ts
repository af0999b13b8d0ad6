import type { Kind } from "../kinds/kind";
import { PlatformError, UnknownOutcomeError, classify, isErrorOfClass } from "../kinds/kind";
import { ScfError } from "../model/error";
import { byAddress, type Plan, type PlannedLifecycle, type PlannedProvider } from "../model/plan";
import type { Concealment } from "./concealment";
import { knownKind } from "./known-kind";
import { Calls } from "./calls";
import { EventStream } from "./event-stream";
import { Fingerprints } from "./fingerprint";
import { PackageHashes } from "./packages";
import { Reader } from "./reader";
import type { ReconcilerOptions } from "./reconciler";
import { Secrets } from "./secrets";
import type { RecordedProvider } from "./state";
import type { StateFold } from "./state-fold";
import { Stopping } from "./stopping";
import { defaultTiming, type Timing } from "./timing";

/** How long it may take to find out whose credentials are used, in milliseconds. */
const ACCOUNT_TIMEOUT = 60_000;

/** What a difference and its run share: the options, the connection, the secrets that were read. */
export class Session {
  readonly stack: string;
  readonly timing: Timing;
  readonly secrets: Secrets;
  /** Whatever an earlier process did was done by then: how long reads may lag behind it is counted from here. */
  private readonly startedAt: number;
  readonly calls: Calls;
  readonly events: EventStream;
  readonly packages: PackageHashes;
  /** Replaced while a run holds a lock that it could lose. */
  mayWrite: () => void = () => undefined;
  /** Aborted when whoever asked for the run wants it to end: replaced by every run. */
  stopping: Stopping;
  private provider: PlannedProvider | undefined;
  private accountId: Promise<string | undefined> | undefined;
  private readonly concealments = new Map<string, Concealment>();

  constructor(readonly options: ReconcilerOptions) {
    this.stack = options.stack;
    this.timing = { ...defaultTiming, ...options.timing };
    this.startedAt = this.timing.clock.now();
    this.stopping = new Stopping(undefined, this.timing);
    this.secrets = new Secrets(options.environment);
    this.events = new EventStream(options.stack, options.onEvent);
    this.packages = new PackageHashes(options);
    this.calls = new Calls(
      () => this.openPlatform(),
      this.timing,
      () => this.mayWrite(),
      (text) => this.secrets.scrub(text),
    );
  }

  kind(name: string, address: string): Kind {
    return knownKind(this.options.kinds, name, address);
  }

  concealment(salt: string): Concealment {
    let concealment = this.concealments.get(salt);
    if (!concealment) {
      concealment = { fingerprints: new Fingerprints(salt), secrets: this.secrets };
      this.concealments.set(salt, concealment);
    }
    return concealment;
  }

  /** The plan that counts: none when everything is to be removed. */
  plan(destroy: boolean): Plan | undefined {
    const { plan } = this.options;
    if (destroy || !plan) return undefined;
    if (!plan.validated) {
      throw new ScfError(
        "PLAN_UNVALIDATED",
        `The plan of ${plan.stack} was synthesized without validation.`,
        {
          fix: "Synthesize it again without skipping validation.",
        },
      );
    }
    return plan;
  }

  /** What the program says of a resource's life, also when everything is to be removed. */
  plannedLifecycle(address: string): PlannedLifecycle | undefined {
    const { plan } = this.options;
    return plan && byAddress(plan).get(address)?.lifecycle;
  }

  isPlanned(address: string): boolean {
    const { plan } = this.options;
    return plan !== undefined && byAddress(plan).has(address);
  }

  /**
   * Where the calls of this session go.
   *
   * @throws ScfError `PLATFORM_CHANGED` when that is not where the recorded resources are
   */
  useProvider(fold: StateFold | undefined, plan: Plan | undefined): PlannedProvider {
    const planned = this.options.plan?.provider;
    const recorded = fold?.provider;
    if (plan && recorded && !isEmpty(fold)) requireSamePlace(this.stack, recorded, plan.provider);
    if (plan) this.provider = plan.provider;
    else if (recorded && planned && !movedTo(recorded, planned)) this.provider = planned;
    else this.provider = recorded ?? planned;
    return this.provider as PlannedProvider;
  }

  /** Until when what an earlier process did to an object of this kind may not be visible yet. */
  visibleBy(kind: Kind): number {
    return this.startedAt + (kind.consistencyMs ?? 0);
  }

  /**
   * Asks the platform whose credentials are used, once, and makes sure that the resources are there: to another account
   * they would all look deleted. The local platform has one account only.
   *
   * @throws ScfError `PLATFORM_CHANGED`
   */
  async checkAccount(fold: StateFold | undefined): Promise<void> {
    this.accountId ??= this.lookUpAccount();
    const caller = await this.accountId;
    if (caller === undefined) return;
    const recorded: RecordedProvider | undefined = isEmpty(fold) ? undefined : fold?.provider;
    const owner = recorded?.accountId ?? recorded?.account.uin ?? this.providerInUse.account.uin;
    if (!owner || owner === caller) return;
    const what = recorded ? "The resources" : "The plan";
    throw new ScfError(
      "PLATFORM_CHANGED",
      `${what} of ${this.stack} ${recorded ? "are" : "is"} of account ${owner}; the credentials belong to account ${caller}.`,
      { fix: `Use credentials of account ${owner}, or give the stack for the other account another name.` },
    );
  }

  /** Where the resources are, as it is recorded. */
  async recordedProvider(): Promise<RecordedProvider> {
    const accountId = await this.accountId;
    return { ...this.providerInUse, ...(accountId === undefined ? {} : { accountId }) };
  }

  /** Whether it was asked already in whose account the calls are made. */
  get hasCheckedAccount(): boolean {
    return this.accountId !== undefined;
  }

  private async lookUpAccount(): Promise<string | undefined> {
    const { platform } = this.providerInUse;
    if (platform.type !== "tencentcloud") return undefined;
    const nothing = { lineage: "", address: "", recorded: { generation: 0 } };
    const reader = new Reader(this, { ...nothing, timeoutMs: ACCOUNT_TIMEOUT });
    try {
      return (await reader.call("sts", "GetCallerIdentity", {})).AccountId;
    } catch (error) {
      if (isErrorOfClass(error, "authentication")) return undefined;
      // A stand-in for the platform may know no accounts.
      if (platform.endpoint !== undefined && isErrorOfClass(error, "invalid")) return undefined;
      throw this.asReadError(error, "The account of the credentials");
    }
  }

  private openPlatform(): ReturnType<ReconcilerOptions["openPlatform"]> {
    return this.options.openPlatform(this.provider as PlannedProvider);
  }

  get providerInUse(): PlannedProvider {
    return this.provider as PlannedProvider;
  }

  /** What is thrown when the platform could not be read. */
  asReadError(error: unknown, address: string): unknown {
    if (PlatformError.is(error)) {
      const { code, message, fix } = this.describe(error);
      return new ScfError(
        isErrorOfClass(error, "authentication", "credentials") ? "AUTHENTICATION" : "READ_FAILED",
        `${address} could not be read: ${code}: ${message}`,
        { ...(fix ? { fix } : {}), cause: error },
      );
    }
    if (UnknownOutcomeError.is(error)) {
      return new ScfError("NO_CONNECTION", `${address} could not be read: ${this.describe(error).message}`, {
        fix: "Check the network, then run the command again.",
        cause: error,
      });
    }
    return error;
  }

  /** An error as a code, a sentence without secrets, and what to do about it. */
  describe(error: unknown): { readonly code: string; readonly message: string; readonly fix?: string } {
    if (ScfError.is(error)) {
      const fix = error.fix === undefined ? {} : { fix: this.secrets.scrub(error.fix) };
      return { code: error.code, message: this.secrets.scrub(error.message), ...fix };
    }
    if (PlatformError.is(error)) {
      const fix = fixFor(error);
      const where = `${error.service}.${error.action}`;
      const request = error.requestId ? `, request ${error.requestId}` : "";
      return {
        code: error.code,
        message: this.secrets.scrub(`${error.message} (${where}${request})`),
        ...(fix ? { fix } : {}),
      };
    }
    if (UnknownOutcomeError.is(error)) {
      return {
        code: "UNKNOWN_OUTCOME",
        message: this.secrets.scrub(
          PlatformError.is(error.cause)
            ? `${error.service}.${error.action} failed inside the platform, which may have carried it out: ${error.message}`
            : `No answer to ${error.service}.${error.action}: ${error.message}`,
        ),
        fix: "Run the command again: it looks whether the call took effect, and goes on from there.",
      };
    }
    return {
      code: "INTERNAL",
      message: this.secrets.scrub(error instanceof Error ? error.message : String(error)),
    };
  }
}

function isEmpty(fold: StateFold | undefined): boolean {
  return !fold || fold.resources.size + fold.unfinished.size + fold.leftovers.size === 0;
}

/**
 * Makes sure that a plan is for where the recorded resources of a stack are.
 *
 * @throws ScfError `PLATFORM_CHANGED`
 */
export function requireSamePlace(stack: string, recorded: PlannedProvider, planned: PlannedProvider): void {
  const changed = movedTo(recorded, planned);
  if (changed === undefined) return;
  throw new ScfError("PLATFORM_CHANGED", `The resources of ${stack} are ${changed}.`, {
    fix: "Destroy the stack where it is before deploying it elsewhere, or give the new one another name.",
  });
}

function movedTo(recorded: PlannedProvider, planned: PlannedProvider): string | undefined {
  if (recorded.region !== planned.region) return `in ${recorded.region}; the plan is for ${planned.region}`;
  if (recorded.platform.type !== planned.platform.type) {
    return `on the platform "${recorded.platform.type}"; the plan is for "${planned.platform.type}"`;
  }
  const [before, after] = [recorded.account.uin, planned.account.uin];
  if (before && after && before !== after) return `of account ${before}; the plan is for account ${after}`;
  return undefined;
}

export const CHECK_CREDENTIALS =
  "Check the credentials: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY must be a valid pair, with " +
  "TENCENTCLOUD_SECURITY_TOKEN where they are temporary, and the clock right. Then run the command again.";

function fixFor(error: PlatformError): string | undefined {
  switch (classify(error.code)) {
    case "credentials":
      return CHECK_CREDENTIALS;
    case "authentication":
      return `Allow ${error.service}:${error.action} to the account whose credentials are used.`;
    case "quota":
      return "Remove what is not needed any more, or ask the platform for a higher quota, then run the command again.";
    case "dependency":
      return "Something that this program does not manage still uses it: remove that first.";
    default:
      return undefined;
  }
}
