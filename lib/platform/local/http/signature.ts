import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { refuse } from "../context";

export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Path and query, as they were sent. */
  readonly url: string;
}

const algorithm = "TC3-HMAC-SHA256";
const largestSkewSeconds = 300;

/**
 * Verifies the signature of a call (TC3-HMAC-SHA256). The service is the one of the credential scope: clients that talk
 * to an address sign with whatever stands before its first dot.
 */
export function verifySignature(request: SignedRequest, credentials: Credentials, nowSeconds: number): void {
  const given = readAuthorization(header(request.headers, "authorization"));
  const timestamp = header(request.headers, "x-tc-timestamp");
  if (!/^\d{1,12}$/.test(timestamp)) refuse("MissingParameter", "The header X-TC-Timestamp is missing");
  if (given.secretId !== credentials.secretId) {
    refuse("AuthFailure.SecretIdNotFound", "The SecretId is not known to this local platform");
  }
  if (
    credentials.token !== undefined &&
    !sameText(header(request.headers, "x-tc-token"), credentials.token)
  ) {
    refuse("AuthFailure.TokenFailure", "The token is not the one that belongs to the SecretId");
  }
  const skew = Math.abs(nowSeconds - Number(timestamp));
  if (skew > largestSkewSeconds) {
    refuse(
      "AuthFailure.SignatureExpire",
      `The call was signed ${Math.round(skew)} s away from the platform's clock; ${largestSkewSeconds} s at most are allowed`,
    );
  }
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const genuine =
    given.date === date &&
    hosts(request.headers).some((host) =>
      paths(request.url).some((path) =>
        sameText(given.signature, sign(request, given, credentials.secretKey, { timestamp, host, path })),
      ),
    );
  if (!genuine)
    refuse("AuthFailure.SignatureFailure", "The signature does not fit the call and the SecretKey");
}

interface Authorization {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function readAuthorization(text: string): Authorization {
  const found =
    /^TC3-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{4}-\d{2}-\d{2})\/([^/,\s]+)\/tc3_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/.exec(
      text,
    );
  if (!found) refuse("AuthFailure.SignatureFailure", `The header Authorization is not one of ${algorithm}`);
  const [, secretId = "", date = "", service = "", signedHeaders = "", signature = ""] = found;
  const names = signedHeaders.split(";");
  if (!names.includes("host") || !names.includes("content-type")) {
    refuse("AuthFailure.SignatureFailure", "The headers content-type and host are signed in every call");
  }
  return { secretId, date, service, signedHeaders: names, signature };
}

/** Some clients sign the host with its port, some without. */
function hosts(headers: IncomingHttpHeaders): readonly string[] {
  const host = headers.host ?? "";
  return [host, host.replace(/:\d+$/, "")];
}

/** Some clients sign the path of the address, some always the root. */
function paths(url: string): readonly string[] {
  const path = url.split("?")[0] ?? "/";
  return path === "/" ? ["/"] : [path, "/"];
}

function sign(
  request: SignedRequest,
  given: Authorization,
  secretKey: string,
  variant: { readonly timestamp: string; readonly host: string; readonly path: string },
): string {
  const query = request.url.split("?")[1] ?? "";
  const headers = given.signedHeaders
    .map((name) => `${name}:${name === "host" ? variant.host : header(request.headers, name)}\n`)
    .join("");
  const canonical = [
    "POST",
    variant.path,
    query,
    headers,
    given.signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
  const scope = `${given.date}/${given.service}/tc3_request`;
  const text = [algorithm, variant.timestamp, scope, sha256(canonical)].join("\n");
  const key = hmac(hmac(hmac(`TC3${secretKey}`, given.date), given.service), "tc3_request");
  return hmac(key, text).toString("hex");
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? "";
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
