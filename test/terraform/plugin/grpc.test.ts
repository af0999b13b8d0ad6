import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import {
  answerCalls,
  MAXIMUM_MESSAGE,
  serverOptions,
  type Call,
  type Method,
} from "../../../lib/terraform/plugin/grpc";
import { call } from "./grpc-client";

const open: { close(): void }[] = [];

async function connect(methods: { [path: string]: Method | "held" }): Promise<http2.ClientHttp2Session> {
  const server = http2.createServer(serverOptions);
  answerCalls(server, new Map(Object.entries(methods)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    settings: { initialWindowSize: 2 ** 24 },
  });
  open.push({ close: () => (session.destroy(), server.close()) });
  return session;
}

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const echo: Method = (request) => request;

test("a message is answered with a message", async () => {
  const session = await connect({ "/test.Echo/Say": echo });
  expect(await call(session, "/test.Echo/Say", Buffer.from("hello"))).toEqual({
    status: 0,
    text: "",
    message: Buffer.from("hello"),
  });
});

test("a thousand calls at once are each answered with their own", async () => {
  const session = await connect({
    "/test.Echo/Say": async (request) => {
      await new Promise((resolve) => setTimeout(resolve, Number(request.toString()) % 7));
      return request;
    },
  });
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) => call(session, "/test.Echo/Say", Buffer.from(String(index)))),
  );
  expect(answers.map(({ message }) => message.toString())).toEqual(
    Array.from({ length: 1000 }, (_, index) => String(index)),
  );
});

test("a message of many megabytes goes both ways", async () => {
  const session = await connect({ "/test.Echo/Say": echo });
  const large = Buffer.alloc(48 * 1024 * 1024, "abcdefg");
  const { status, message } = await call(session, "/test.Echo/Say", large);
  expect(status).toBe(0);
  expect(message.equals(large)).toBe(true);
});

test("fails a call that there is not, and says so", async () => {
  const session = await connect({ "/test.Echo/Say": echo });
  expect(await call(session, "/test.Echo/Sing")).toMatchObject({
    status: 12,
    text: "There is no /test.Echo/Sing.",
  });
});

test("fails a call whose method throws, and answers the next", async () => {
  const session = await connect({
    "/test.Echo/Say": echo,
    "/test.Echo/Fail": () => Promise.reject(new Error("100 % went wrong: 坏")),
  });
  expect(await call(session, "/test.Echo/Fail")).toMatchObject({ status: 13, text: "100 % went wrong: 坏" });
  expect(await call(session, "/test.Echo/Say")).toMatchObject({ status: 0 });
});

test("fails a message that is compressed, and one that is not whole", async () => {
  const session = await connect({ "/test.Echo/Say": echo });
  for (const [bytes, status, text] of [
    [[1, 0, 0, 0, 0], 12, "Compressed messages are not understood."],
    [[0, 0, 0, 0, 9], 13, "The request is not one whole message."],
    [[0], 13, "The request is not one whole message."],
  ] as const) {
    const stream = session.request({ ":method": "POST", ":path": "/test.Echo/Say" });
    stream.end(Buffer.from(bytes));
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => stream.on("response", resolve));
    stream.resume();
    expect([Number(headers["grpc-status"]), decodeURIComponent(String(headers["grpc-message"]))]).toEqual([
      status,
      text,
    ]);
  }
});

test("fails a message larger than the largest without keeping it", async () => {
  const session = await connect({ "/test.Echo/Say": echo });
  const stream = session.request({ ":method": "POST", ":path": "/test.Echo/Say" });
  const answered = new Promise<http2.IncomingHttpHeaders>((resolve) => stream.on("response", resolve));
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  let over = false;
  void answered.then(() => (over = true));
  for (let sent = 0; sent <= MAXIMUM_MESSAGE + chunk.length && !over; sent += chunk.length)
    if (!stream.write(chunk))
      await Promise.race([new Promise((resolve) => stream.once("drain", resolve)), answered]);
  expect((await answered)["grpc-status"]).toBe("8");
  stream.destroy();
});

test("a call that nobody waits for any more is told so", async () => {
  const { call: waiting, started, ended } = waitingMethod();
  const session = await connect({ "/test.Wait/For": waiting });
  const { stream } = call(session, "/test.Wait/For");
  await started;
  stream.close(http2.constants.NGHTTP2_CANCEL);
  await expect(ended).resolves.toBe("aborted");
});

test("fails a call whose time is over, and aborts what it does", async () => {
  const { call: waiting, ended } = waitingMethod();
  const session = await connect({ "/test.Wait/For": waiting });
  const answer = await call(session, "/test.Wait/For", Buffer.alloc(0), { "grpc-timeout": "50m" });
  expect(answer).toMatchObject({ status: 4, text: "The time that was given for the call is over." });
  await expect(ended).resolves.toBe("aborted");
});

test("a stream that is held stays open", async () => {
  const session = await connect({ "/test.Held/Stream": "held", "/test.Echo/Say": echo });
  const held = session.request({ ":method": "POST", ":path": "/test.Held/Stream" });
  let closed = false;
  held.on("close", () => (closed = true));
  await new Promise((resolve) => held.on("response", resolve));
  await call(session, "/test.Echo/Say");
  expect(closed).toBe(false);
});

function waitingMethod() {
  let begun = (): void => undefined;
  let settle = (_how: string): void => undefined;
  const started = new Promise<void>((resolve) => (begun = resolve));
  const ended = new Promise<string>((resolve) => (settle = resolve));
  const method = (_request: Buffer, { signal }: Call): Promise<Uint8Array> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        settle("aborted");
        reject(new Error("aborted"));
      });
      begun();
    });
  return { call: method, started, ended };
}
