import type * as http2 from "node:http2";

/** What a call was answered with. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly message: Buffer;
}

/** A client of gRPC as small as a test needs. */
export function call(
  session: http2.ClientHttp2Session,
  path: string,
  request: Uint8Array = Buffer.alloc(0),
  headers: http2.OutgoingHttpHeaders = {},
): Promise<Answered> & { readonly stream: http2.ClientHttp2Stream } {
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  const answer = new Promise<Answered>((resolve, reject) => {
    let ending: http2.IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on("response", (first) => (ending = { ...first }));
    stream.on("trailers", (trailers) => (ending = { ...ending, ...trailers }));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () =>
      resolve({
        status: Number(ending["grpc-status"]),
        text: decodeURIComponent(String(ending["grpc-message"] ?? "")),
        message: Buffer.concat(chunks).subarray(5),
      }),
    );
  });
  const head = Buffer.alloc(5);
  head.writeUInt32BE(request.length, 1);
  stream.write(head);
  stream.end(request);
  return Object.assign(answer, { stream });
}
