import { isDeepStrictEqual } from "node:util";
import type { AttributesOf, PropertiesOf } from "../model/resource-schema";
import type { KindName, resourceSchemas } from "../model/resources";
import type { ReadContext } from "../kinds/kind";
import type { Platform } from "../platform/platform";

type SchemaOf<Kind extends KindName> = (typeof resourceSchemas)[Kind];

/** An object as it is on the platform, in the shape of the plan. Secrets in it are hidden. */
export interface LiveObject<Kind extends KindName> {
  /** What `cdktf-scf import` takes for it. */
  readonly id: string;
  readonly region: string;
  /** As the platform reports them; what it does not report is absent. */
  readonly properties: Partial<PropertiesOf<SchemaOf<Kind>>>;
  readonly attributes: Partial<AttributesOf<SchemaOf<Kind>>>;
}

/**
 * All objects of a kind in one region, whoever made them.
 *
 * @throws ScfError `KIND_UNKNOWN`
 */
export async function liveObjects<Kind extends KindName>(
  platform: Platform,
  kind: Kind,
): Promise<LiveObject<Kind>[]> {
  const { checkKind } = require("./resources") as typeof import("./resources");
  checkKind(kind);
  const { kinds } = require("../kinds") as typeof import("../kinds");
  const { region } = platform;
  const context: ReadContext = {
    region,
    uin: "",
    owner: "",
    signal: new AbortController().signal,
    call: (service, action, request) => platform.call(service, action, request),
  };
  const found = (await kinds[kind].import?.list(context)) ?? [];
  return found.map(({ id, live: { properties, attributes } }) => ({
    id,
    region,
    properties: properties as LiveObject<Kind>["properties"],
    attributes: attributes as LiveObject<Kind>["attributes"],
  }));
}

/** Whether an object has all of these properties. */
export function hasProperties(properties: object, expected: object): boolean {
  const actual = properties as Readonly<Record<string, unknown>>;
  return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(actual[name], value));
}
