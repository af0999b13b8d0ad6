/** A piece of TypeScript, before it is known how it is broken into lines. */
export type Expression =
  | string
  | { readonly fields: readonly (readonly [name: string, value: Expression])[]; readonly open?: boolean }
  | { readonly items: readonly Expression[] }
  | { readonly call: string; readonly arguments: readonly Expression[] };

/** Where lines end, as Prettier has it without a configuration. */
const WIDTH = 80;

/** A text, a number or any other plain value. */
export function literal(value: unknown): Expression {
  if (Array.isArray(value)) return { items: value.map(literal) };
  if (typeof value === "object" && value !== null) {
    return object(Object.fromEntries(Object.entries(value).map(([name, item]) => [name, literal(item)])));
  }
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** In the quotes that need fewer escapes. */
function quoted(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string): number => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  const inner = double.slice(1, -1).replace(/\\(.)|'/g, (part, escaped?: string) => {
    if (escaped === '"') return '"';
    return escaped === undefined ? "\\'" : part;
  });
  return `'${inner}'`;
}

/** An object of the fields that have a value. */
export function object(
  fields: Readonly<Record<string, Expression | undefined>>,
  { open = false } = {},
): Expression {
  return {
    fields: Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
    open,
  };
}

export function call(name: string, ...given: readonly Expression[]): Expression {
  return { call: name, arguments: given };
}

/** Text of an expression whose first line begins at `column`. Behind its last comes a comma or the like. */
export function print(expression: Expression, indent: number, column: number): string {
  const flat = onOneLine(expression);
  if (flat !== undefined && column + flat.length + ",".length <= WIDTH) return flat;
  return broken(expression, indent, column) ?? onOneLine(expression) ?? "";
}

function onOneLine(expression: Expression): string | undefined {
  if (typeof expression === "string") return expression;
  if ("fields" in expression) {
    if (expression.fields.length === 0) return "{}";
    if (expression.open) return undefined;
    const fields = expression.fields.map(([name, value]) => joined(start(name, value), onOneLine(value)));
    return fields.includes(undefined) ? undefined : `{ ${fields.join(", ")} }`;
  }
  const items = ("items" in expression ? expression.items : expression.arguments).map(onOneLine);
  if (items.includes(undefined)) return undefined;
  return "items" in expression ? `[${items.join(", ")}]` : `${expression.call}(${items.join(", ")})`;
}

function broken(expression: Expression, indent: number, column: number): string | undefined {
  const inner = " ".repeat(indent + 2);
  const end = " ".repeat(indent);
  if (typeof expression === "string") return undefined;
  if ("fields" in expression) {
    const lines = expression.fields.map(([name, value]) => {
      const head = inner + start(name, value);
      return `${head}${print(value, indent + 2, head.length)},\n`;
    });
    return `{\n${lines.join("")}${end}}`;
  }
  if ("items" in expression) {
    if (expression.items.length === 0) return undefined;
    const [only, ...others] = expression.items;
    // Objects in a list each begin where the list does.
    if (only !== undefined && others.length === 0 && typeof only === "object" && "items" in only) {
      return `[${print(only, indent, column + 1)}]`;
    }
    return `[\n${everyLine(expression.items, indent)}${end}]`;
  }
  const last = expression.arguments.at(-1);
  if (last === undefined) return undefined;
  const before = expression.arguments.slice(0, -1).map(onOneLine);
  const isOpen = typeof last === "object" && !("call" in last);
  const head = `${expression.call}(${before.map((text) => `${text ?? ""}, `).join("")}`;
  if (isOpen && !before.includes(undefined) && column + head.length + 1 <= WIDTH) {
    return `${head}${broken(last, indent, column + head.length) ?? onOneLine(last) ?? ""})`;
  }
  return `${expression.call}(\n${everyLine(expression.arguments, indent)}${end})`;
}

function everyLine(items: readonly Expression[], indent: number): string {
  const inner = " ".repeat(indent + 2);
  return items.map((item) => `${inner}${print(item, indent + 2, indent + 2)},\n`).join("");
}

function joined(start: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : start + text;
}

/** What stands before a value: nothing where both have the same name. */
function start(name: string, value: Expression): string {
  return value === name ? "" : `${key(name)}: `;
}

function key(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
}
