import { approved } from "../approval";
import { eachDrift, type DriftOptions } from "../drifted-stacks";
import type { Refreshed } from "../../reconciler/drift";
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
    const nothing = { updated: 0, forgotten: 0 };
    if (drift.resources.every(({ state }) => state === "foreign")) {
      results.push({ ...driftJson(drift), refreshed: nothing });
      return true;
    }
    terminal.say("Recording it changes nothing on the platform.");
    const question = `Record what is there as the state of ${drift.stack}?`;
    if (!(await approved(terminal, "refresh", question, options.autoApprove))) {
      terminal.say("Nothing was recorded.");
      results.push({ ...driftJson(drift), refreshed: nothing });
      declined = true;
      return false;
    }
    const refreshed = await reconciler.refresh(drift, { purpose: "refresh" });
    results.push({ ...driftJson(drift), refreshed });
    terminal.say(`${terminal.style.bold(`${drift.stack}:`)} ${recorded(refreshed)}\n`);
    return true;
  });
  if (terminal.json) terminal.data({ stacks: results });
  return declined ? 1 : 0;
}

function recorded({ updated, forgotten }: Refreshed): string {
  const counts = [
    ...(updated > 0 ? [`${count(updated, "resource")} recorded as found`] : []),
    ...(forgotten > 0 ? [`${forgotten} forgotten`] : []),
  ];
  return `${counts.join(", ")}.\n\`cdktf-scf diff\` shows what the program wants otherwise.`;
}
