import type { Http2Server, ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import { logThrown } from "./log";

/** What a call may ask of the one that waits for its answer. */
export interface Call {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Calls `listener` when the answer is on its way. */
  whenOver(listener: () => void): void;
}

/** Answers one message with one. */
export type Method = (request: Buffer, call: Call) => Uint8Array | Promise<Uint8Array>;

/** Methods by path (`/package.Service/Method`); `held` streams stay open, and nothing is said on them. */
export type Methods = ReadonlyMap<string, Method | "held">;

/** Statuses of gRPC. */
const OK = 0;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;

/** Largest message that is taken, in bytes: as much as providers written in Go take. */
export const MAXIMUM_MESSAGE = 256 * 1024 * 1024;

/** How much may be on its way before the other side waits: a message is rarely larger. */
const WINDOW = 16 * 1024 * 1024;

/** Options that an HTTP/2 server needs for {@link answerCalls}. */
export const serverOptions = {
  settings: { initialWindowSize: WINDOW, enablePush: false },
  /** In megabytes, and counts what is yet to be read: less would refuse what the other side may send. */
  maxSessionMemory: 4 * (MAXIMUM_MESSAGE / 1024 / 1024),
};

/** Answers calls of gRPC with one request and one response each, any number at once. */
export function answerCalls(server: Http2Server, methods: Methods): void {
  server.on("session", (session: ServerHttp2Session) => {
    session.setLocalWindowSize(WINDOW);
  });
  server.on("stream", (stream: ServerHttp2Stream, headers) => {
    stream.on("error", () => stream.close());
    const method = methods.get(String(headers[":path"]));
    if (method === undefined) refuse(stream, UNIMPLEMENTED, `There is no ${headers[":path"]}.`);
    else if (method === "held") stream.respond(responseHeaders);
    else new Exchange(stream, method).begin(headers["grpc-timeout"]);
  });
}

const responseHeaders = { ":status": 200, "content-type": "application/grpc" };

/** An answer without a message. */
function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(
    { ...responseHeaders, "grpc-status": status, "grpc-message": encodeURIComponent(message) },
    { endStream: true },
  );
}

/** Bytes before each message: whether it is compressed, and its length. */
const HEAD = 5;

/** One call, from its first byte to its answer. */
class Exchange implements Call {
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private answered = false;
  private abort: AbortController | undefined;
  private deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly method: Method,
  ) {}

  begin(timeout: string | string[] | undefined): void {
    const { stream } = this;
    stream.on("data", (chunk: Buffer) => this.take(chunk));
    stream.on("end", () => void this.answer());
    stream.on("close", () => this.end());
    if (typeof timeout === "string") this.setDeadline(timeout);
  }

  /** Made only for those that ask: most calls are over before anyone could. */
  get signal(): AbortSignal {
    this.abort ??= new AbortController();
    if (this.stream.closed && !this.answered) this.abort.abort();
    return this.abort.signal;
  }

  whenOver(listener: () => void): void {
    this.stream.once("close", () => setImmediate(listener));
  }

  private take(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.answered) return;
    if (this.received > MAXIMUM_MESSAGE + HEAD) {
      this.chunks.length = 0;
      this.refuse(RESOURCE_EXHAUSTED, `A message may have ${MAXIMUM_MESSAGE} bytes.`);
    } else this.chunks.push(chunk);
  }

  private async answer(): Promise<void> {
    if (this.answered) return;
    const [only, ...more] = this.chunks;
    const framed = only === undefined || more.length > 0 ? Buffer.concat(this.chunks, this.received) : only;
    this.chunks.length = 0;
    if (framed.length < HEAD || framed.readUInt32BE(1) !== framed.length - HEAD)
      return this.refuse(INTERNAL, "The request is not one whole message.");
    if (framed[0] !== 0) return this.refuse(UNIMPLEMENTED, "Compressed messages are not understood.");
    try {
      this.respond(await this.method(framed.subarray(HEAD), this));
    } catch (error) {
      logThrown("a call failed", error);
      this.refuse(INTERNAL, error instanceof Error ? error.message : String(error));
    }
  }

  private respond(message: Uint8Array): void {
    const { stream } = this;
    if (this.answered || stream.destroyed) return;
    this.answered = true;
    stream.respond(responseHeaders, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": OK }));
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(message.length, 1);
    if (message.length < 64 * 1024) stream.end(Buffer.concat([head, message]));
    else {
      stream.write(head);
      stream.end(message);
    }
  }

  private refuse(status: number, message: string): void {
    if (this.answered) return;
    this.answered = true;
    refuse(this.stream, status, message);
  }

  private setDeadline(timeout: string): void {
    const milliseconds = millisecondsOf(timeout);
    if (milliseconds === undefined) return;
    this.deadline = setTimeout(() => {
      this.refuse(DEADLINE_EXCEEDED, "The time that was given for the call is over.");
      this.abort?.abort();
    }, milliseconds);
  }

  private end(): void {
    clearTimeout(this.deadline);
    if (!this.answered) this.abort?.abort();
    this.answered = true;
  }
}

const units: { readonly [unit: string]: number } = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};
const LONGEST_TIMER = 2 ** 31 - 1;

/** `10S` is 10,000; a time beyond all timers is none. */
function millisecondsOf(timeout: string): number | undefined {
  const milliseconds = Number(timeout.slice(0, -1)) * (units[timeout.slice(-1)] ?? NaN);
  return milliseconds <= LONGEST_TIMER ? milliseconds : undefined;
}
