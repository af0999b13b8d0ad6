import type { Properties, Value } from "../../model/value";
import { isFingerprint, type Fingerprints } from "../../reconciler";
import { clearText } from "../schema/secret-text";
import { resolved, type Lookup } from "./resolution";

/** What could not be taken over of a resource's recorded values. */
export interface Undisclosed {
  /** Secrets whose values nobody can compare, for the environment has none of them. */
  readonly missing: Set<string>;
  /** Properties that hold something which the program says differently now, or not at all. */
  readonly changed: Set<string>;
}

/** Finds out what fingerprints of a state stand for: what the program says, where it has the same fingerprint. */
export class Disclosure {
  constructor(
    private readonly fingerprints: Fingerprints,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly lookup: Lookup,
  ) {}

  /**
   * Recorded properties without any fingerprint: secrets are named.
   *
   * @param planned what the program says of the resource
   */
  properties(recorded: Properties, planned: Properties, undisclosed: Undisclosed): Properties {
    const found: Record<string, Value> = {};
    for (const [name, value] of Object.entries(recorded)) {
      const changed = (): void => void undisclosed.changed.add(name);
      const taken = this.value(value, planned[name], { missing: undisclosed.missing, changed });
      if (taken !== undefined) found[name] = taken;
    }
    return found;
  }

  private value(recorded: Value, planned: Value | undefined, told: Told): Value | undefined {
    if (typeof recorded !== "object" || recorded === null) return recorded;
    if (isFingerprint(recorded)) return this.leaf(recorded, planned, told);
    const said = resolved(planned, this.lookup) ?? planned;
    if (Array.isArray(recorded)) {
      const items = recorded.map((item: Value, index) => this.value(item, childOf(said, index), told));
      return items.filter((item) => item !== undefined);
    }
    const entries = Object.entries(recorded as Properties).flatMap(([key, item]): [string, Value][] => {
      const taken = this.value(item, childOf(said, key), told);
      return taken === undefined ? [] : [[key, taken]];
    });
    return Object.fromEntries(entries);
  }

  private leaf(recorded: Value, planned: Value | undefined, told: Told): Value | undefined {
    const said = resolved(planned, this.lookup);
    if (said !== undefined && said !== null && !isFingerprint(said)) {
      const read = clearText(said, this.environment);
      if ("missing" in read) {
        told.missing.add(read.missing);
        return said;
      }
      if (isSame(this.fingerprints.of(read.text), recorded)) return said;
    }
    told.changed();
    return undefined;
  }
}

interface Told {
  readonly missing: Set<string>;
  readonly changed: () => void;
}

function isSame(left: Value, right: Value): boolean {
  return isFingerprint(left) && isFingerprint(right) && left.$fingerprint === right.$fingerprint;
}

function childOf(value: Value | undefined, key: string | number): Value | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as { readonly [key: string]: Value })[key];
}
