import { hasChanges, type Difference } from "../reconciler/difference";
import type { RunEvent, RunSummary } from "../reconciler/events";
import type { Reconciler } from "../reconciler/reconciler";
import { Interruption } from "./interruption";
import { startProgress } from "./render/progress";
import { outputsJson, renderSummary } from "./render/summary";
import { count } from "./render/text";
import type { Terminal } from "./terminal";

/** Where a reconciler's events go: it is made before anything is known of what there will be to show. */
export class EventRelay {
  private listener: (event: RunEvent) => void = () => undefined;

  readonly send = (event: RunEvent): void => this.listener(event);

  connect(listener: (event: RunEvent) => void): void {
    this.listener = listener;
  }
}

export interface RunResult {
  readonly summary: RunSummary;
  readonly interrupted: boolean;
}

/** Applies a difference and shows it working: one JSON line per event for machines, live progress for people. */
export async function applyShown(
  reconciler: Reconciler,
  relay: EventRelay,
  difference: Difference,
  purpose: string,
  terminal: Terminal,
): Promise<RunResult> {
  const progress = terminal.json ? undefined : await startProgress(difference.changes, terminal);
  let finished: RunSummary | undefined;
  relay.connect((event) => {
    if (event.type === "run-finished") finished = event.summary;
    if (progress) progress.take(event);
    else terminal.line(eventJson(event));
  });
  const interruption = new Interruption(() => {
    const running = progress?.runningCount ?? 0;
    const releases = difference.changes.some(({ steps }) => steps !== undefined);
    const rest =
      running > 0
        ? `${count(running, "operation")} in progress will be finished${releases ? ", and a release stays at its step" : ""}`
        : "nothing new will be started";
    const text = `Stopping: ${rest}. Ctrl-C again ends at once; what is recorded stays valid.`;
    if (progress) progress.say(text);
    else terminal.say(text);
  });
  try {
    const summary = await reconciler.apply(difference, { signal: interruption.signal, purpose });
    progress?.end();
    // With nothing to do, only what is recorded can have changed, and the difference has said so.
    if (hasChanges(difference)) terminal.say(renderSummary(difference.stack, summary, terminal.style));
    return { summary, interrupted: interruption.happened };
  } catch (error) {
    progress?.end();
    // A run that had to end early has done something all the same.
    if (finished) terminal.say(renderSummary(difference.stack, finished, terminal.style));
    throw error;
  } finally {
    progress?.end();
    interruption.end();
  }
}

function eventJson(event: RunEvent): unknown {
  if (event.type !== "run-finished") return event;
  return { ...event, summary: { ...event.summary, outputs: outputsJson(event.summary.outputs) } };
}
