import { createHash } from "node:crypto";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Stands before a local platform, which keeps no packages, and hands out those that have come by: as the cloud does, by an
 * address in the answer.
 */
export class CodeStore {
  private readonly packages = new Map<string, Buffer>();
  private readonly server: Server;

  static async before(platform: string): Promise<CodeStore> {
    const store = new CodeStore(platform);
    await new Promise<void>((resolve) => store.server.listen(0, "127.0.0.1", resolve));
    return store;
  }

  private constructor(private readonly platform: string) {
    this.server = createServer((incoming, response) => {
      this.answer(incoming, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.method === "GET") {
      const found = this.packages.get(incoming.url?.slice(1) ?? "");
      response.writeHead(found ? 200 : 404).end(found);
      return;
    }
    const body = await read(incoming);
    for (const [, zip = ""] of body.toString("utf8").matchAll(/"ZipFile":"([A-Za-z0-9+/=]+)"/g)) {
      const bytes = Buffer.from(zip, "base64");
      this.packages.set(createHash("sha256").update(bytes).digest("hex"), bytes);
    }
    const answered = JSON.parse((await this.forward(incoming, body)).toString("utf8")) as {
      Response: { CodeSha256?: string; Url?: string; Location?: string };
    };
    const { Response: content } = answered;
    const address = `${this.url}/${content.CodeSha256 ?? ""}`;
    if (content.Url !== undefined) content.Url = address;
    if (content.Location !== undefined) content.Location = address;
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answered));
  }

  /** With the caller's own headers: the signature is over them. */
  private forward(incoming: IncomingMessage, body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const { method, headers, url } = incoming;
      const outgoing = request(`${this.platform}${url ?? "/"}`, { method, headers }, (answer) => {
        read(answer).then(resolve, reject);
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
