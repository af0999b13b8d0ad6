import { randomUUID } from "node:crypto";
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
import { monitor } from "./monitor";
import { mps } from "./mps";
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
  readonly path: string;
  readonly delayMs?: number;
  readonly rateLimit?: number;
  readonly quotas?: Partial<Quotas>;
  readonly accountType?: "standard" | "traditional";
  readonly now?: () => number;
}

type Handler = (context: Context, request: object) => object;

const whichTablesHaveRows = `SELECT ${tables.map((table) => `EXISTS (SELECT 1 FROM ${table}) AS ${table}`).join(", ")}`;

const handlers = { scf, clb, cam, tag, vpc, monitor, cls, mps, sts } satisfies {
  readonly [S in Service]: Handlers<S>;
};

/** What the in-process platform and the HTTP server share: one file, any region, one call at a time. */
export class Engine {
  readonly database: Database;
  readonly now: () => number;
  private readonly seal: Seal;
  private readonly settings: Settings;

  constructor(options: EngineOptions) {
    this.now = options.now ?? Date.now;
    this.settings = {
      delayMs: options.delayMs ?? 0,
      rateLimit: options.rateLimit,
      quotas: { ...defaultQuotas, ...options.quotas },
      accountType: options.accountType ?? "standard",
    };
    this.database = new Database(options.path);
    this.seal = new Seal(options.path);
    this.database.transaction(() => seedAccount(this.database, this.now()));
  }

  /** Checks, carries out and logs a call in one transaction. @throws PlatformError when it is refused */
  call(region: string, service: string, action: string, request: unknown): object {
    const context: Context = {
      database: this.database,
      seal: this.seal,
      settings: this.settings,
      region,
      now: Math.floor(this.now()),
      requestId: randomUUID(),
    };
    let answer: object = {};
    let failure: PlatformError | undefined;
    try {
      this.database.transaction(() => {
        try {
          answer = this.carryOut(context, service, action, request);
        } catch (error) {
          failure = platformError(error, context, service, action);
        }
        this.log(context, service, action, request, failure);
      });
    } catch (error) {
      failure = platformError(error, context, service, action);
    }
    if (failure) throw failure;
    return { ...answer, RequestId: context.requestId };
  }

  reset(): void {
    this.database.transaction(() => {
      // One question for all tables: most of them are empty as a rule.
      const used = this.database.get<Record<string, number>>(whichTablesHaveRows);
      for (const table of tables) if (used?.[table]) this.database.run(`DELETE FROM ${table}`);
      seedAccount(this.database, this.now());
    });
  }

  close(): void {
    this.database.close();
  }

  private carryOut(context: Context, service: string, action: string, request: unknown): object {
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
      return handler(context, checked);
    });
  }

  private log(
    context: Context,
    service: string,
    action: string,
    request: unknown,
    failure: PlatformError | undefined,
  ): void {
    this.database.run(
      `INSERT INTO calls (time, region, service, action, write, resource, code, request_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      context.now,
      context.region,
      service,
      action,
      flag(!isReadAction(action)),
      resourceOf(request),
      failure?.code ?? null,
      context.requestId,
    );
  }
}

function platformError(error: unknown, context: Context, service: string, action: string): PlatformError {
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
