import type { Api, Shape } from "./api";
import { cam } from "./cam";
import { clb } from "./clb";
import { scf } from "./scf";
import { tag } from "./tag";
import { vpc } from "./vpc";

/** Every service that this library calls. */
export const services = { scf, clb, cam, tag, vpc } as const satisfies Record<string, Api>;

export type Service = keyof typeof services;
export type Action<S extends Service = Service> = S extends Service
  ? keyof (typeof services)[S]["actions"] & string
  : never;

type Definition<S extends Service, A> = A extends keyof (typeof services)[S]["actions"]
  ? (typeof services)[S]["actions"][A]
  : never;
type Part<D, K extends "request" | "response"> = D extends Record<K, infer F> ? F : never;

export type Request<S extends Service, A extends Action<S>> = Shape<
  (typeof services)[S],
  Part<Definition<S, A>, "request">
>;
/** Fields of an answer are all optional: the platform leaves out what it has no value for. */
export type Response<S extends Service, A extends Action<S>> = Shape<
  (typeof services)[S],
  Part<Definition<S, A>, "response">
> & { RequestId: string };

export { isReadAction } from "./api";
export type { Api, Fields, Shape } from "./api";
