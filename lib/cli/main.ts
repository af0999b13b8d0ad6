import { defineCommands } from "./commands";
import { modules } from "./commands/lazy";
import { Style } from "./render/style";

/**
 * Runs one command line. The exit code is 1 for every failure, and what the command says otherwise.
 *
 * @param onSuccess called before the process ends, unless the command failed
 */
export async function main(argv: readonly string[], onSuccess?: () => void): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreGoneReader);
  process.on("uncaughtException", endUnexpectedly);
  process.on("unhandledRejection", endUnexpectedly);
  let exitCode = 0;
  const program = defineCommands((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    exitCode = 1;
    tell(error);
  }
  if (exitCode !== 1) onSuccess?.();
  // What a program or a connection has left open must not keep the command line waiting.
  process.stdout.write("", () => process.exit(exitCode));
}

function tell(error: unknown): void {
  process.stderr.write(`${modules.failure().describeFailure(error, Style.for(process.stderr))}\n`);
}

/** Nothing that was begun can be trusted to end any more; what is recorded stays valid. */
function endUnexpectedly(error: unknown): void {
  tell(error);
  process.exit(1);
}

/**
 * Whoever reads has closed the pipe, as `head` does: there is nobody left to write for. What is being done is done all the
 * same, because a deploy that is cut off half way helps nobody.
 */
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}
