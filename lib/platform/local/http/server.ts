import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ScfError } from "../../../model/error";
import { PlatformError } from "../../errors";
import { Refusal, refuse } from "../context";
import { Engine } from "../engine";
import type { EngineOptions } from "../engine";
import { verifySignature } from "./signature";
import type { Credentials } from "./signature";
import { readCall } from "./wire";

/** Everything a local platform takes but the region, which every call names. */
export interface LocalServerOptions extends EngineOptions {
  /** @default - a free one */
  readonly port?: number;
  /** Calls have to be signed with these. */
  readonly credentials: Credentials;
}

/** A local platform that answers over HTTP. */
export interface LocalServer {
  /** For example `http://127.0.0.1:9750`. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** Ends it, and the connections that are open. */
  close(): Promise<void>;
}

/** Never anything else: whoever can reach the platform and has the key can change it. */
const address = "127.0.0.1";

/** What the platform takes in one signed call. */
const largestBody = 10 * 1024 ** 2;

/** Serves a local platform in the platform's own wire format, for SDKs, command lines and Terraform. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const engine = new Engine(options);
  const server = createServer((request, response) => {
    answer(engine, options.credentials, request, response).catch(() => response.destroy());
  });
  try {
    await listen(server, options.port ?? 0);
  } catch (error) {
    engine.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    port,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      engine.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program listens there" : error.message;
      reject(
        new ScfError(
          "LOCAL_PLATFORM_PORT",
          `The local platform cannot listen on ${address}:${port}: ${why}`,
          {
            fix: "Choose another port, or none for a free one.",
            cause: error,
          },
        ),
      );
    });
    server.listen(port, address, resolve);
  });
}

async function answer(
  engine: Engine,
  credentials: Credentials,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { content, lost, delayMs } = await respond(engine, credentials, request);
  if (delayMs > 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      // Nobody waits any more, or the server is being closed.
      response.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  if (lost || response.destroyed) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ Response: content });
  // Refusals are answered with 200 as well: clients take any other status for a broken connection.
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

interface Response {
  readonly content: object;
  readonly lost: boolean;
  readonly delayMs: number;
}

async function respond(
  engine: Engine,
  credentials: Credentials,
  request: IncomingMessage,
): Promise<Response> {
  try {
    const body = await readBody(request);
    if (request.method !== "POST") {
      refuse("UnsupportedProtocol", `The local platform takes calls by POST, not by ${request.method ?? ""}`);
    }
    const type = request.headers["content-type"] ?? "";
    if (!type.startsWith("application/json")) {
      refuse("UnsupportedProtocol", "The local platform takes calls with the Content-Type application/json");
    }
    verifySignature(
      { headers: request.headers, body, url: request.url ?? "/" },
      credentials,
      engine.now() / 1000,
    );
    const header = (name: string): string => String(request.headers[name] ?? "").trim();
    const call = readCall(header, body);
    const { answer, failure, lost, delayMs } = engine.call(
      call.region,
      call.service,
      call.action,
      call.request,
    );
    return { content: failure ? errorContent(failure) : answer, lost, delayMs };
  } catch (error) {
    return { content: errorContent(error), lost: false, delayMs: 0 };
  }
}

function errorContent(error: unknown): object {
  const requestId = PlatformError.is(error) ? error.requestId : randomUUID();
  return { Error: describeError(error), RequestId: requestId };
}

function describeError(error: unknown): { Code: string; Message: string } {
  if (PlatformError.is(error) || error instanceof Refusal)
    return { Code: error.code, Message: error.message };
  return { Code: "InternalError", Message: "The local platform failed to answer" };
}

/** Reads to the end also what is too large: a client that is cut off while it sends does not see the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= largestBody) parts.push(part);
    else parts.length = 0;
  }
  if (bytes > largestBody) {
    refuse("RequestSizeLimitExceeded", `The call has ${bytes} bytes; ${largestBody} at most are allowed`);
  }
  return Buffer.concat(parts);
}
