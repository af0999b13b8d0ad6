import { createHmac } from "crypto";
import { canonicalJson, type Value } from "../model/value";

/** Stands for a secret wherever something is recorded or shown: equal secrets of one state have equal fingerprints. */
export interface Fingerprint {
  readonly $fingerprint: string;
}

export function isFingerprint(value: unknown): value is Fingerprint {
  return typeof value === "object" && value !== null && "$fingerprint" in value;
}

/** Whether any part of a recorded value is a fingerprint. */
export function hasFingerprint(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isFingerprint(value)) return true;
  return (Array.isArray(value) ? value : Object.values(value)).some((item) => hasFingerprint(item as Value));
}

/** The value with every fingerprint made the same, to see whether two values differ in more than their secrets. */
export function maskFingerprints(value: Value | undefined): Value | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (isFingerprint(value)) return { $fingerprint: "" };
  if (Array.isArray(value)) return value.map((item: Value) => maskFingerprints(item) as Value);
  return mapEntries(value as { readonly [key: string]: Value }, (item) => maskFingerprints(item));
}

/** Makes the fingerprints of one state. The salt keeps equal secrets of two states apart. */
export class Fingerprints {
  private readonly made = new Map<string, Value>();

  constructor(private readonly salt: string) {}

  of(text: string): Value {
    let fingerprint = this.made.get(text);
    if (fingerprint === undefined) {
      fingerprint = {
        $fingerprint: createHmac("sha256", this.salt).update(text, "utf8").digest("hex").slice(0, 40),
      };
      this.made.set(text, fingerprint);
    }
    return fingerprint;
  }

  /** Every leaf as a fingerprint; keys stay, so that the two sides of a comparison keep their shape. */
  conceal(value: Value | undefined): Value | undefined {
    if (isBlank(value) || isFingerprint(value)) return value;
    if (typeof value !== "object" || value === null) return this.of(textOf(value as Value));
    if (Array.isArray(value)) return value.map((item: Value) => this.conceal(item) as Value);
    return mapEntries(value as { readonly [key: string]: Value }, (item) => this.conceal(item));
  }

  /** Concealed where, and only where, the recorded value is a fingerprint: makes a live value comparable with it. */
  concealLike(recorded: Value | undefined, live: Value | undefined): Value | undefined {
    if (typeof recorded !== "object" || recorded === null || isBlank(live)) return live;
    if (isFingerprint(recorded)) return this.of(textOf(live as Value));
    if (typeof live !== "object" || live === null) return live;
    if (Array.isArray(live)) {
      return live.map(
        (item: Value, index) => this.concealLike((recorded as readonly Value[])[index], item) as Value,
      );
    }
    const template = recorded as { readonly [key: string]: Value };
    return mapEntries(live as { readonly [key: string]: Value }, (item, key) =>
      this.concealLike(template[key], item),
    );
  }
}

/** What says nothing needs no fingerprint, and has to stay comparable with a value that is not there. */
function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "";
}

function textOf(value: Value): string {
  return typeof value === "string" ? value : canonicalJson(value);
}

function mapEntries(
  value: { readonly [key: string]: Value },
  map: (item: Value, key: string) => Value | undefined,
): Value {
  const result: Record<string, Value> = {};
  for (const key of Object.keys(value)) {
    const item = map(value[key] as Value, key);
    if (item !== undefined) result[key] = item;
  }
  return result;
}
