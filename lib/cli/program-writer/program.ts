import type { ImportRequest } from "../../reconciler/import";
import { print, type Expression } from "./expression";
import { Names, variableNames } from "./names";

/** One statement of a program, perhaps with the variable that others know its value by. */
interface Statement {
  readonly variable: Variable | undefined;
  readonly value: Expression;
  readonly comment: readonly string[];
  /** Statements of one section stand together. */
  readonly section: string;
}

/** A variable that is written down only when somebody uses it. */
export class Variable {
  isUsed = false;

  constructor(private readonly name: string) {}

  /** The name, from now on used. */
  get use(): string {
    this.isUsed = true;
    return this.name;
  }
}

/** A program in the making: its statements, the objects that its constructs stand for, and what it leaves out. */
export class Program {
  readonly imports: ImportRequest[] = [];
  readonly leftOut: string[] = [];
  readonly warnings: string[] = [];
  /** Names of the environment variables that the program reads. */
  readonly environment: string[] = [];
  private readonly statements: Statement[] = [];
  private readonly variables = variableNames();
  private readonly scopes = new Map<string, Names>();

  constructor(readonly stack: string) {}

  variable(...candidates: readonly [string, ...string[]]): Variable {
    return new Variable(this.variables.take(...candidates));
  }

  /**
   * An id that no other construct of the scope has.
   *
   * @param scope address of the construct around it
   * @param taken ids that the construct makes by itself
   */
  id(scope: string, taken: readonly string[], ...candidates: readonly [string, ...string[]]): string {
    let names = this.scopes.get(scope);
    if (!names) this.scopes.set(scope, (names = new Names(["Resource", ...taken])));
    return names.take(...candidates);
  }

  add(
    section: string,
    value: Expression,
    options: { variable?: Variable; comment?: readonly string[] } = {},
  ): void {
    const { variable, comment = [] } = options;
    this.statements.push({ section, value, variable, comment });
  }

  stands(address: string, id: string): void {
    this.imports.push({ address, id });
  }

  /** The statements as text. */
  body(): string {
    const sections = new Map<string, string[]>();
    for (const statement of this.statements) {
      const lines = sections.get(statement.section) ?? [];
      sections.set(statement.section, lines);
      lines.push(textOf(statement));
    }
    return [...sections].map(([title, lines]) => `// ${title}\n\n${spaced(lines)}`).join("\n\n");
  }
}

function textOf({ variable, value, comment }: Statement): string {
  const start = variable?.isUsed ? `const ${variable.use} = ` : "";
  const code = start + print(value, 0, start.length);
  return [...comment.flatMap(commentLines), `${code};`].join("\n");
}

const COMMENT_WIDTH = 80;

/** A comment in lines of a bearable length. Whatever a name contains, it ends with the line. */
export function commentLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COMMENT_WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`// ${word}`);
  }
  return lines;
}

/** Statements of one line stand close together. */
function spaced(statements: readonly string[]): string {
  return statements
    .map((statement, index) => {
      const next = statements[index + 1];
      if (next === undefined) return statement;
      return statement.includes("\n") || next.includes("\n") ? `${statement}\n` : statement;
    })
    .join("\n");
}
