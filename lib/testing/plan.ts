import * as fs from "node:fs";
import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import type { SourceLocation } from "../model/finding";
import { parsePlan, type Plan as PlannedStack } from "../model/plan";
import type { KindName } from "../model/resources";
import { hasErrors } from "../rules/finding-counts";
import { renderFindings } from "../rules/report";
import { mainKinds, type MainKinds } from "./main-kinds";
import { asCalled, demand } from "./outcome";
import type { PropertiesOfKind, PropertyPattern, Readable } from "./pattern";
import { prepareApp, type Preparation, prepareStack } from "./preparation";
import {
  allowedActions,
  reachableFrom,
  routes,
  ruleFor,
  triggersOf,
  type AllowedActions,
  type Reachable,
  type Routes,
  type RuleAnswer,
  type Triggers,
  type WebRequest,
} from "./questions";
import { style } from "./report";
import { matchingResources, noResource, resourceAt, resourceCount, someResource } from "./resource-outcomes";
import { Resources } from "./resources";
import { type PlanSnapshot, snapshotOf } from "./snapshot";

/** A resource that `find` has found. */
export interface FoundResource<Kind extends KindName> {
  /** Its construct's path, the stack's id first: `shop/orders`. */
  readonly address: string;
  readonly kind: Kind;
  /** Every default is written out. What is known later stands as text: `→ shop/orders.functionName`. */
  readonly properties: Readable<PropertiesOfKind<Kind>>;
  /** Where the program declares it, when that is known. */
  readonly location: SourceLocation | undefined;
}

/** One assertion for each of the main kinds: `hasFunction`, `hasAlias`, `hasForwardingRule` and so on. */
type MainKindAssertions = {
  /**
   * There is such a resource at this path, and its properties match.
   *
   * @param path the construct's path, or as much of its end as no other resource of the kind has: `orders`, `api/orders`, `shop/orders`
   * @param properties what they are expected to be; others may have any value
   * @throws ScfError `ASSERTION` when it is not so, `PATH_AMBIGUOUS` when several paths end like that, `MATCH_MISUSE`
   */
  readonly [Name in keyof MainKinds as `has${Name}`]: <P>(
    this: P,
    path: string,
    properties?: PropertyPattern<MainKinds[Name]>,
  ) => P;
};

class WithoutAssertions {
  /** @internal */
  protected constructor(
    /** What each stack declares, as it would be deployed. */
    readonly stacks: readonly PlannedStack[],
    /** @internal */
    readonly resources: Resources,
  ) {}
}

for (const [name, kind] of Object.entries(mainKinds)) {
  const assertion = function (this: Plan, path: string, properties?: object): Plan {
    demand(assertion, () => resourceAt(this.resources, kind, path, properties));
    return this;
  };
  Object.defineProperty(WithoutAssertions.prototype, `has${name}`, { value: assertion });
}

const WithAssertions = WithoutAssertions as unknown as abstract new (
  stacks: readonly PlannedStack[],
  resources: Resources,
) => WithoutAssertions & MainKindAssertions;

/** What a program declares, to be asked in a test. Nothing is written and nothing is called. */
export class Plan extends WithAssertions {
  /**
   * Prepares a stack as synthesis does, aspects and rules included. What the program declares afterwards is not in it.
   *
   * @throws ScfError `FINDINGS` when a rule is broken in the stack; `Findings.fromStack` looks at those
   */
  static fromStack(stack: Construct): Plan {
    return asCalled(Plan.fromStack, () => planOf(prepareStack(stack)));
  }

  /**
   * Prepares all stacks of an app.
   *
   * @throws ScfError `FINDINGS` when a rule is broken in any of them
   */
  static fromApp(app: Construct): Plan {
    return asCalled(Plan.fromApp, () => planOf(prepareApp(app)));
  }

  /**
   * Reads what synthesis has written: `cdktf.out/stacks/<stack>/scf.plan.json`.
   *
   * @throws ScfError `PLAN_MISSING`, `PLAN_DAMAGED`, `PLAN_VERSION`, and `PLAN_NOT_VALIDATED` for one that was written without validation
   */
  static fromFile(file: string): Plan {
    return asCalled(Plan.fromFile, () => {
      const plan = readPlan(file);
      return new Plan([plan], new Resources(`Stack ${plan.stack}`, [plan], () => undefined));
    });
  }

  /** @internal */
  constructor(stacks: readonly PlannedStack[], resources: Resources) {
    super(stacks, resources);
  }

  /**
   * There is a resource of the kind whose properties match.
   *
   * @param kind by its name in plans: `scf_function`
   * @param properties what they are expected to be; others may have any value
   * @throws ScfError `ASSERTION` when there is none: it shows the closest one; `MATCH_MISUSE`
   */
  has<Kind extends KindName>(kind: Kind, properties?: PropertyPattern<Kind>): this {
    demand(this.has, () => someResource(this.resources, kind, properties));
    return this;
  }

  /**
   * There is no resource of the kind whose properties match, or none at all.
   *
   * @throws ScfError `ASSERTION` when there is one, `MATCH_MISUSE`
   */
  hasNo<Kind extends KindName>(kind: Kind, properties?: PropertyPattern<Kind>): this {
    demand(this.hasNo, () => noResource(this.resources, kind, properties));
    return this;
  }

  /**
   * There are exactly so many resources of the kind.
   *
   * @throws ScfError `ASSERTION` when there are more or fewer
   */
  countIs(kind: KindName, amount: number): this {
    demand(this.countIs, () => resourceCount(this.resources, kind, amount));
    return this;
  }

  /**
   * The resources of the kind whose properties match, sorted by path; none is no failure.
   *
   * @throws ScfError `MATCH_MISUSE`
   */
  find<Kind extends KindName>(
    kind: Kind,
    properties?: PropertyPattern<Kind>,
  ): readonly FoundResource<Kind>[] {
    return asCalled(
      this.find,
      () => matchingResources(this.resources, kind, properties) as unknown as FoundResource<Kind>[],
    );
  }

  /**
   * Which versions get which requests through an alias (ALS-WEIGHT, ALS-RULE), and the steps of its release (REL-STEPS).
   *
   * @param alias its path, as in `hasAlias`
   * @throws ScfError `PATH_UNKNOWN` when no alias is there, `PATH_AMBIGUOUS` when several paths end like that
   */
  routes(alias: string): Routes {
    return asCalled(this.routes, () => routes(this, alias));
  }

  /**
   * Functions, aliases and versions that requests of a forwarding rule reach, or its back-end servers.
   *
   * @param rule its path, as in `hasForwardingRule`
   * @throws ScfError `PATH_UNKNOWN`, `PATH_AMBIGUOUS`
   */
  reachableFrom(rule: string): Reachable {
    return asCalled(this.reachableFrom, () => reachableFrom(this, rule));
  }

  /**
   * Which forwarding rule of a listener a request hits, and why.
   *
   * @param listener its path, as in `hasListener`
   * @throws ScfError `PATH_UNKNOWN`, `PATH_AMBIGUOUS`
   */
  ruleFor(listener: string, request: WebRequest): RuleAnswer {
    return asCalled(this.ruleFor, () => ruleFor(this, listener, request));
  }

  /**
   * What a role may do: all that its policies allow and none of them denies (CAM-DOC). What is attached by other apps or by hand is
   * not known.
   *
   * @param role its path, as in `hasRole`, or that of a policy; for a user, a group or a role that others made, its name
   * @throws ScfError `PATH_UNKNOWN`, `PATH_AMBIGUOUS`, `NAME_AMBIGUOUS`
   */
  allowedActions(role: string): AllowedActions {
    return asCalled(this.allowedActions, () => allowedActions(this, role));
  }

  /**
   * Everything that starts a function: triggers, those of its versions and aliases among them, and load balancers.
   *
   * @param owner path of the function, as in `hasFunction`
   * @throws ScfError `PATH_UNKNOWN`, `PATH_AMBIGUOUS`
   */
  triggersOf(owner: string): Triggers {
    return asCalled(this.triggersOf, () => triggersOf(this, owner));
  }

  /**
   * All that a deploy depends on, for the snapshots of a test runner: sorted, packages by the hash of their content, without
   * versions of tools, absolute paths, lines of the program, and what exists for the rules only.
   */
  toSnapshot(): PlanSnapshot {
    return snapshotOf(this.stacks);
  }
}

function planOf({ title, stacks, findings }: Preparation): Plan {
  if (hasErrors(findings)) {
    const { color } = style();
    throw new ScfError(
      "FINDINGS",
      `${title} breaks rules, so there is no plan to test.\n\n${renderFindings(findings, { color, baseDirectory: process.cwd() })}`,
      { fix: "Correct the program; Findings.fromStack looks at what a program breaks on purpose." },
    );
  }
  const plans = stacks.map(({ plan }) => plan);
  const locations = new Map(stacks.map((stack) => [stack.plan.stack, stack]));
  const locate = (address: string): SourceLocation | undefined =>
    locations.get(address.split("/", 1)[0] ?? "")?.locate(address);
  return new Plan(plans, new Resources(title, plans, locate));
}

function readPlan(file: string): PlannedStack {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    const fix = "Run `cdktf-scf synth` first: it writes cdktf.out/stacks/<stack>/scf.plan.json.";
    throw new ScfError("PLAN_MISSING", `There is no plan at ${file}.`, { fix, cause });
  }
  const plan = parsePlan(text, file);
  if (plan.validated) return plan;
  const fix = "Synthesize it again, without skipValidation.";
  throw new ScfError("PLAN_NOT_VALIDATED", `${file} was written without validation.`, { fix });
}
