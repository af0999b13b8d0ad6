import type { KindName } from "../../model/resources";
import type { Rule } from "../rule";

/** Something that holds on the platform and that no program can break: a default, a way of working, a limit of running code. */
export interface Fact {
  readonly id: string;
  /** What holds, as a sentence without final period. */
  readonly statement: string;
  readonly source: Rule["source"];
  /** What follows from it for a program or for whoever runs it. One sentence, no final period. */
  readonly consequence: string;
  readonly evidence: Evidence;
}

/** Where it can be seen without believing the documents. */
export type Evidence =
  /** A test of the local platform, by file and name. */
  | { readonly by: "test"; readonly file: string; readonly name: string }
  /** Properties that say of themselves that a change replaces the resource. */
  | { readonly by: "immutable"; readonly kind: KindName; readonly properties: readonly string[] }
  /** Only running code shows it: there is nothing to check before it runs. */
  | { readonly by: "running-code" };

export const runningCode: Evidence = { by: "running-code" };
