import type { Quotas } from "../../model/quotas";
import type { Action, Request, Response, Service } from "../api";
import type { Database } from "./database";
import type { Seal } from "./seal";

/** The account of the local platform. Both numbers are made up. */
export const account = { uin: "100000000001", appId: "1250000000" } as const;

export interface Settings {
  readonly delayMs: number;
  readonly rateLimit: number | undefined;
  readonly quotas: Quotas;
  readonly accountType: "standard" | "traditional";
}

/** What a handler of a call works with. It runs inside a transaction: it sees and changes a state nobody else touches. */
export interface Context {
  readonly database: Database;
  readonly seal: Seal;
  readonly settings: Settings;
  readonly region: string;
  /** The instant of the call, in milliseconds. */
  readonly now: number;
  readonly requestId: string;
}

/** The answer of an action, without the request's id. */
export type Answer<S extends Service, A extends Action<S>> = Omit<Response<S, A>, "RequestId">;

/** One handler for every action of a service that `lib/platform/api` lists: one that is missing does not compile. */
export type Handlers<S extends Service> = {
  readonly [A in Action<S>]: (context: Context, request: Request<S, A>) => Answer<S, A>;
};

/** A call that is refused: nothing it did stays. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }
}

export function refuse(code: string, message: string): never {
  throw new Refusal(code, message);
}

/** Times as the platform writes them, in UTC. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

export function parseJson<Value>(text: string): Value {
  return JSON.parse(text) as Value;
}
