import type { Plan } from "../model/plan";
import { eachSymbolic, isSecretReference, type Value } from "../model/value";

const HIDDEN = "•••";

/** Shorter texts stand in too many innocent words: they are hidden only where they are a whole value. */
const SHORTEST_PART = 4;

/** Knows the secrets of what was deployed, and takes them out of what tests see. */
export class Redaction {
  private readonly whole = new Set<string>();
  private parts: readonly string[] = [];

  add(secret: string): void {
    this.whole.add(secret);
    if (secret.length < SHORTEST_PART) return;
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    this.parts = [...new Set([...this.parts, ...forms])].sort((left, right) => right.length - left.length);
  }

  /** A copy of the value without any secret, as it would come out of JSON. */
  of<T>(value: T): T {
    return value === undefined ? value : (this.hide(JSON.parse(JSON.stringify(value))) as T);
  }

  text(text: string): string {
    if (this.whole.has(text)) return HIDDEN;
    return this.parts.reduce((result, part) => result.split(part).join(HIDDEN), text);
  }

  private hide(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.hide(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.hide(item)]));
  }
}

/** The environment variables that the secrets of a plan come from, with an address that needs each. */
export function secretsOf(plan: Plan): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  const note = (value: Value, address: string): void =>
    eachSymbolic(value, (symbolic) => {
      if (!isSecretReference(symbolic)) return;
      const { environment } = symbolic.$secret;
      if (!needed.has(environment)) needed.set(environment, address);
    });
  for (const { address, properties } of plan.resources) note(properties, address);
  for (const [name, { value }] of Object.entries(plan.outputs)) note(value, `${plan.stack} (output ${name})`);
  return needed;
}
