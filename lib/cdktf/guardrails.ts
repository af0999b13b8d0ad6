import type { Construct } from "constructs";
import { requireGuardrail, type Guardrail } from "../rules/guardrail";
import { AppSynthesis } from "./app-synthesis";
import { coverageOf } from "./coverage";

/** The rules of an organization, for everything below a scope. */
export class Guardrails {
  /** Of an app, for all of its stacks, of a stack, or of any other construct. */
  static of(scope: Construct): Guardrails {
    return new Guardrails(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Has guardrails checked with this library's own rules, also for what is made later.
   *
   * @throws ScfError `GUARDRAIL_TWICE` when another guardrail has the same id, `GUARDRAIL` for what is none
   */
  add(...guardrails: readonly Guardrail[]): this {
    const { organization } = AppSynthesis.of(this.scope);
    for (const guardrail of guardrails) {
      requireGuardrail(guardrail);
      organization.addGuardrail(guardrail, coverageOf(this.scope));
    }
    return this;
  }
}
