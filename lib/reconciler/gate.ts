import { stripVTControlCharacters } from "node:util";
import type { GateCall, GateResult } from "../kinds/kind";
import type { Session } from "./session";
import { inShell } from "./shell";

/** How much of what a gate prints is shown, in characters and in lines. */
const SHOWN = 8_000;
const SHOWN_LINES = 20;

/**
 * Runs a command. When the signal is aborted it ends the command, and resolves with whatever has come of it.
 */
export type GateRunner = (gate: GateCall, signal: AbortSignal) => Promise<GateResult>;

/**
 * Runs a gate until it ends, its time is over, or the signal is aborted.
 *
 * @throws the signal's reason
 */
export async function runGate(
  gate: GateCall,
  signal: AbortSignal,
  { options, timing, secrets }: Session,
): Promise<GateResult> {
  signal.throwIfAborted();
  const { runGate: run = inShell(process.cwd()) } = options;
  const overdue = new AbortController();
  const forget = timing.clock.after(gate.timeoutMs, () => overdue.abort());
  try {
    const ended = await run(gate, AbortSignal.any([signal, overdue.signal]));
    signal.throwIfAborted();
    // Secrets first: one of several lines is none any more once it is cut or indented.
    const result = { ...ended, output: lastOf(printable(secrets.scrub(ended.output))) };
    if (!overdue.signal.aborted) return result;
    return { ...result, passed: false, outcome: `no end within ${gate.timeoutMs / 1000} s` };
  } finally {
    forget();
  }
}

/** Without what would move the cursor of the terminal that it is shown in, or clear it. */
function printable(output: string): string {
  return (
    stripVTControlCharacters(output)
      .replace(/\r+\n?/g, "\n")
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
  );
}

function lastOf(output: string): string {
  return output.slice(-SHOWN).trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
}
