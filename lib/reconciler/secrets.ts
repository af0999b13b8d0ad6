import { ScfError } from "../model/error";
import type { Value } from "../model/value";
import type { Fingerprints } from "./fingerprint";

/** Shorter values stand in too many innocent words to be taken out of a sentence. */
const SHORTEST_SCRUBBED = 4;

/** Reads secrets and remembers which were read, so that none of them leaves this process in a sentence or a file. */
export class Secrets {
  private readonly known = new Set<string>();
  private longestFirst: readonly string[] | undefined;

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  /** @throws ScfError `SECRET_MISSING` */
  read(name: string, usedBy: string): string {
    const value = this.environment[name];
    if (value === undefined) {
      throw new ScfError(
        "SECRET_MISSING",
        `${usedBy} needs a secret from the environment variable ${name}, which is not set.`,
        { fix: `Set ${name} and run the command again.` },
      );
    }
    if (value.length >= SHORTEST_SCRUBBED && !this.known.has(value)) {
      this.known.add(value);
      this.longestFirst = undefined;
    }
    return value;
  }

  /** The text without any secret that was read, also where it stands in it as JSON or in a URL. */
  scrub(text: string): string {
    let result = text;
    for (const form of this.forms()) {
      if (result.includes(form)) result = result.split(form).join("•••");
    }
    return result;
  }

  /** The value with a fingerprint for every text that holds a secret. */
  conceal(value: Value, fingerprints: Fingerprints): Value {
    if (this.known.size === 0) return value;
    if (typeof value === "string") return this.holdsSecret(value) ? fingerprints.of(value) : value;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Value) => this.conceal(item, fingerprints));
    return Object.fromEntries(
      Object.entries(value as { readonly [key: string]: Value }).map(([key, item]) => [
        key,
        this.conceal(item, fingerprints),
      ]),
    );
  }

  private holdsSecret(text: string): boolean {
    return this.forms().some((form) => text.includes(form));
  }

  private forms(): readonly string[] {
    if (this.longestFirst === undefined) {
      const forms = new Set<string>();
      for (const value of this.known) {
        forms.add(value);
        forms.add(JSON.stringify(value).slice(1, -1));
        forms.add(encodeURIComponent(value));
      }
      this.longestFirst = [...forms].sort((left, right) => right.length - left.length);
    }
    return this.longestFirst;
  }
}
