import { approved } from "../approval";
import { eachDrift, type DriftOptions } from "../drifted-stacks";
import type { Project } from "../project";
import { driftJson, renderDrift } from "../render/drift";
import { count } from "../render/text";
import type { Terminal } from "../terminal";

export interface RefreshOptions extends DriftOptions {
  readonly autoApprove?: boolean;
}

/** Records what is there as it is. Nothing on the platform is changed. */
export async function refresh(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: RefreshOptions,
): Promise<number> {
  const results: object[] = [];
  let declined = false;
  await eachDrift(project, terminal, wanted, options, async (drift, reconciler) => {
    terminal.say(`${renderDrift(drift, terminal.style)}\n`);
    const result = { updated: 0, forgotten: 0 };
    if (!declined && drift.resources.some(({ state }) => state !== "foreign")) {
      const question = `Record this as the state of ${drift.stack}? The platform is not changed.`;
      if (await approved(terminal, "refresh", question, options.autoApprove, "drift")) {
        Object.assign(result, await reconciler.refresh(drift, { purpose: "refresh" }));
        const forgotten = result.forgotten > 0 ? `, ${result.forgotten} forgotten` : "";
        terminal.say(
          `${terminal.style.bold(`${drift.stack}:`)} ${count(result.updated, "resource")} recorded as found${forgotten}. ` +
            "`cdktf-scf diff` shows what the program wants otherwise.",
        );
      } else {
        declined = true;
        terminal.say("Nothing was recorded.");
      }
    }
    results.push({ ...driftJson(drift), refreshed: result });
  });
  if (terminal.json) terminal.data({ stacks: results });
  return declined ? 1 : 0;
}
