import * as path from "node:path";
import * as ts from "typescript";
import { library, root } from "../library";

/** One action of the platform, `scf CreateFunction`. */
export interface Call {
  readonly service: string;
  readonly action: string;
}

const kindsFolder = path.join(root, "lib", "kinds") + path.sep;

/** What a kind calls: to read and write its resource, and beyond that to import one. */
export interface KindCalls {
  readonly deploy: readonly Call[];
  readonly import: readonly Call[];
}

/**
 * The actions that a kind's code can reach: its own object, and the functions and tables of the kinds' folder that it names. A
 * service or action that is no literal is known by its type.
 */
export function callsOf(kind: string): KindCalls {
  const members = kindObject(kind).properties;
  const isImport = (member: ts.ObjectLiteralElementLike) => member.name?.getText() === "import";
  const deploy = reachedFrom(
    kind,
    members.filter((member) => !isImport(member)),
  );
  const known = new Set(deploy.map(text));
  const imports = reachedFrom(kind, members.filter(isImport)).filter((call) => !known.has(text(call)));
  return { deploy, import: imports };
}

function text({ service, action }: Call): string {
  return `${service} ${action}`;
}

function reachedFrom(kind: string, nodes: readonly ts.Node[]): readonly Call[] {
  const { checker } = library();
  const calls = new Map<string, Call>();
  const visited = new Set<ts.Node>();
  for (const node of nodes) visit(node);
  return [...calls.values()].sort((a, b) => compare(a.service, b.service) || compare(a.action, b.action));

  function visit(node: ts.Node): void {
    if (visited.has(node)) return;
    visited.add(node);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [service, action] = node.arguments;
      if (node.expression.name.text === "call" && service && action) record(service, action);
    }
    if (ts.isPropertyAccessExpression(node)) followMember(node);
    if (ts.isIdentifier(node)) follow(node);
    ts.forEachChild(node, visit);
  }

  function record(service: ts.Expression, action: ts.Expression): void {
    for (const serviceName of texts(service)) {
      for (const actionName of texts(action)) {
        calls.set(`${serviceName} ${actionName}`, { service: serviceName, action: actionName });
      }
    }
  }

  function texts(expression: ts.Expression): string[] {
    const type = checker.getTypeAtLocation(expression);
    const parts = type.isUnion() ? type.types : [type];
    return parts.map((part) => {
      if (part.isStringLiteral()) return part.value;
      throw new Error(`${kind} calls an action that is not known: ${expression.getText()}`);
    });
  }

  function declarationOf(name: ts.Node): ts.Declaration | undefined {
    const symbol = checker.getSymbolAtLocation(name);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target?.declarations?.[0];
    return declaration?.getSourceFile().fileName.startsWith(kindsFolder) ? declaration : undefined;
  }

  /** A kind that names itself means one of its operations; all others are followed as a whole. */
  function follow(name: ts.Identifier): void {
    const declaration = declarationOf(name);
    if (!declaration) return;
    if (ts.isFunctionDeclaration(declaration)) visit(declaration);
    const isTable = ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
    if (isTable && !isKind(declaration)) visit(declaration);
  }

  function followMember({ expression, name }: ts.PropertyAccessExpression): void {
    const declaration = declarationOf(expression);
    if (!declaration || !ts.isVariableDeclaration(declaration) || !isKind(declaration)) return;
    const { initializer } = declaration;
    if (!initializer || !ts.isObjectLiteralExpression(initializer)) return;
    for (const member of initializer.properties) if (member.name?.getText() === name.text) visit(member);
  }
}

function isKind(declaration: ts.VariableDeclaration): boolean {
  return declaration.name.getText().endsWith("Kind");
}

/** The object that `kinds` has for a kind. */
function kindObject(kind: string): ts.ObjectLiteralExpression {
  const { checker, source } = library();
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === kind) {
      const symbol = checker.getSymbolAtLocation(node.initializer);
      const declaration = symbol && checker.getAliasedSymbol(symbol).valueDeclaration;
      if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
        found = declaration.initializer as ts.ObjectLiteralExpression;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source("kinds/index.ts"));
  if (!found) throw new Error(`lib/kinds/index.ts does not name ${kind}`);
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
