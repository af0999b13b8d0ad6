import { randomBytes } from "node:crypto";
import { unlinkSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a plugin listens. */
export interface Endpoint {
  readonly network: "unix" | "tcp";
  readonly address: string;
  /** Takes the socket away. */
  remove(): void;
}

/** How long the path of a socket may be where it may be least long. */
const LONGEST_PATH = 103;

/** Listens where `environment` says: on a socket in the file system, or on loopback where there are none. */
export async function listen(server: Server, environment: NodeJS.ProcessEnv): Promise<Endpoint> {
  const folder = environment.PLUGIN_UNIX_SOCKET_DIR || tmpdir();
  const file = join(folder, `plugin-${process.pid}-${randomBytes(4).toString("hex")}`);
  if (process.platform === "win32" || Buffer.byteLength(file) > LONGEST_PATH)
    return onLoopback(server, environment);
  await onSocket(server, file);
  return { network: "unix", address: file, remove: () => remove(file) };
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Node takes it away itself when the server is closed.
  }
}

/** Nobody else on the machine may connect. */
function onSocket(server: Server, file: string): Promise<void> {
  const mask = process.umask(0o077);
  try {
    return listening(server, () => server.listen(file));
  } finally {
    process.umask(mask);
  }
}

async function onLoopback(server: Server, environment: NodeJS.ProcessEnv): Promise<Endpoint> {
  const first = Number(environment.PLUGIN_MIN_PORT) || 0;
  const last = Number(environment.PLUGIN_MAX_PORT) || first;
  for (let port = first; port <= last; port++) {
    try {
      await listening(server, () => server.listen(port, "127.0.0.1"));
      const { port: taken } = server.address() as { port: number };
      return { network: "tcp", address: `127.0.0.1:${taken}`, remove: () => undefined };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`Every port from ${first} to ${last} is in use (PLUGIN_MIN_PORT, PLUGIN_MAX_PORT).`);
}

function listening(server: Server, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      server.off("listening", succeeded);
      server.off("error", failed);
      settle();
    };
    let error: Error;
    const succeeded = done(resolve);
    const failed = (reason: Error) => {
      error = reason;
      done(() => reject(error))();
    };
    server.once("listening", succeeded);
    server.once("error", failed);
    begin();
  });
}
