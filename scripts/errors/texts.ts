import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const OPEN = "\u0001";
const CLOSE = "\u0002";
const UNNAMED = "…";

/**
 * The texts that an expression can have, with a mark for each part that is only known when it runs. Both sides of a choice are
 * texts; constants of the same file, and what its functions are called with, are looked up there.
 */
export function textsOf(expression: ts.Expression | undefined): readonly string[] {
  if (!expression) return [];
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
  if (ts.isTemplateExpression(expression)) return templateTexts(expression);
  if (ts.isConditionalExpression(expression)) {
    return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const ends = textsOf(expression.right);
    return textsOf(expression.left).flatMap((begin) => ends.map((end) => begin + end));
  }
  return ts.isIdentifier(expression) ? namedTexts(expression) : [];
}

/** The texts of a whole sentence: one that is worked out elsewhere is named as well. */
export function sentencesOf(expression: ts.Expression | undefined): readonly string[] {
  return expression && ts.isCallExpression(expression) ? spanTexts(expression) : textsOf(expression);
}

/** Two of them side by side are one to the reader. */
const adjacent = new RegExp(`(${OPEN}[^${CLOSE}]*${CLOSE})(${OPEN}[^${CLOSE}]*${CLOSE})+`, "g");

/** As Markdown: what is only known when it runs is in italics, or in angle brackets inside code. */
export function toMarkdown(text: string): string {
  return text
    .replaceAll(adjacent, `$1`)
    .replaceAll(/\s+/g, " ")
    .trim()
    .split("`")
    .map((part, index) => (index % 2 === 0 ? plain(part) : part.replaceAll(OPEN, "<").replaceAll(CLOSE, ">")))
    .join("`");
}

function plain(text: string): string {
  return text
    .replaceAll(/[*_<[\]]/g, "\\$&")
    .replaceAll(OPEN, "*")
    .replaceAll(new RegExp(`${CLOSE}(?=[A-Za-z])`, "g"), "* ")
    .replaceAll(CLOSE, "*");
}

function templateTexts({ head, templateSpans }: ts.TemplateExpression): readonly string[] {
  return templateSpans.reduce<readonly string[]>(
    (begun, { expression, literal }) =>
      begun.flatMap((text) => spanTexts(expression).map((span) => text + span + literal.text)),
    [head.text],
  );
}

/** A choice is spelt out, and so is a constant; everything else is named. */
function spanTexts(expression: ts.Expression): readonly string[] {
  const isConstant = ts.isIdentifier(expression) && /^[A-Z_]+$/.test(expression.text);
  if (isConstant || ts.isConditionalExpression(expression)) {
    const found = textsOf(expression);
    if (found.length > 0) return found;
  }
  return [`${OPEN}${words(expression)}${CLOSE}`];
}

/** What a reader would call the value of an expression: the last name in it. */
function words(expression: ts.Expression): string {
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) {
    return words(expression.expression);
  }
  if (ts.isIdentifier(expression)) return split(expression.text);
  if (ts.isPropertyAccessExpression(expression)) return split(expression.name.text);
  if (ts.isElementAccessExpression(expression)) return words(expression.expression);
  if (ts.isBinaryExpression(expression)) return words(expression.left);
  if (ts.isCallExpression(expression)) {
    const { expression: called, arguments: given } = expression;
    const [first] = given;
    const isMethodOfText = !first || ts.isLiteralExpression(first) || isCollectionMethod(called);
    if (isMethodOfText && ts.isPropertyAccessExpression(called)) return words(called.expression);
    return words(first ?? called);
  }
  return UNNAMED;
}

function isCollectionMethod(called: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(called) && ["filter", "join", "map"].includes(called.name.text);
}

function split(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

function namedTexts(name: ts.Identifier): readonly string[] {
  const own = constantTexts(name.getSourceFile(), name.text);
  if (own.length > 0) return own;
  const given = givenTexts(name);
  return given.length > 0 ? given : importedTexts(name);
}

function constantTexts(file: ts.SourceFile, name: string): readonly string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name)
      found.push(...textsOf(node.initializer));
  });
  return found;
}

/** A constant of another file of lib/. */
function importedTexts(name: ts.Identifier): readonly string[] {
  const file = name.getSourceFile();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    const isIt =
      bindings && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === name.text);
    if (!isIt) continue;
    const from = `${path.resolve(path.dirname(file.fileName), statement.moduleSpecifier.text)}.ts`;
    return fs.existsSync(from) ? constantTexts(sourceFile(from), name.text) : [];
  }
  return [];
}

export function sourceFile(file: string): ts.SourceFile {
  return ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

/** What the function around is called with, where the name is one of its parameters. */
function givenTexts(name: ts.Identifier): readonly string[] {
  for (let around: ts.Node = name; around.parent; around = around.parent) {
    if (!ts.isFunctionLike(around)) continue;
    if (around.parameters.some((parameter) => takesApart(parameter, name.text))) return memberTexts(name);
    const index = around.parameters.findIndex((parameter) => parameter.name.getText() === name.text);
    const own = nameOf(around);
    if (index === -1 || own === undefined) continue;
    const found: string[] = [];
    visit(name.getSourceFile(), (node) => {
      if (!ts.isCallExpression(node)) return;
      const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      if (called.getText() === own) found.push(...textsOf(node.arguments[index]));
    });
    return found;
  }
  return [];
}

function nameOf(called: ts.SignatureDeclaration): string | undefined {
  const { parent } = called;
  return called.name?.getText() ?? (ts.isVariableDeclaration(parent) ? parent.name.getText() : undefined);
}

function takesApart({ name }: ts.ParameterDeclaration, part: string): boolean {
  return ts.isObjectBindingPattern(name) && name.elements.some((element) => element.name.getText() === part);
}

/** What the objects of the file have as the member of this name. */
function memberTexts(name: ts.Identifier): readonly string[] {
  const found: string[] = [];
  visit(name.getSourceFile(), (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === name.text)
      found.push(...textsOf(node.initializer));
  });
  return found;
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}
