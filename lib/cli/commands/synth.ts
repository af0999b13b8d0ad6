import * as path from "node:path";
import { printAdvice } from "../advice";
import type { Project } from "../project";
import { renderGivenValues } from "../render/given-values";
import { count } from "../render/text";
import { synthesize } from "../synthesis";
import type { Terminal } from "../terminal";

export async function synth(project: Project, terminal: Terminal): Promise<number> {
  const synthesis = await synthesize(project, terminal);
  printAdvice(project, synthesis);
  const relative = (file: string): string => path.relative(process.cwd(), file) || ".";
  if (terminal.json) {
    terminal.data({
      output: relative(project.output),
      stacks: synthesis.stacks.map(({ name, plan, planFile }) => ({
        name,
        plan: relative(planFile),
        resources: plan.resources.length,
        assets: plan.assets.length,
      })),
      terraformStacks: synthesis.terraformStacks,
      ...synthesis.organization,
    });
    return 0;
  }
  for (const { name, plan, planFile } of synthesis.stacks) {
    terminal.say(
      `${terminal.style.bold(name)}: ${count(plan.resources.length, "resource")}, ${count(plan.assets.length, "package")} → ${relative(planFile)}`,
    );
  }
  const given = renderGivenValues(synthesis.organization.given, project.directory);
  if (given !== undefined) terminal.say(given);
  for (const name of synthesis.terraformStacks) {
    terminal.say(`${terminal.style.bold(name)}: Terraform configuration only`);
  }
  if (synthesis.stacks.length + synthesis.terraformStacks.length === 0) {
    terminal.say("The program has no stack, so there is nothing to write.");
  }
  return 0;
}
