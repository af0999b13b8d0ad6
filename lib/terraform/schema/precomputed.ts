import * as fs from "node:fs";
import * as path from "node:path";
import type { ProviderSchema } from "../plugin/schema";
import type { ResourceShape } from "./resource-shape";

/** What the build writes beside this room: the schema as JSON. Named `schema.json`, it would be found in place of the room. */
export const SCHEMA_FILE = "provider-schema.json";

/** The shapes of all kinds as JSON. */
export const SHAPES_FILE = "shapes.json";

/** All that the provider offers, without a look at any kind. */
export function precomputedSchema(): ProviderSchema {
  return written(SCHEMA_FILE) ?? sources().providerSchema();
}

/** The shape of every kind, by Terraform's resource type, without a look at any kind. */
export function precomputedShapes(): { readonly [type: string]: ResourceShape } {
  return written(SHAPES_FILE) ?? sources().resourceShapes();
}

function written<T>(file: string): T | undefined {
  const place = path.join(__dirname, "..", file);
  return fs.existsSync(place) ? (JSON.parse(fs.readFileSync(place, "utf8")) as T) : undefined;
}

/** Tests run from the sources, where nothing is written. */
function sources(): typeof import("./provider-schema") {
  return require("./provider-schema") as typeof import("./provider-schema");
}
