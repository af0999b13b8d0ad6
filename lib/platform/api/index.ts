import type { Api, Shape } from "./api";
import { cam } from "./cam";
import { clb } from "./clb";
import { monitor } from "./monitor";
import { cls } from "./cls";
import { mps } from "./mps";
import { scf } from "./scf";
import type { serviceNames } from "./service-names";
import { sts } from "./sts";
import { tag } from "./tag";
import { vpc } from "./vpc";

/** Every service that this library calls. */
export const services = { scf, clb, cam, tag, vpc, monitor, cls, mps, sts } as const satisfies Record<
  (typeof serviceNames)[number],
  Api
>;

type Tables = typeof services;

type ShapesOf<T extends Api> = {
  [A in keyof T["actions"] & string]: {
    request: Shape<T, T["actions"][A]["request"]>;
    response: Shape<T, T["actions"][A]["response"]> & { RequestId: string };
  };
};
interface Shapes {
  scf: ShapesOf<Tables["scf"]>;
  clb: ShapesOf<Tables["clb"]>;
  cam: ShapesOf<Tables["cam"]>;
  tag: ShapesOf<Tables["tag"]>;
  vpc: ShapesOf<Tables["vpc"]>;
  monitor: ShapesOf<Tables["monitor"]>;
  cls: ShapesOf<Tables["cls"]>;
  mps: ShapesOf<Tables["mps"]>;
  sts: ShapesOf<Tables["sts"]>;
}

export type Service = keyof Shapes;
export type Action<S extends Service = Service> = S extends Service ? keyof Shapes[S] & string : never;

/*
 * Conditional types on purpose: while service and action are being inferred, the compiler leaves them alone. Through plain
 * indexed access it would compare every request in a program with the requests of all actions, which takes it minutes.
 */
export type Request<S extends Service, A extends Action<S>> = Shapes[S][A & keyof Shapes[S]] extends {
  request: infer R;
}
  ? R
  : never;
/** Fields of an answer are all optional: the platform leaves out what it has no value for. */
export type Response<S extends Service, A extends Action<S>> = Shapes[S][A & keyof Shapes[S]] extends {
  response: infer R;
}
  ? R
  : never;

export { isReadAction } from "./api";
export type { Api, Fields, Shape } from "./api";
