import { ScfError } from "../model/error";
import type { KindName } from "../model/resources";
import type { Findings, FindingWhere } from "./findings";
import { mainKinds, type MainKinds } from "./main-kinds";
import { asCalled, type Outcome } from "./outcome";
import type { PropertyPattern } from "./pattern";
import type { Plan } from "./plan";
import { resourceAt, someResource } from "./resource-outcomes";

/** What `expect` of Jest and Vitest learns: for each of the main kinds `toHaveFunction`, `toHaveAlias` and so on. */
export type MainKindMatchers<Result> = {
  /**
   * Of a Plan: there is such a resource at this path, and its properties match.
   *
   * @param path the construct's path, or as much of its end as no other resource of the kind has
   * @param properties what they are expected to be; others may have any value
   */
  [Name in keyof MainKinds as `toHave${Name}`]: (
    path: string,
    properties?: PropertyPattern<MainKinds[Name]>,
  ) => Result;
};

/** What `expect` of Jest and Vitest learns. */
export interface ScfMatchers<Result> extends MainKindMatchers<Result> {
  /** Of a Plan: there is a resource of the kind whose properties match. */
  toHaveResource<Kind extends KindName>(kind: Kind, properties?: PropertyPattern<Kind>): Result;
  /** Of Findings: a rule is broken, or warns. */
  toHaveFinding(rule: string, where?: FindingWhere): Result;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

type RunnerMatcher = (received: unknown, ...values: never[]) => MatcherResult;

/** As `expect.extend` of Jest and Vitest takes them. */
export const matchers: Readonly<Record<string, RunnerMatcher>> = {
  ...Object.fromEntries(
    Object.entries(mainKinds).map(([name, kind]) => [
      `toHave${name}`,
      matcher(`toHave${name}`, isPlan, ({ resources }, path: string, properties?: object) =>
        resourceAt(resources, kind, path, properties),
      ),
    ]),
  ),
  toHaveResource: matcher("toHaveResource", isPlan, ({ resources }, kind: KindName, properties?: object) =>
    someResource(resources, kind, properties),
  ),
  toHaveFinding: matcher("toHaveFinding", isFindings, (findings, rule: string, where?: FindingWhere) =>
    findings.outcome(rule, where ?? {}),
  ),
};

function matcher<Received, Values extends unknown[]>(
  name: string,
  fits: (received: unknown) => received is Received,
  ask: (received: Received, ...values: Values) => Outcome,
): (received: unknown, ...values: Values) => MatcherResult {
  const run = (received: unknown, ...values: Values): MatcherResult =>
    asCalled(run, () => {
      if (!fits(received)) throw notFor(name);
      const { passed, text } = ask(received, ...values);
      return { pass: passed, message: text };
    });
  return run;
}

function isPlan(received: unknown): received is Plan {
  // What a Plan has in `stacks` has `resources`, too, but those are a list.
  return answers((received as Partial<Plan> | undefined | null)?.resources, "ofKind");
}

function isFindings(received: unknown): received is Findings {
  return answers(received, "outcome");
}

/** Not by its class: there may be two copies of the library. */
function answers(value: unknown, method: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | undefined | null)?.[method] === "function";
}

function notFor(name: string): ScfError {
  const made = name === "toHaveFinding" ? "Findings" : "Plan";
  return new ScfError("MATCHER_RECEIVED", `${name} is for ${made} only.`, {
    fix: `Write expect(${made}.fromStack(stack)).${name}(…).`,
  });
}
