import type { ResourceSchema } from "../model/resource-schema";
import { isEmpty, type Properties } from "../model/value";
import type { Found, Live } from "./kind";

/** An object that exists, as a plan would declare it: what may be left out and says nothing is left out. */
export function asFound({ properties, metadata }: ResourceSchema, id: string, live: Live): Found {
  const said = Object.entries(live.properties).filter(
    ([name, value]) =>
      !metadata[name]?.checkOnly &&
      !(isEmpty(value) && (properties.shape[name] as { isOptional(): boolean } | undefined)?.isOptional()),
  );
  return { id, live: { ...live, properties: Object.fromEntries(said) as Properties } };
}
