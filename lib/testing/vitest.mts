/**
 * Has `expect` of Vitest learn the assertions.
 *
 * @module cdktf-scf/testing/vitest
 */

import { expect } from "vitest";
import { type ScfMatchers, matchers } from "./matchers.js";

export type { ScfMatchers } from "./matchers.js";

expect.extend(matchers as Parameters<typeof expect.extend>[0]);

/* eslint-disable @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars --
   What is added to has to be declared as Vitest declares it. */
declare module "vitest" {
  interface Matchers<T = any> extends ScfMatchers<void> {}
}
