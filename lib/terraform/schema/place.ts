import type { AttributePath } from "../plugin/value";
import type { ObjectShape, Shape } from "./shape";

/** Where a value of a plan stands in Terraform. */
export interface Place {
  /** As far as Terraform can point: items of a set have no place. */
  readonly path: AttributePath;
  /** For messages: `statement[0].action`. */
  readonly text: string;
  /** What may stand there; undefined below what has one form only in Terraform. */
  readonly shape: Shape | undefined;
}

/**
 * The place in Terraform of what stands in plans at a path.
 *
 * @param path from the resource's properties down
 */
export function placeOf(properties: ObjectShape, path: readonly PropertyKey[]): Place {
  let place: Place = { path: [], text: "", shape: properties };
  let isInSet = false;
  for (const key of path) {
    const next = stepInto(place, key);
    isInSet ||= place.shape?.type === "set";
    place = isInSet ? { ...next, path: place.path } : next;
  }
  return place;
}

function stepInto({ path, text, shape }: Place, key: PropertyKey): Place {
  switch (shape?.type) {
    case "object": {
      const field = shape.fields.find(({ property }) => property === key);
      const name = field?.name ?? String(key);
      return {
        path: [...path, { attribute: name }],
        text: text === "" ? name : `${text}.${name}`,
        shape: field?.shape,
      };
    }
    case "list":
      return { path: [...path, { index: Number(key) }], text: `${text}[${String(key)}]`, shape: shape.item };
    case "set":
      return { path, text, shape: shape.item };
    case "map":
      return {
        path: [...path, { key: String(key) }],
        text: `${text}[${JSON.stringify(String(key))}]`,
        shape: shape.value,
      };
    default:
      return { path, text, shape: undefined };
  }
}
