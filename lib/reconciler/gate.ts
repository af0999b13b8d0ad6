import type { GateCall, GateResult } from "../kinds/kind";
import type { Session } from "./session";
import { inShell } from "./shell";

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
  { options, timing }: Session,
): Promise<GateResult> {
  signal.throwIfAborted();
  const { runGate: run = inShell(process.cwd()) } = options;
  const overdue = new AbortController();
  const forget = timing.clock.after(gate.timeoutMs, () => overdue.abort());
  try {
    const result = await run(gate, AbortSignal.any([signal, overdue.signal]));
    signal.throwIfAborted();
    if (!overdue.signal.aborted) return result;
    return { ...result, passed: false, outcome: `no end within ${gate.timeoutMs / 1000} s` };
  } finally {
    forget();
  }
}
