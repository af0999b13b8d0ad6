/** What a value is called that is not there. */
export const MISSING = "missing";

/** What stands in a plan for something of another kind than a property takes; TYPE says so, and such a plan is never written. */
export interface Misfit {
  readonly misfit: {
    readonly expected: string;
    readonly actual: string;
    readonly fix: string;
    /** What programs call the property, where the plan has another name for it. */
    readonly name?: string;
  };
}

/**
 * Programs in plain JavaScript may give anything where a construct takes a class of ours.
 *
 * @param expected what the property takes: `a Duration`
 * @param fix what to write instead: `use Duration.seconds(30)`
 * @param name what programs call the property, where the plan has another name for it
 */
export function misfit(expected: string, value: unknown, fix: string, name?: string): Misfit {
  const actual = value === undefined ? MISSING : kindOf(value);
  return { misfit: { expected, actual, fix, ...(name === undefined ? {} : { name }) } };
}

export function isMisfit(value: unknown): value is Misfit {
  const given = (value as { readonly misfit?: { readonly fix?: unknown } } | undefined)?.misfit;
  return typeof given === "object" && given !== null && typeof given.fix === "string";
}

/** A value for a message. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${JSON.stringify(value.slice(0, 80))}`;
    case "number":
      return `the number ${value}`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object": {
      const name = value.constructor?.name;
      return name === undefined || name === "Object" ? "an object" : `a ${name}`;
    }
    default:
      return `a ${typeof value}`;
  }
}
