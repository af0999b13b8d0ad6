import { services } from "../../api";
import type { Service } from "../../api";
import { refuse } from "../context";

/** Services whose objects belong to the account rather than to a region. */
const withoutRegion: readonly Service[] = ["cam", "tag", "monitor"];

/** What a call over HTTP asks for. */
export interface WireCall {
  readonly service: Service;
  readonly action: string;
  readonly region: string;
  readonly request: unknown;
}

/** Finds the action by version and name: every service has a version of its own, and hosts are not told apart here. */
export function readCall(header: (name: string) => string, body: Buffer): WireCall {
  const version = header("x-tc-version");
  const action = header("x-tc-action");
  if (version === "") refuse("MissingParameter", "The header X-TC-Version is missing");
  if (action === "") refuse("MissingParameter", "The header X-TC-Action is missing");
  const names = Object.keys(services) as Service[];
  const service = names.find((name) => services[name].version === version);
  if (!service)
    refuse("NoSuchVersion", `No service of the local platform has the version ${version.slice(0, 20)}`);
  if (!Object.hasOwn(services[service].actions, action)) {
    refuse(
      "InvalidAction",
      `The local platform has no action ${action.slice(0, 60)} of the service ${service}`,
    );
  }
  return { service, action, region: readRegion(header("x-tc-region"), service), request: readBody(body) };
}

function readRegion(region: string, service: Service): string {
  if (region === "") {
    if (withoutRegion.includes(service)) return "";
    refuse("MissingParameter", `The header X-TC-Region is missing; ${service} needs it`);
  }
  if (/^[a-z]{2,3}(-[a-z0-9]+)+$/.test(region)) return region;
  return refuse("UnsupportedRegion", `${region.slice(0, 40)} is not a region`);
}

function readBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return refuse("InvalidParameter", "The body of the call is not JSON");
  }
}
