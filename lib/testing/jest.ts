/**
 * Has `expect` of Jest learn the assertions.
 *
 * @module cdktf-scf/testing/jest
 */

import type {} from "expect";
import { type ScfMatchers, matchers } from "./matchers";

export type { ScfMatchers } from "./matchers";

// Jest has it for every test file, installed or not.
const { expect } = require("@jest/globals") as {
  readonly expect: { extend(added: typeof matchers): void };
};
expect.extend(matchers);

/* eslint-disable @typescript-eslint/no-namespace, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars --
   What is added to has to be declared as Jest declares it: for its global `expect`, and for that of `@jest/globals`. */
declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends ScfMatchers<R> {}
  }
}

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ScfMatchers<R> {}
}
