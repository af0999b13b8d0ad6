import * as path from "node:path";
import * as ts from "typescript";
import { library, root } from "../library";

/** One action of the platform, `scf CreateFunction`. */
export interface Call {
  readonly service: string;
  readonly action: string;
}

const kindsFolder = path.join(root, "lib", "kinds") + path.sep;

/**
 * The actions that a kind's code can reach: its own file, and the functions of other files that it names. A service or action
 * that is no literal is known by its type.
 */
export function callsOf(kind: string): readonly Call[] {
  const { checker } = library();
  const calls = new Map<string, Call>();
  const visited = new Set<ts.Node>();
  visit(kindFile(kind));
  return [...calls.values()].sort((a, b) => compare(a.service, b.service) || compare(a.action, b.action));

  function visit(node: ts.Node): void {
    if (visited.has(node)) return;
    visited.add(node);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [service, action] = node.arguments;
      if (node.expression.name.text === "call" && service && action) record(service, action);
    }
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

  function follow(name: ts.Identifier): void {
    const symbol = checker.getSymbolAtLocation(name);
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return;
    for (const declaration of checker.getAliasedSymbol(symbol).declarations ?? []) {
      const isFunction = ts.isFunctionDeclaration(declaration);
      if (isFunction && declaration.getSourceFile().fileName.startsWith(kindsFolder)) visit(declaration);
    }
  }
}

/** The file that `kinds` takes a kind from. */
function kindFile(kind: string): ts.SourceFile {
  const { checker, source } = library();
  const index = source("kinds/index.ts");
  let found: ts.SourceFile | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === kind) {
      const symbol = checker.getSymbolAtLocation(node.initializer);
      const declaration = symbol && checker.getAliasedSymbol(symbol).valueDeclaration;
      found = declaration?.getSourceFile();
    }
    ts.forEachChild(node, visit);
  };
  visit(index);
  if (!found) throw new Error(`lib/kinds/index.ts does not name ${kind}`);
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
