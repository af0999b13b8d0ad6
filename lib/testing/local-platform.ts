import type { Construct } from "constructs";
import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import type { PreparedStack } from "../model/prepared";
import { effectiveQuotas, type Quotas } from "../model/quotas";
import type { KindName } from "../model/resources";
import type { Action, Request, Response, Service } from "../platform/api";
import type * as local from "../platform/local";
import type { Platform } from "../platform/platform";
import type { Change, Difference } from "../reconciler/difference";
import type { RunEvent } from "../reconciler/events";
import type { GateRunner } from "../reconciler/gate";
import type { Reconciler } from "../reconciler/reconciler";
import type { StateStorage } from "../reconciler/state-storage";
import { deploymentFailed, DeploymentReport, type Deployment } from "./deployment";
import { Faults } from "./faults";
import { AnsweredGates, type GateAnswer } from "./gates";
import { hasProperties, liveObjects, type LiveObject } from "./live-objects";
import { asCalledAsync } from "./outcome";
import { prepareStacks, type PreparedStacks } from "./prepared-stacks";
import { RecordedCalls, type CallFilter, type RecordedCall } from "./recorded-calls";
import { Redaction, secretsOf } from "./redaction";
import { surroundingsOf } from "./surroundings";
import { milliseconds, type TimeSpan } from "./time-span";
import { VirtualTime } from "./virtual-time";

/** What the account is like. */
export interface InMemoryOptions {
  /**
   * The region of calls and invocations that name none. Stacks go to the regions of their providers.
   * @default "ap-guangzhou"
   */
  readonly region?: string;
  /**
   * Quotas of the account, whatever the program says of them.
   * @default - those of each stack's provider
   */
  readonly quotas?: Partial<Quotas>;
  /**
   * How long what the platform does in the background takes: creating, updating and publishing, tasks of load balancers. It
   * takes no real time.
   * @default - what a provider says that names a local platform; otherwise none
   */
  readonly delay?: TimeSpan;
  /**
   * What `Secret.fromEnvironment` reads. The environment of the test itself is not looked at.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How taking everything away goes about failures. */
export interface DestroyOptions {
  /**
   * Whether a deployment of which something failed throws, or returns what it has done.
   * @default "throw"
   */
  readonly failures?: "throw" | "return";
}

/** How a deployment goes about failures and gates. */
export interface DeployOptions extends DestroyOptions {
  /**
   * Answers the gates of releases: false rolls a release back. Their commands are not run, and no time passes while one is
   * answered.
   * @default - every gate lets its release go on
   */
  readonly gates?: GateAnswer;
}

/** How a function is invoked. */
export interface Invocation {
  /** @default "default" */
  readonly namespace?: string;
  /**
   * A version or an alias.
   * @default - the alias that every function has, `$DEFAULT`
   */
  readonly qualifier?: string;
  /**
   * What aliases that route by a header decide by, by the header's name.
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What the function is given.
   * @default {}
   */
  readonly event?: unknown;
  /** @default - that of the platform */
  readonly region?: string;
}

/** What came of an invocation. */
export interface InvocationResult {
  /** The version that would have run; undefined when none would, or when the function runs asynchronously. */
  readonly version?: string;
  /** Status code of the platform: 0 when all is well, 432 for a function that is stopped. */
  readonly status: number;
}

/**
 * A cloud account that lives as long as this object, for unit tests: no file, no port, no waiting. Stacks are deployed to it by
 * the same reconciler and with the same calls as to the cloud, wherever their providers say; it keeps the cloud's limits.
 * Time passes only where something waits for it, and costs none.
 */
export class LocalPlatform {
  /** An empty account. Nothing is loaded before it is used. */
  static inMemory(options: InMemoryOptions = {}): LocalPlatform {
    return new LocalPlatform(options);
  }

  /** Makes calls go wrong. */
  readonly faults = new Faults(() => this.account);
  private readonly time = new VirtualTime();
  private readonly startedAt = Date.now();
  private readonly redaction = new Redaction();
  private readonly recorded = new RecordedCalls(this.redaction);
  private readonly states = new Map<string, StateStorage>();
  private readonly regions = new Set<string>();
  private opened: local.LocalPlatform | undefined;

  private constructor(private readonly options: InMemoryOptions) {
    this.regions.add(this.region);
  }

  /**
   * Deploys a stack, or all stacks of an app in order. What the program uses and does not make is there: load balancers, roles,
   * users and user groups, as it describes them.
   *
   * @throws ScfError `FINDINGS` when the program breaks a rule, `DEPLOYMENT_FAILED` with everything that went wrong,
   *   `SECRET_MISSING`, `STACK_DEPENDENCY` when it refers to a stack that was never deployed
   */
  deploy(program: Construct, options: DeployOptions = {}): Promise<Deployment> {
    return asCalledAsync(this.deploy, () => this.carryOut(program, "deploy", options));
  }

  /**
   * Deletes everything of a stack, or of all stacks of an app.
   *
   * @throws ScfError as `deploy`
   */
  destroy(program: Construct, options: DestroyOptions = {}): Promise<Deployment> {
    return asCalledAsync(this.destroy, () => this.carryOut(program, "destroy", options));
  }

  /** What deploying would do, and why: also what was changed on the platform since. Changes nothing. */
  diff(program: Construct): Promise<readonly Change[]> {
    return asCalledAsync(this.diff, () => this.compare(program));
  }

  private async compare(program: Construct): Promise<readonly Change[]> {
    const differences: Difference[] = [];
    const deployment = {};
    for (const stack of this.admit(prepareStacks(program))) {
      const difference = await this.reconcile(stack, {
        deployment,
        pendingOf: (other) => differences.find((one) => one.stack === other),
        work: (reconciler) => reconciler.difference(),
      });
      differences.push(difference);
    }
    return differences.flatMap(({ changes }) => changes);
  }

  /** The calls of all deployments so far, in order. Calls that the test makes itself are not among them. */
  calls(filter: CallFilter = {}): readonly RecordedCall[] {
    return this.recorded.matching(filter);
  }

  /**
   * What there is of a kind, whoever made it.
   *
   * @param kind as in the plan, for example `scf_function`
   * @param properties only those that have all of these
   * @throws ScfError `KIND_UNKNOWN`
   */
  async live<Name extends KindName>(
    kind: Name,
    properties: Partial<LiveObject<Name>["properties"]> = {},
  ): Promise<readonly LiveObject<Name>[]> {
    const found: LiveObject<Name>[] = [];
    for (const region of this.regions) {
      found.push(...(await this.time.run(liveObjects(this.inRegion(region), kind))));
    }
    return this.redaction.of(found.filter((object) => hasProperties(object.properties, properties)));
  }

  /**
   * Invokes a function, as far as the platform goes: it finds the version, and runs no code.
   *
   * @throws PlatformError as the platform refuses invocations
   */
  async invoke(functionName: string, invocation: Invocation = {}): Promise<InvocationResult> {
    const { namespace, qualifier, headers, event = {}, region = this.region } = invocation;
    const { Result } = await this.time.run(
      this.inRegion(region).call("scf", "Invoke", {
        FunctionName: functionName,
        ClientContext: JSON.stringify(event),
        ...(namespace === undefined ? {} : { Namespace: namespace }),
        ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
        ...(headers === undefined ? {} : { RoutingKey: JSON.stringify(headers) }),
      }),
    );
    const { RetMsg = "", InvokeResult = 0 } = Result ?? {};
    const answer = RetMsg === "" ? {} : (JSON.parse(RetMsg) as { readonly version: string });
    return { ...answer, status: InvokeResult };
  }

  /**
   * Makes one call, as somebody else with the same account: to change what was deployed, or to look closer.
   *
   * @throws PlatformError when the platform refuses it
   */
  call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
    { region = this.region }: { readonly region?: string } = {},
  ): Promise<Response<S, A>> {
    return this.time.run(this.inRegion(region).call(service, action, request));
  }

  /** Lets time pass between two deployments. It costs none. */
  advance(duration: TimeSpan): void {
    this.time.advance(milliseconds(duration));
  }

  private get region(): string {
    return this.options.region ?? "ap-guangzhou";
  }

  private get account(): local.LocalPlatform {
    if (!this.opened) {
      const { openLocalPlatform } = require("../platform/local") as typeof local;
      this.opened = openLocalPlatform({
        path: ":memory:",
        region: this.region,
        now: () => this.startedAt + this.time.now(),
        pause: (span, signal) => this.time.pause(span, signal),
        ...(this.options.delay === undefined ? {} : { delayMs: milliseconds(this.options.delay) }),
        ...(this.options.quotas === undefined ? {} : { quotas: this.options.quotas }),
      });
    }
    return this.opened;
  }

  private async carryOut(
    program: Construct,
    purpose: "deploy" | "destroy",
    { failures = "throw", gates: answer }: DeployOptions,
  ): Promise<Deployment> {
    const gates = new AnsweredGates(answer);
    const ordered = this.admit(prepareStacks(program));
    const stacks = purpose === "deploy" ? ordered : [...ordered].reverse();
    const report = new DeploymentReport();
    for (const [index, stack] of stacks.entries()) {
      if (purpose === "deploy") this.requireDependencies(stack);
      await this.carryOutStack(stack, purpose, report, gates);
      gates.check();
      if (report.failed.length === 0) continue;
      report.blocked.push(...stacks.slice(index + 1).map(({ plan }) => plan.stack));
      break;
    }
    const deployment = report.deployment(this.recorded.madeBy(report));
    if (deployment.failed.length > 0 && failures === "throw") throw deploymentFailed(deployment, stacks);
    return deployment;
  }

  private carryOutStack(
    stack: PreparedStack,
    purpose: "deploy" | "destroy",
    report: DeploymentReport,
    gates: AnsweredGates,
  ): Promise<void> {
    return this.reconcile(stack, {
      deployment: report,
      runGate: (...gate) => this.time.working(() => gates.run(...gate)),
      onEvent: (event) => report.take(event),
      work: async (reconciler) => {
        const difference = await reconciler.difference({ destroy: purpose === "destroy" });
        const { outputs } = await reconciler.apply(difference, { purpose });
        report.unchanged += difference.unchanged;
        report.takeOutputs(stack.plan.stack, outputs);
      },
    });
  }

  private reconcile<T>(stack: PreparedStack, { work, deployment, ...others }: Reconciliation<T>): Promise<T> {
    const { createReconciler } = require("../reconciler") as typeof import("../reconciler");
    const { kinds } = require("../kinds") as typeof import("../kinds");
    const plan = this.planFor(stack.plan);
    const reconciler = createReconciler({
      stack: plan.stack,
      state: this.stateOf(plan.stack),
      plan,
      packages: ({ hash }) => Promise.resolve(stack.asset(hash)),
      kinds: kinds as Readonly<Record<string, Kind>>,
      openPlatform: () => Promise.resolve(this.platformFor(plan, deployment)),
      stateOf: (other) => this.states.get(other)?.read()?.fold.toState(),
      environment: this.environment,
      timing: { clock: this.time },
      ...others,
    });
    return this.time.run(work(reconciler));
  }

  private stateOf(stack: string): StateStorage {
    let state = this.states.get(stack);
    if (!state) {
      const { stateInMemory } = require("../reconciler") as typeof import("../reconciler");
      this.states.set(stack, (state = stateInMemory()));
    }
    return state;
  }

  /** Whatever a program says of where it is deployed, here it is deployed to this platform. */
  private planFor(plan: Plan): Plan {
    const platform = { type: "local", path: ":memory:", delayMs: this.delayFor(plan) } as const;
    return { ...plan, provider: { ...plan.provider, platform } };
  }

  private delayFor({ provider: { platform } }: Plan): number {
    if (this.options.delay) return milliseconds(this.options.delay);
    return platform.type === "local" ? platform.delayMs : 0;
  }

  private platformFor(plan: Plan, deployment: object): Platform {
    const { region, account } = plan.provider;
    const view = this.account.view({
      region,
      delayMs: this.delayFor(plan),
      quotas: { ...effectiveQuotas(plan.provider), ...this.options.quotas },
      accountType: account.type,
    });
    return this.recorded.of(this.timed(view), deployment);
  }

  private inRegion(region: string): Platform {
    return this.timed(this.account.view({ region }));
  }

  /** No time passes while the platform works at a call. */
  private timed(platform: Platform): Platform {
    return {
      region: platform.region,
      call: (...call) => this.time.working(() => platform.call(...call)),
      close: async () => undefined,
    };
  }

  /** Makes sure that stacks can be deployed, and has what they need there. */
  private admit({ chosen, all }: PreparedStacks): readonly PreparedStack[] {
    const app = all.map(({ plan }) => plan);
    for (const { plan } of chosen) {
      this.takeSecrets(plan);
      this.regions.add(plan.provider.region);
      for (const existing of surroundingsOf(plan, app)) this.account.addExisting(existing);
    }
    return chosen;
  }

  private get environment(): Readonly<Record<string, string>> {
    return this.options.environment ?? {};
  }

  private takeSecrets(plan: Plan): void {
    for (const [name, address] of secretsOf(plan)) {
      const secret = this.environment[name];
      if (secret === undefined) {
        throw new ScfError(
          "SECRET_MISSING",
          `${address} needs the secret ${name}, which the test does not give.`,
          {
            fix: `Give it some value: LocalPlatform.inMemory({ environment: { ${name}: "…" } }).`,
          },
        );
      }
      this.redaction.add(secret);
    }
  }

  private requireDependencies({ plan }: PreparedStack): void {
    const missing = plan.dependsOnStacks.filter((name) => this.states.get(name)?.read() === undefined);
    if (missing.length === 0) return;
    throw new ScfError(
      "STACK_DEPENDENCY",
      `Stack ${plan.stack} refers to ${missing.join(" and ")}, which was never deployed here.`,
      { fix: "Deploy that first, or deploy the whole app." },
    );
  }
}

/** One use of a reconciler. */
interface Reconciliation<T> {
  /** What its calls are remembered for. */
  readonly deployment: object;
  readonly onEvent?: (event: RunEvent) => void;
  readonly runGate?: GateRunner;
  /** What is going to be done to other stacks before this one. */
  readonly pendingOf?: (stack: string) => Difference | undefined;
  readonly work: (reconciler: Reconciler) => Promise<T>;
}
