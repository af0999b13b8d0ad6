import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TerraformStack, type App } from "cdktf";
import type { IConstruct } from "constructs";
import { ScfError } from "../model/error";
import type { PackageContents } from "../model/package-contents";
import { APP_SYNTHESIS, type Preparable, type PreparedApp, type PreparedStack } from "../model/prepared";
import {
  FINDINGS_FILE,
  KEEP_REFUSED_PLANS,
  PLAN_FILE,
  serializePlan,
  type Plan,
  type PlannedAsset,
} from "../model/plan";
import { stackOf } from "../model/stack-of";
import { TERRAFORM_FILE } from "../model/terraform";
import { eachReference, type Reference } from "../model/value";
import type { Acknowledgement } from "../rules/acknowledgement";
import { AppModel } from "../rules/app-model";
import { evaluate, hasErrors } from "../rules/evaluate";
import type { Finding, SourceLocation } from "../rules/finding";
import type { Guardrail } from "../rules/guardrail";
import { guardrailRules } from "../rules/placed-guardrail";
import { findingsReport, renderFindings } from "../rules/report";
import { AspectVisits } from "./aspects";
import { Organization } from "./organization";
import type { StackSynthesis } from "./stack-synthesis";
import { refusedConfiguration } from "./terraform";

/** Thrown out of `app.synth()` when a rule is broken: every finding of every stack at once. */
export class FindingsError extends ScfError {
  /** Everything that was found, in all stacks. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super("FINDINGS", `\n${renderFindings(findings, { color: false, baseDirectory: process.cwd() })}`);
    this.findings = findings;
    // What is wrong stands in the findings; frames of ours and of cdktf below them would only hide it.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Checks all stacks of an app together: quotas span stacks, and people want every finding in one run. */
export class AppSynthesis implements Preparable {
  readonly stacks: StackSynthesis[] = [];
  readonly organization = new Organization();
  private checked: ReadonlyMap<StackSynthesis, CheckedStack> = new Map();
  private findings: readonly Finding[] = [];
  private readonly aspectVisits = new AspectVisits();

  private constructor(private readonly app: App) {}

  static of(construct: IConstruct): AppSynthesis {
    const root = construct.node.root as App & { [APP_SYNTHESIS]?: AppSynthesis };
    const existing = root[APP_SYNTHESIS];
    if (existing) return existing;
    const created = new AppSynthesis(root);
    Object.defineProperty(root, APP_SYNTHESIS, { value: created });
    return created;
  }

  /**
   * Validates the whole app on the first call. Aspects of later stacks run only after that: a stack whose plan has changed
   * since has everything checked again.
   *
   * @throws FindingsError when a rule is broken
   */
  check(stack: StackSynthesis): string[] {
    const known = this.checked.get(stack);
    if (!known || !isDeepStrictEqual(known, checkedNow(stack))) {
      this.checked = this.allNow();
      this.findings = this.evaluate(this.checked);
      if (hasErrors(this.findings)) {
        this.discardPlans();
        throw new FindingsError(this.findings);
      }
    }
    stack.orderStacks((this.checked.get(stack) as CheckedStack).plan);
    return [];
  }

  /** The stack that an address is in, when it is one of ours. */
  stackOf(address: string): StackSynthesis | undefined {
    const name = stackOf(address);
    return this.stacks.find((stack) => stack.name === name);
  }

  /** Whether there may be values that go from one stack to another. */
  hasOtherStacks(stack: TerraformStack): boolean {
    return this.stacks.length > 1 || this.app.node.children.some((child) => child !== stack);
  }

  /** The plan of a stack as it was checked: that, and nothing else, is what is written. */
  checkedPlan(stack: StackSynthesis): Plan | undefined {
    return this.checked.get(stack)?.plan;
  }

  /** The findings report of one stack, as JSON. */
  report(stack: string): string {
    const mine = this.findings.filter((finding) =>
      finding.places.some((place) => isIn(place.address, stack)),
    );
    const report = findingsReport(mine, {
      baseDirectory: process.cwd(),
      given: this.organization.givenValues().filter(({ address }) => isIn(address, stack)),
      guardrails: this.guardrails(),
    });
    return `${JSON.stringify(report, undefined, 2)}\n`;
  }

  /**
   * The app as `app.synth()` would write it, with nothing written. The program may go on afterwards: the next call takes what
   * was added, and `app.synth()` checks everything again.
   *
   * @throws ScfError where synthesis has no plan to check: `PROVIDER_MISSING`, `OUTPUT_TWICE`, `STACK_TWICE`, `STACK_CYCLE` and the like
   */
  prepare(): PreparedApp {
    // In the order of `app.synth()`: values that go from one stack to another are made before any aspect.
    const all = this.app.node.findAll().filter(TerraformStack.isStack);
    for (const stack of all) stack.prepareStack();
    for (const stack of all) this.aspectVisits.visit(stack);
    const checked = this.allNow();
    const findings = this.evaluate(checked);
    const validated = !hasErrors(findings);
    const locations = this.locations();
    const stacks = [...checked].map(([stack, { plan }]): PreparedStack => {
      let assets: PlannedAsset[] | undefined;
      return {
        path: stack.stack.node.path,
        plan: {
          ...plan,
          validated,
          get assets() {
            return (assets ??= stack.packagesInMemory());
          },
        },
        asset: (hash) => stack.zipOf(hash),
        locate: (address) => locations.get(address)?.(),
      };
    });
    return { stacks, findings, guardrails: this.guardrails() };
  }

  private guardrails(): readonly Guardrail[] {
    return [...new Set(this.organization.guardrails.map(({ guardrail }) => guardrail))];
  }

  private allNow(): ReadonlyMap<StackSynthesis, CheckedStack> {
    return new Map(this.stacks.map((stack) => [stack, checkedNow(stack)]));
  }

  private evaluate(checked: ReadonlyMap<StackSynthesis, CheckedStack>): readonly Finding[] {
    const plans = [...checked.values()].map(({ plan }) => plan);
    refuseSameIds(this.stacks);
    refuseCircles(plans);
    refuseMixedModes(this.stacks, plans);
    for (const [stack, { plan }] of checked) {
      stack.terraform?.planned?.(plan, (name) => this.stacks.find((other) => other.name === name));
    }
    const contents = new Map<string, PackageContents>();
    for (const stack of this.stacks) {
      for (const codePackage of stack.usedPackages()) {
        if (!contents.has(codePackage.hash)) contents.set(codePackage.hash, codePackage.contents());
      }
    }
    const snapshotTimes = new Map<string, string>();
    for (const stack of this.stacks) {
      if (stack.snapshot) snapshotTimes.set(stack.name, stack.snapshot.takenAt);
    }
    let locations: ReadonlyMap<string, () => SourceLocation | undefined> | undefined;
    const { guardrails, budgets } = this.organization;
    return evaluate(new AppModel(plans, contents, snapshotTimes, budgets), {
      guardrails: guardrailRules(guardrails),
      given: this.organization.givenValues(),
      acknowledgements: this.stacks.flatMap((stack) => stack.acknowledgements),
      locate: (address) => (locations ??= this.locations()).get(address)?.(),
    });
  }

  /** Where what the program declares was made, by address. */
  private locations(): ReadonlyMap<string, () => SourceLocation | undefined> {
    const locations = new Map<string, () => SourceLocation | undefined>();
    for (const stack of this.stacks) {
      locations.set(stack.name, () => stack.currentProvider()?.locate());
      for (const element of stack.elements()) locations.set(element.address, () => element.locate());
    }
    return locations;
  }

  /** A plan of an earlier run must not stay behind: what is deployed is what was checked last. */
  private discardPlans(): void {
    const keep = process.env[KEEP_REFUSED_PLANS] === "1";
    for (const stack of this.stacks) {
      const directory = path.join(this.app.outdir, "stacks", stack.name);
      const plan = this.checkedPlan(stack);
      fs.rmSync(path.join(directory, PLAN_FILE), { force: true });
      fs.mkdirSync(directory, { recursive: true });
      if (stack.terraform) {
        fs.writeFileSync(path.join(directory, TERRAFORM_FILE), refusedConfiguration(stack.name, "broken"));
      }
      if (keep && plan) {
        const assets = stack.stagePackages(this.app.outdir);
        fs.writeFileSync(path.join(directory, PLAN_FILE), serializePlan({ ...plan, assets }));
      }
      fs.writeFileSync(path.join(directory, FINDINGS_FILE), this.report(stack.name));
    }
  }
}

/**
 * @throws ScfError `STACK_TWICE` when two stacks have one id: cdktf would write them to one folder, and only one of them would
 * be deployed
 */
function refuseSameIds(stacks: readonly StackSynthesis[]): void {
  const known = new Map<string, StackSynthesis>();
  for (const stack of stacks) {
    const other = known.get(stack.name);
    if (other) {
      const paths = `${other.stack.node.path} and ${stack.stack.node.path}`;
      throw new ScfError(
        "STACK_TWICE",
        `Stacks ${paths} have the same id, so both would be written to stacks/${stack.name}, and one would be lost.`,
        { fix: "Give each stack of an app an id of its own, also where they stand in different scopes." },
      );
    }
    known.set(stack.name, stack);
  }
}

/**
 * @throws ScfError `STACK_CYCLE` when stacks refer to each other in a circle: none of them could be deployed first
 */
function refuseCircles(plans: readonly Plan[]): void {
  const dependencies = new Map(plans.map((plan) => [plan.stack, plan.dependsOnStacks]));
  const done = new Set<string>();
  const visit = (stack: string, path: readonly string[]): void => {
    if (done.has(stack)) return;
    if (path.includes(stack)) {
      const circle = [...path.slice(path.indexOf(stack)), stack].join(" → ");
      throw new ScfError(
        "STACK_CYCLE",
        `Stacks refer to each other in a circle, so none can be deployed first: ${circle}.`,
        {
          fix: "Move what both need into one of them, or into a third stack.",
        },
      );
    }
    for (const other of dependencies.get(stack) ?? []) visit(other, [...path, stack]);
    done.add(stack);
  };
  for (const stack of dependencies.keys()) visit(stack, []);
}

/**
 * @throws ScfError `TERRAFORM_MODES` when a value goes between stacks that Terraform drives in different ways: neither finds
 * it in the state of the other one
 */
function refuseMixedModes(stacks: readonly StackSynthesis[], plans: readonly Plan[]): void {
  const modes = new Map(stacks.map((stack) => [stack.name, stack.currentProvider()?.terraformMode]));
  for (const plan of plans) {
    const mode = modes.get(plan.stack);
    const others = plan.dependsOnStacks.filter((other) => modes.has(other) && modes.get(other) !== mode);
    if (others.length === 0) continue;
    const refuse = ({ $ref: { address, attribute } }: Reference): void => {
      const other = stackOf(address);
      if (!others.includes(other)) return;
      throw new ScfError(
        "TERRAFORM_MODES",
        `Stack ${plan.stack} needs \`${attribute}\` of ${address}, but \`terraform\` of its ScfProvider is "${mode}" and that of stack ${other} is "${modes.get(other)}": a value cannot go from the one to the other.`,
        { fix: "Give both stacks the same `terraform`." },
      );
    };
    for (const { properties } of plan.resources) eachReference(properties, refuse);
    for (const { value } of Object.values(plan.outputs)) eachReference(value, refuse);
  }
}

/** Everything about a stack that findings follow from: its aspects may change any of it when its turn comes. */
interface CheckedStack {
  readonly plan: Plan;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly organization: readonly object[];
}

function checkedNow(stack: StackSynthesis): CheckedStack {
  const { guardrails, budgets } = stack.app.organization;
  return {
    plan: stack.plan(),
    acknowledgements: [...stack.acknowledgements],
    organization: [...guardrails, ...budgets],
  };
}

function isIn(address: string, stack: string): boolean {
  return address === stack || address.startsWith(`${stack}/`);
}
