import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import type { PreparedStack } from "../model/prepared";
import { orderNames } from "../model/stack-order";
import { prepareApp } from "./preparation";

/** The stacks that are to be deployed, and those of the same app. */
export interface PreparedStacks {
  /** Each after those that it refers to. */
  readonly chosen: readonly PreparedStack[];
  readonly all: readonly PreparedStack[];
}

/**
 * A stack, or all stacks of an app, as synthesis would write them.
 *
 * @throws ScfError `FINDINGS` when the app breaks a rule, `NOTHING_DECLARED` when nothing of this library is in the construct
 */
export function prepareStacks(program: Construct): PreparedStacks {
  const { stacks: all, findings } = prepareApp(program);
  if (findings.some(({ severity }) => severity === "error")) {
    const { renderFindings } = require("../rules/report") as typeof import("../rules/report");
    const rendered = renderFindings(findings, { color: false, baseDirectory: process.cwd() });
    throw new ScfError("FINDINGS", `\n${rendered}`);
  }
  const byName = new Map(all.map((stack) => [stack.plan.stack, stack]));
  const asked = program === program.node.root ? all : all.filter(({ path }) => path === program.node.path);
  const names = asked.map(({ plan }) => plan.stack);
  const ordered = orderNames(names, (name) => byName.get(name)?.plan.dependsOnStacks ?? []);
  const chosen = ordered.flatMap((name) => byName.get(name) ?? []);
  if (chosen.length > 0) return { chosen, all };
  throw new ScfError(
    "NOTHING_DECLARED",
    `${program.node.path} is no stack with constructs of cdktf-scf, so there is nothing to deploy.`,
    { fix: "Hand over an app, or one of its stacks that has an ScfProvider." },
  );
}
