import type { Finding, SourceLocation } from "./finding";
import type { Plan } from "./plan";

/** Under this name the root of a construct tree holds what prepares it: whoever asks needs neither engine. */
export const APP_SYNTHESIS = Symbol.for("cdktf-scf/app-synthesis");

/** A stack as synthesis would write it, held in memory. */
export interface PreparedStack {
  /** Path of its construct: `env/shop` for one that is not directly in the app. */
  readonly path: string;

  /** Its `validated` is true when no rule is broken in any stack. The ZIPs of its packages are made when `assets` is first read. */
  readonly plan: Plan;

  /**
   * The ZIP of a package.
   *
   * @param hash its content hash, as it stands in the plan
   * @throws ScfError `PACKAGE_UNKNOWN` when no construct of the stack uses such a package
   */
  asset(hash: string): Uint8Array;

  /** Where the program made the construct at an address; undefined when that is not known. */
  locate(address: string): SourceLocation | undefined;
}

/** All stacks of an app as synthesis would write them, and what the rules say about them. */
export interface PreparedApp {
  /** In the order in which the program made them. */
  readonly stacks: readonly PreparedStack[];
  /** Of all stacks: errors first, then warnings, then what is not known yet. */
  readonly findings: readonly Finding[];
  /** An organization's own rules that count in it. */
  readonly guardrails: readonly KnownGuardrail[];
}

/** What findings of a guardrail are told by. */
export interface KnownGuardrail {
  readonly id: string;
  readonly severity: "error" | "warning";
}

/** What can be prepared: an app, through what its root holds under APP_SYNTHESIS. */
export interface Preparable {
  /** Writes nothing, and does not throw when rules are broken. */
  prepare(): PreparedApp;
}
