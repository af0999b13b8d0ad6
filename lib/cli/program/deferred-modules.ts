import * as path from "node:path";
import { commonJs } from "../../start/node-modules";

/**
 * What cdktf and cdktn load at once and call in few programs: archiver, 250 files with all that it needs, for assets that
 * Terraform packs (cdktf only), and semver for checks of Terraform's version.
 */
const deferred = new Set(["archiver", "semver"]);
const requester = new RegExp(["", "node_modules", "cdkt[fn]", "lib", ""].join(`\\${path.sep}`));

/** Lets them load those modules when they first touch them: a quarter of a small synthesis is spent on them. */
export function deferModules(): void {
  const load = commonJs._load;
  commonJs._load = (request, parent, isMain) => {
    if (!deferred.has(request) || !requester.test(parent?.filename ?? "")) {
      return load.call(commonJs, request, parent, isMain);
    }
    return onFirstUse(() => load.call(commonJs, request, parent, isMain) as object);
  };
}

/** Stands for a module until something is done with it, and hands that on. */
function onFirstUse(load: () => object): unknown {
  let loaded: object | undefined;
  const real = (): object => (loaded ??= load());
  type Callable = (...parameters: unknown[]) => unknown;
  return new Proxy(function () {} as Callable, {
    apply: (_, self, parameters) => Reflect.apply(real() as Callable, self, parameters),
    construct: (_, parameters) => Reflect.construct(real() as Callable, parameters) as object,
    get: (_, name) => Reflect.get(real(), name) as unknown,
    set: (_, name, value) => Reflect.set(real(), name, value),
    has: (_, name) => Reflect.has(real(), name),
    deleteProperty: (_, name) => Reflect.deleteProperty(real(), name),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
  });
}
