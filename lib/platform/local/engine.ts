import { randomUUID } from "node:crypto";
// Of the module: a test may have put other timers in the place of the global ones.
import { setImmediate } from "node:timers";
import { defaultQuotas } from "../../model/quotas";
import type { Quotas } from "../../model/quotas";
import { isReadAction, services } from "../api";
import type { Api, Service } from "../api";
import { PlatformError } from "../errors";
import { admit } from "./admission";
import { cam } from "./cam";
import { seedAccount } from "./cam/presets";
import { clb } from "./clb";
import { cls } from "./cls";
import { Refusal, refuse } from "./context";
import type { Context, Handlers, Settings } from "./context";
import { Database, flag } from "./database";
import { Faults } from "./faults";
import type { Fault } from "./faults";
import { failLater } from "./later-failure";
import { monitor } from "./monitor";
import { mps } from "./mps";
import { Replicas } from "./replicas";
import { resourceOf } from "./resource-name";
import { checkRequest } from "./request";
import { tables } from "./schema";
import { scf } from "./scf";
import { settle } from "./settle";
import { Seal } from "./seal";
import { sts } from "./sts";
import { tag } from "./tag";
import { vpc } from "./vpc";

export interface EngineOptions {
  /** Database file, made when it is missing, or ":memory:" for one that ends with this object. */
  readonly path: string;
  /**
   * How long what the platform does in the background takes: creating, updating and publishing, tasks of load balancers.
   * @default 0 (done at once)
   */
  readonly delayMs?: number;
  /**
   * Calls accepted per second and action; a call past that is refused with RequestLimitExceeded.
   * @default - no limit
   */
  readonly rateLimit?: number;
  /**
   * Quotas of the account that are not the usual ones.
   * @default - the quotas of a new account
   */
  readonly quotas?: Partial<Quotas>;
  /**
   * Traditional accounts cannot bind functions to load balancers (CLB-ACCT).
   * @default "standard"
   */
  readonly accountType?: "standard" | "traditional";
  /**
   * The clock, in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
}

/** What becomes of a call on its way back. */
export interface Reply {
  readonly answer: object;
  /** The platform's refusal, instead of an answer. */
  readonly failure?: PlatformError;
  /** Whether nothing of it reaches the caller: the connection breaks. */
  readonly lost: boolean;
  /** How long it takes to get there. */
  readonly delayMs: number;
}

/** How long the cloud's client waits for an answer. */
const patienceMs = 60_000;

type Handler = (context: Context, request: object) => object;

const whichTablesHaveRows = `SELECT ${tables.map((table) => `EXISTS (SELECT 1 FROM ${table}) AS ${table}`).join(", ")}`;

const handlers = { scf, clb, cam, tag, vpc, monitor, cls, mps, sts } satisfies {
  readonly [S in Service]: Handlers<S>;
};

/** What the in-process platform and the HTTP server share: one file, any region, one call at a time. */
export class Engine {
  readonly database: Database;
  readonly now: () => number;
  readonly faults: Faults;
  private readonly replicas: Replicas;
  private readonly seal: Seal;
  private readonly settings: Settings;
  private waiting: Waiting[] = [];

  /** @param shared an open one: this is the same platform then, for others who have other quotas */
  constructor(
    options: EngineOptions,
    private readonly shared?: Engine,
  ) {
    this.now = options.now ?? shared?.now ?? Date.now;
    this.settings = {
      delayMs: options.delayMs ?? 0,
      rateLimit: options.rateLimit,
      quotas: { ...defaultQuotas, ...options.quotas },
      accountType: options.accountType ?? "standard",
    };
    this.database = shared?.database ?? new Database(options.path);
    this.faults = shared?.faults ?? new Faults(this.database);
    this.replicas = shared?.replicas ?? new Replicas(this.database, options.path);
    this.seal = shared?.seal ?? new Seal(options.path);
    if (!shared) this.database.transaction(() => seedAccount(this.database, this.now()));
  }

  /** Checks, carries out and logs a call in one transaction. */
  call(region: string, service: string, action: string, request: unknown): Reply {
    const context = this.contextOf(region);
    const call: Call = { service, action, request };
    // A file cannot be copied in a transaction, which is where it turns out whether the fault strikes.
    const copy = this.wouldLag(call) ? this.replicas.copy() : undefined;
    let outcome: Outcome = { answer: {}, accepted: false };
    try {
      this.database.transaction(() => {
        outcome = this.meetFaults(context, call, this.present(), copy);
        this.log(context, call, outcome);
      });
    } catch (error) {
      outcome = { ...outcome, accepted: false, failure: platformError(error, context, call) };
    }
    if (copy !== undefined && outcome.fault?.do !== "lag") this.replicas.discard(copy);
    return replyOf(context, outcome);
  }

  /**
   * As `call`, together with all that is asked in the same turn of the event loop: ending a transaction takes longer than
   * what most calls do in it.
   *
   * @param signal keeps what was not carried out by then from being so
   * @returns nothing when the signal came first
   */
  callSoon(
    region: string,
    service: string,
    action: string,
    request: unknown,
    signal: AbortSignal | undefined,
  ): Promise<Reply | undefined> {
    return new Promise((answer, fail) => {
      if (this.waiting.length === 0) setImmediate(() => this.carryOutWaiting());
      this.waiting.push({ region, call: { service, action, request }, signal, answer, fail });
    });
  }

  /** Carries out what was asked and has not been yet. */
  carryOutWaiting(): void {
    const { waiting } = this;
    this.waiting = [];
    const replies = waiting.length > 1 ? this.carryOutTogether(waiting) : undefined;
    for (const [index, { region, call, signal, answer, fail }] of waiting.entries()) {
      const { service, action, request } = call;
      try {
        if (replies) answer(replies[index]);
        else answer(signal?.aborted ? undefined : this.call(region, service, action, request));
      } catch (error) {
        fail(error as Error);
      }
    }
  }

  /** Nothing has been done when this returns nothing: one after the other, it turns out which call was the trouble. */
  private carryOutTogether(waiting: readonly Waiting[]): (Reply | undefined)[] | undefined {
    try {
      return this.database.transaction(() => {
        const present = this.present();
        if (present.faults) return undefined;
        return waiting.map(({ region, call, signal }) => {
          if (signal?.aborted) return undefined;
          const context = this.contextOf(region);
          const outcome = this.meetFaults(context, call, present);
          // SQLite has taken everything back: what came next would be for good.
          if (!this.database.inTransaction) throw new Error("The transaction was taken back");
          this.log(context, call, outcome);
          return replyOf(context, outcome);
        });
      });
    } catch {
      return undefined;
    }
  }

  reset(): void {
    this.database.transaction(() => {
      this.replicas.removeUntil(Infinity);
      // One question for all tables: most of them are empty as a rule.
      const used = this.database.get<Record<string, number>>(whichTablesHaveRows);
      for (const table of tables) if (used?.[table]) this.database.run(`DELETE FROM ${table}`);
      seedAccount(this.database, this.now());
    });
  }

  close(): void {
    this.carryOutWaiting();
    if (this.shared) return;
    this.replicas.close();
    this.database.close();
  }

  private contextOf(region: string): Context {
    return {
      database: this.database,
      seal: this.seal,
      settings: this.settings,
      region,
      now: Math.floor(this.now()),
      requestId: randomUUID(),
    };
  }

  private wouldLag({ service, action, request }: Call): boolean {
    if (isReadAction(action) || !this.present().faults) return false;
    return this.faults.wouldLag(service, action, request);
  }

  /** Hardly ever is there a fault, and every call asks. */
  private present(): Present {
    const sql = "SELECT EXISTS (SELECT 1 FROM faults) AS faults, EXISTS (SELECT 1 FROM replicas) AS replicas";
    return this.database.get(sql) ?? { faults: 0, replicas: 0 };
  }

  private meetFaults(context: Context, call: Call, { faults, replicas }: Present, copy?: string): Outcome {
    const { service, action, request } = call;
    const fault = faults ? this.faults.strike(service, action, request) : undefined;
    if (replicas) this.replicas.removeUntil(context.now);
    const struck = fault === undefined ? {} : { fault };
    if (fault?.do === "drop-request") return { answer: {}, accepted: false, ...struck };
    try {
      if (fault?.do === "throttle") refuse("RequestLimitExceeded", `A fault throttles ${action}`);
      if (fault?.do === "fail" && !fault.accepted) refuse(fault.code, messageOf(fault, call));
      const replica = replicas && lags(action) ? this.replicas.at(context.now) : undefined;
      const answer = replica
        ? replica.transaction(() => this.carryOut({ ...context, database: replica }, call))
        : this.carryOut(context, call, fault?.do === "fail-later");
      if (fault?.do === "lag" && copy !== undefined) this.replicas.show(copy, context.now + fault.ms);
      if (fault?.do !== "fail") return { answer, accepted: true, ...struck };
      const failure = platformError(new Refusal(fault.code, messageOf(fault, call)), context, call);
      return { answer, accepted: true, failure, ...struck };
    } catch (error) {
      return { answer: {}, accepted: false, failure: platformError(error, context, call), ...struck };
    }
  }

  private carryOut(context: Context, { service, action, request }: Call, fails = false): object {
    const api: Api | undefined = Object.hasOwn(services, service) ? services[service as Service] : undefined;
    if (!api || !Object.hasOwn(api.actions, action)) {
      refuse("InvalidAction", `The local platform has no action ${action} of the service ${service}`);
    }
    admit(context, service, action);
    const checked = checkRequest(service as Service, action, request);
    const handler = (handlers[service as Service] as unknown as Record<string, Handler>)[action] as Handler;
    if (isReadAction(action)) {
      settle(context);
      return handler(context, checked);
    }
    return this.database.savepoint(() => {
      settle(context);
      const work = (): object => handler(context, checked);
      return fails ? failLater(context, service, action, checked, work) : work();
    });
  }

  private log(context: Context, { service, action, request }: Call, outcome: Outcome): void {
    this.database.run(
      `INSERT INTO calls (time, region, service, action, write, resource, code, accepted, fault, request_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      context.now,
      context.region,
      service,
      action,
      flag(!isReadAction(action)),
      resourceOf(request),
      outcome.failure?.code ?? null,
      flag(outcome.accepted),
      outcome.fault?.do ?? null,
      context.requestId,
    );
  }
}

interface Call {
  readonly service: string;
  readonly action: string;
  readonly request: unknown;
}

/** A call that is carried out with others. */
interface Waiting {
  readonly region: string;
  readonly call: Call;
  readonly signal: AbortSignal | undefined;
  readonly answer: (reply: Reply | undefined) => void;
  readonly fail: (error: Error) => void;
}

/** What of these there is any of. */
interface Present {
  readonly faults: number;
  readonly replicas: number;
}

interface Outcome {
  readonly answer: object;
  /** Whether the platform carried it out. */
  readonly accepted: boolean;
  readonly failure?: PlatformError;
  readonly fault?: Fault;
}

function replyOf({ requestId }: Context, { answer, failure, fault }: Outcome): Reply {
  return {
    answer: { ...answer, RequestId: requestId },
    ...(failure === undefined ? {} : { failure }),
    lost: fault?.do === "drop-answer" || fault?.do === "drop-request" || fault?.do === "hang",
    delayMs: fault?.do === "delay" ? fault.ms : fault?.do === "hang" ? (fault.ms ?? patienceMs) : 0,
  };
}

/** A task is asked about under the id that its call was answered with: whoever knows the id finds it. */
function lags(action: string): boolean {
  return isReadAction(action) && action !== "DescribeTaskStatus";
}

function messageOf(fault: Fault & { readonly do: "fail" }, { action, request }: Call): string {
  const message = fault.message ?? `A fault makes ${action} fail`;
  return message.replaceAll("{request}", () => JSON.stringify(request));
}

function platformError(error: unknown, context: Context, { service, action }: Call): PlatformError {
  const details = { service, action, requestId: context.requestId };
  if (error instanceof Refusal) {
    return new PlatformError({ code: error.code, message: error.message, ...details });
  }
  const failure = new PlatformError({
    code: "InternalError",
    message: `The local platform failed: ${error instanceof Error ? error.message : String(error)}`,
    ...details,
  });
  failure.cause = error;
  return failure;
}
