import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

export interface WrongProgramSource {
  readonly rule: string;
  readonly refused?: string;
  /** What the program declares, as it is written. */
  readonly text: string;
}

const file = path.join(__dirname, "..", "constructs", "wrong-programs.ts");
let sources: ReadonlyMap<string, WrongProgramSource> | undefined;

/** The wrong programs as they are written, the first one of each rule. Read, not run: they are shown in the rules' pages. */
export function wrongProgramSources(): ReadonlyMap<string, WrongProgramSource> {
  sources ??= read();
  return sources;
}

function read(): Map<string, WrongProgramSource> {
  const found = new Map<string, WrongProgramSource>();
  const tree = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    const program = ts.isObjectLiteralExpression(node) ? programOf(node, tree) : undefined;
    if (!program) ts.forEachChild(node, visit);
    else if (!found.has(program.rule)) found.set(program.rule, program);
  };
  visit(tree);
  return found;
}

function programOf(literal: ts.ObjectLiteralExpression, tree: ts.SourceFile): WrongProgramSource | undefined {
  const members = new Map(literal.properties.map((member) => [member.name?.getText(tree), member]));
  const rule = textOf(members.get("rule"));
  const body = bodyOf(members.get("declare"));
  if (rule === undefined || !body) return undefined;
  const refused = textOf(members.get("refused"));
  const text = outdented(body.getText(tree).slice(1, -1)).replace(
    `// here ${rule}`,
    "// the finding points here",
  );
  return { rule, text, ...(refused === undefined ? {} : { refused }) };
}

function bodyOf(member: ts.ObjectLiteralElementLike | undefined): ts.Block | undefined {
  const declare = member && ts.isPropertyAssignment(member) ? member.initializer : member;
  if (!declare || !(ts.isMethodDeclaration(declare) || ts.isArrowFunction(declare))) return undefined;
  return declare.body && ts.isBlock(declare.body) ? declare.body : undefined;
}

function textOf(member: ts.ObjectLiteralElementLike | undefined): string | undefined {
  return member && ts.isPropertyAssignment(member) && ts.isStringLiteral(member.initializer)
    ? member.initializer.text
    : undefined;
}

function outdented(text: string): string {
  const lines = text
    .split("\n")
    .filter((line, index, all) => line.trim() !== "" || (index > 0 && index < all.length - 1));
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}
