import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { root } from "../library";
import { sentencesOf, sourceFile, textsOf, visit } from "./texts";

/** One place in lib/ that makes an ScfError. */
export interface ThrownError {
  readonly code: string;
  /** Below lib/, with slashes. */
  readonly file: string;
  readonly messages: readonly string[];
  readonly fixes: readonly string[];
}

/** Every error that the library makes itself, by file. One that is passed on is found where it was made. */
export function thrownErrors(): readonly ThrownError[] {
  const lib = path.join(root, "lib");
  return fs
    .readdirSync(lib, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => errorsOf(path.join(lib, file), file.replaceAll(path.sep, "/")));
}

function errorsOf(file: string, name: string): readonly ThrownError[] {
  const found: ThrownError[] = [];
  visit(sourceFile(file), (node) => {
    const given = givenToError(node);
    if (!given) return;
    const [code, message, options] = given;
    for (const text of textsOf(code)) {
      found.push({ code: text, file: name, messages: sentencesOf(message), fixes: fixesOf(options) });
    }
  });
  return found;
}

function givenToError(node: ts.Node): readonly ts.Expression[] | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "ScfError") return node.arguments ?? [];
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return undefined;
  for (let around: ts.Node = node; around.parent; around = around.parent) {
    if (!ts.isClassLike(around)) continue;
    const isError = around.heritageClauses?.some(({ types }) =>
      types.some((type) => type.getText() === "ScfError"),
    );
    return isError ? node.arguments : undefined;
  }
  return undefined;
}

function fixesOf(options: ts.Expression | undefined): readonly string[] {
  const fixes: string[] = [];
  if (!options) return fixes;
  visit(options, (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "fix")
      fixes.push(...textsOf(node.initializer));
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === "fix") fixes.push(...textsOf(node.name));
  });
  return fixes.filter((fix) => fix !== "");
}
