const RESERVED = new Set(
  (
    "abstract any app arguments as async await boolean break case catch class const constructor continue debugger declare " +
    "default delete do else enum eval export extends false finally for from function get if implements import in instanceof " +
    "interface let module namespace never new null number object of package private protected public require return scf set " +
    "stack static string super switch symbol this throw true try type undefined unique unknown var void while with yield App " +
    "TerraformStack"
  ).split(" "),
);

/** Names that are given out once each. */
export class Names {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  /** The first of the candidates that is free, or the last of them with a number. */
  take(...candidates: readonly [string, ...string[]]): string {
    const last = candidates.at(-1) as string;
    let free = candidates.find((candidate) => !this.taken.has(candidate));
    for (let number = 2; free === undefined; number++) {
      if (!this.taken.has(`${last}${number}`)) free = `${last}${number}`;
    }
    this.taken.add(free);
    return free;
  }
}

/** Names for variables; none is a word of the language. */
export function variableNames(): Names {
  return new Names(RESERVED);
}

/** `pay-orders` as a variable: `payOrders`. */
export function camelCase(text: string, fallback: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return /^[A-Za-z]/.test(joined) ? joined : `${fallback}${joined}`;
}

/** A name as the id of a construct: ids are parts of paths. */
export function idOf(text: string, fallback: string): string {
  const id = text.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  return id === "" ? fallback : id;
}

/** A name as an environment variable: `ORDERS_API_KEY`. */
export function constantCase(text: string): string {
  const name = text.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `APIKeys` as `apiKeys`. */
function lowerFirst(word: string): string {
  const start = /^[A-Z]+(?![a-z])/.exec(word)?.[0] ?? word.charAt(0);
  return start.toLowerCase() + word.slice(start.length);
}
