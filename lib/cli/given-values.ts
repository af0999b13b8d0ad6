import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { foreignTokens, withTokenValues } from "../model/foreign-tokens";
import type { PackageContents } from "../model/package-contents";
import { FINDINGS_FILE, parsePlan, PLAN_FILE, type Plan } from "../model/plan";
import { VALUES_VARIABLE } from "../model/reconciler-under-terraform";
import { holdsSymbolic, type Value } from "../model/value";
import { AppModel } from "../rules/app-model";
import { evaluateAgain } from "../rules/evaluate";
import { newFindings, type Finding } from "../rules/finding";
import { rules } from "../rules/rules";
import { modules } from "./commands/lazy";
import type { Project } from "./project";
import { SynthesisRefused } from "./synthesis";

/**
 * The plan with the values that Terraform gives for those of other providers, checked against every rule once more: synthesis
 * could not check what depends on them.
 *
 * @throws SynthesisRefused when a rule is broken
 * @throws ScfError `TOKEN_VALUES` when they are not those that the plan needs
 */
export function withGivenValues(project: Project, plan: Plan, planFile: string): Plan {
  const tokens = foreignTokens(plan);
  if (tokens.length === 0) return plan;
  const given = givenValues();
  if (given?.length !== tokens.length) {
    throw new ScfError(
      "TOKEN_VALUES",
      `Stack ${plan.stack} needs values of other Terraform providers, and ${VALUES_VARIABLE} does not hold them.`,
      { fix: "Deploy it with Terraform, which gives them." },
    );
  }
  const values = new Map(tokens.map((token, index) => [token, given[index] ?? null]));
  for (const [token, value] of values) refuseSymbolic(token, value);
  const known = withTokenValues(plan, values);
  refuseBroken(project, plan, known, planFile);
  return known;
}

function givenValues(): readonly Value[] | undefined {
  try {
    const given: unknown = JSON.parse(process.env[VALUES_VARIABLE] ?? "");
    return Array.isArray(given) ? (given as readonly Value[]) : undefined;
  } catch {
    return undefined;
  }
}

/** What another provider gives must not be taken for a reference or for the name of a secret. */
function refuseSymbolic(token: string, value: Value): void {
  if (!holdsSymbolic(value)) return;
  throw new ScfError("TOKEN_VALUES", `The value of \`${token}\` has a key that begins with "$".`, {
    fix: "Take a part of it that has no such key.",
  });
}

function refuseBroken(project: Project, plan: Plan, known: Plan, planFile: string): void {
  const directory = path.dirname(planFile);
  const others = otherPlans(directory);
  const packages = stagedPackages(plan, directory);
  const earlier = earlierFindings(directory);
  const everyRule = new Set(rules.map(({ id }) => id));
  const errors = (checked: Plan): readonly Finding[] =>
    evaluateAgain(new AppModel([...others, checked], packages), earlier, everyRule).filter(
      ({ severity }) => severity === "error",
    );
  // Synthesis has refused what was wrong then: what is found without the values only comes of knowing less here.
  const broken = newFindings(errors(known), errors(plan));
  if (broken.length > 0) throw new SynthesisRefused(project, broken, []);
}

/** Those of the other stacks that were synthesized together with this one. */
function otherPlans(directory: string): readonly Plan[] {
  const stacks = path.dirname(directory);
  return fs.readdirSync(stacks).flatMap((name) => {
    const file = path.join(stacks, name, PLAN_FILE);
    if (name === path.basename(directory) || !fs.existsSync(file)) return [];
    return [parsePlan(fs.readFileSync(file, "utf8"), file)];
  });
}

function stagedPackages({ assets }: Plan, directory: string): ReadonlyMap<string, PackageContents> {
  const { openZip } = modules.assets();
  return new Map(
    assets.map((asset) => {
      const file = path.resolve(directory, asset.path);
      return [asset.hash, openZip(fs.readFileSync(file), file).contents()];
    }),
  );
}

/** Where the constructs stand in the program is known to the findings of synthesis only. */
function earlierFindings(directory: string): readonly Finding[] {
  const file = path.join(directory, FINDINGS_FILE);
  if (!fs.existsSync(file)) return [];
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { readonly findings: readonly Finding[] }).findings;
}
