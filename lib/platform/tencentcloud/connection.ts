import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { ScfError } from "../../model/error";

export interface Endpoint {
  readonly protocol: "http:" | "https:";
  /** Absent for the platform's own addresses, one per service. */
  readonly host?: string;
}

export function readEndpoint(url: string | undefined): Endpoint {
  if (url === undefined) return { protocol: "https:" };
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const protocol = parsed?.protocol;
  if (!parsed || (protocol !== "http:" && protocol !== "https:")) {
    throw new ScfError("ENDPOINT_INVALID", `"${url}" is not the address of a platform`, {
      fix: "Give an address such as http://127.0.0.1:9750.",
    });
  }
  return { protocol, host: `${parsed.host}${parsed.pathname.replace(/\/$/, "")}` };
}

/**
 * Connections that are kept between calls. Giving one at all matters: without it the SDK sends everything, calls to this
 * machine too, through the proxy that `http_proxy` names.
 */
export function createAgent(protocol: Endpoint["protocol"]): HttpAgent | HttpsAgent {
  return protocol === "http:" ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
}
