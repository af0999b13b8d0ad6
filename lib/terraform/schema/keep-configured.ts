import { isEmpty, sameValue } from "../../model/value";
import type { TerraformObject, TerraformValue } from "../plugin/value";
import type { ResourceShape } from "./resource-shape";
import { holdsSecretMarker } from "./secret-text";
import { isNumber, type Field, type Shape } from "./shape";

/**
 * Whether a text in which markers stand for secrets means what the platform has.
 *
 * @param property name of the property that holds both, as plans have it
 */
export type SameSecret = (property: string, prior: string, live: string) => boolean;

/**
 * A resource as it is now, in the words that it was configured in: a prior value stays wherever it means the same as the live
 * one, and where the platform does not give the value back. The prior object itself where all of it stays: nobody has to write
 * it again.
 */
export function keepConfigured(
  shape: ResourceShape,
  prior: TerraformObject,
  live: TerraformObject,
  isSame: SameSecret,
): TerraformObject {
  const kept: Record<string, TerraformValue> = { ...live };
  for (const field of [...shape.properties, ...shape.attributes]) {
    const before = prior[field.name] ?? null;
    const now = live[field.name] ?? null;
    const { unreadable } = field as { readonly unreadable?: true };
    const comparison = new Comparison((left, right) => isSame(field.property, left, right));
    kept[field.name] = unreadable && now === null ? before : comparison.kept(field.shape, before, now);
  }
  for (const name of shape.own) kept[name] = live[name] ?? prior[name] ?? null;
  return hasSameValues(prior, kept) ? prior : kept;
}

function hasSameValues(prior: TerraformObject, kept: TerraformObject): boolean {
  const names = Object.keys(kept);
  return names.length === Object.keys(prior).length && names.every((name) => kept[name] === prior[name]);
}

class Comparison {
  constructor(private readonly isSameSecret: (prior: string, live: string) => boolean) {}

  /** Of what is not the same as a whole, the parts that are. */
  kept(shape: Shape, prior: TerraformValue, live: TerraformValue): TerraformValue {
    if (this.isSame(shape, prior, live)) return prior;
    if (prior === null || live === null || typeof prior !== "object" || typeof live !== "object") return live;
    switch (shape.type) {
      case "list":
        return itemsOf(live).map((item, index) => this.kept(shape.item, itemsOf(prior)[index] ?? null, item));
      case "set":
        return itemsOf(live).map(
          (item) => itemsOf(prior).find((candidate) => this.isSame(shape.item, candidate, item)) ?? item,
        );
      case "map":
        return mapped(fieldsIn(live), (item, key) =>
          this.kept(shape.value, fieldsIn(prior)[key] ?? null, item),
        );
      case "object":
        return this.keptFields(shape.fields, fieldsIn(prior), fieldsIn(live));
      default:
        return live;
    }
  }

  private keptFields(
    fields: readonly Field[],
    prior: TerraformObject,
    live: TerraformObject,
  ): TerraformObject {
    return Object.fromEntries(
      fields.map(({ name, shape }) => [name, this.kept(shape, prior[name] ?? null, live[name] ?? null)]),
    );
  }

  private isSame(shape: Shape, prior: TerraformValue, live: TerraformValue): boolean {
    if (prior === live || (isBlank(shape, prior) && isBlank(shape, live))) return true;
    if (shape.type === "number" || shape.type === "choice") return isSameNumber(prior, live);
    if (typeof prior === "string" && typeof live === "string") return this.isSameText(prior, live);
    if (typeof prior !== "object" || typeof live !== "object" || prior === null || live === null)
      return false;
    switch (shape.type) {
      case "texts":
        return this.isSameList({ type: "text" }, itemsOf(prior), itemsOf(live));
      case "list":
        return this.isSameList(shape.item, itemsOf(prior), itemsOf(live));
      case "set":
        return this.isSameSet(shape.item, itemsOf(prior), itemsOf(live));
      case "map":
        return this.isSameMap(shape.value, fieldsIn(prior), fieldsIn(live));
      case "object":
        return shape.fields.every(({ name, shape: inner }) =>
          this.isSame(inner, fieldsIn(prior)[name] ?? null, fieldsIn(live)[name] ?? null),
        );
      default:
        return sameValue(prior, live);
    }
  }

  private isSameText(prior: string, live: string): boolean {
    return holdsSecretMarker(prior) && this.isSameSecret(prior, live);
  }

  private isSameList(
    shape: Shape,
    prior: readonly TerraformValue[],
    live: readonly TerraformValue[],
  ): boolean {
    return (
      prior.length === live.length &&
      prior.every((item, index) => this.isSame(shape, item, live[index] ?? null))
    );
  }

  private isSameSet(
    shape: Shape,
    prior: readonly TerraformValue[],
    live: readonly TerraformValue[],
  ): boolean {
    if (prior.length !== live.length) return false;
    const left = [...live];
    return prior.every((item) => {
      const place = left.findIndex((candidate) => this.isSame(shape, item, candidate));
      if (place !== -1) left.splice(place, 1);
      return place !== -1;
    });
  }

  private isSameMap(shape: Shape, prior: TerraformObject, live: TerraformObject): boolean {
    const keys = new Set([...Object.keys(prior), ...Object.keys(live)]);
    return [...keys].every((key) => this.isSame(shape, prior[key] ?? null, live[key] ?? null));
  }
}

/** Whether both are one number, as text or not: `0.50` is 0.5. */
function isSameNumber(prior: TerraformValue, live: TerraformValue): boolean {
  const isOne = (value: TerraformValue) =>
    typeof value === "number" || (typeof value === "string" && isNumber(value));
  return isOne(prior) && isOne(live) && Number(prior) === Number(live);
}

/** Whether the platform means the same by a value as by none: plans leave out objects that say nothing. */
function isBlank(shape: Shape, value: TerraformValue): boolean {
  if (shape.type === "object" && typeof value === "object" && value !== null) {
    return Object.values(value).every((item) => item === null);
  }
  return isEmpty(value);
}

function itemsOf(value: TerraformValue): readonly TerraformValue[] {
  return Array.isArray(value) ? (value as readonly TerraformValue[]) : [];
}

function fieldsIn(value: TerraformValue): TerraformObject {
  return value as TerraformObject;
}

function mapped(
  object: TerraformObject,
  map: (item: TerraformValue, key: string) => TerraformValue,
): TerraformObject {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, map(item, key)]));
}
