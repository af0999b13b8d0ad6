import * as ts from "typescript";
import { isOurs, library } from "../../scripts/library";
import { defaultOf } from "../../scripts/resources/defaults";

const { checker, exported } = library();

/** What the library hands out, and no program makes. */
const isResult: ReadonlySet<string> = new Set([
  "Finding",
  "FindingPlace",
  "ForeignToken",
  "Join",
  "Origin",
  "Reference",
  "SecretReference",
  "SourceLocation",
]);

interface Member {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.PropertySignature;
}

/** The properties of every exported interface that holds what programs give: those that it has itself. */
const members: readonly Member[] = [...exported].flatMap(([name, symbol]) =>
  (symbol.declarations ?? []).filter(ts.isInterfaceDeclaration).flatMap(({ members: own }) =>
    own.filter(ts.isPropertySignature).flatMap((declaration) => {
      const member = checker.getSymbolAtLocation(declaration.name);
      return member ? [{ name: `${name}.${member.name}`, symbol: member, declaration }] : [];
    }),
  ),
);

const given = members.filter(({ declaration }) => isGiven(declaration.parent as ts.InterfaceDeclaration));

test("there is something to look at", () => {
  const names = given.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["CommonFunctionProps.memory", "FunctionTarget.weight"]));
  expect(names.length).toBeGreaterThan(150);
});

test("everything optional that a program can give has a default", () => {
  const optional = given.filter(({ declaration }) => declaration.questionToken && !isNever(declaration));
  expect(optional.filter(({ symbol }) => !defaultOf(symbol)).map(({ name }) => name)).toEqual([]);
});

test("nothing that has to be given has a default", () => {
  const required = given.filter(({ declaration }) => !declaration.questionToken);
  expect(required.filter(({ symbol }) => defaultOf(symbol)).map(({ name }) => name)).toEqual([]);
});

test("everything that a program can give says what it means", () => {
  const silent = given.filter(
    ({ symbol, declaration }) =>
      symbol.getDocumentationComment(checker).length === 0 && !isNever(declaration) && !isWord(declaration),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test("every exported class and interface says what it is", () => {
  const silent = [...exported].filter(
    ([name, symbol]) =>
      symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) &&
      !/Props$|Options$|Attributes$/.test(name) &&
      symbol.getDocumentationComment(checker).length === 0,
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

test("every method that a program calls says what it does", () => {
  const silent = [...exported].flatMap(([name, symbol]) =>
    (symbol.declarations ?? []).filter(ts.isClassDeclaration).flatMap((declaration) =>
      declaration.members
        .filter((member) => ts.isMethodDeclaration(member) && isPublic(member))
        .flatMap((member) => {
          const own = member.name && checker.getSymbolAtLocation(member.name);
          const isOfObject = own?.name === "toString";
          const isSilent =
            own?.getDocumentationComment(checker).length === 0 && own.getJsDocTags().length === 0;
          return own && isSilent && !isOfObject ? [`${name}.${own.name}`] : [];
        }),
    ),
  );
  expect([...new Set(silent)]).toEqual([]);
});

test("every type in the signature of something exported is exported itself", () => {
  const names = new Set(exported.values());
  const missing = new Set<string>();
  for (const [name, symbol] of exported) {
    for (const declaration of symbol.declarations ?? []) visit(declaration, name);
  }
  expect([...missing].sort()).toEqual([]);

  function visit(node: ts.Node, user: string): void {
    if (ts.isClassElement(node) && !isPublic(node)) return;
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return;
    // Of `LayerProperties["layerName"]` people get the type of that one property.
    if (ts.isIndexedAccessTypeNode(node)) return;
    // What a body uses, or a value is made of, is no part of a signature.
    if (ts.isBlock(node)) return;
    if (ts.isVariableDeclaration(node) && !node.type) return;
    if (ts.isPropertyDeclaration(node) && node.initializer) {
      if (node.type) visit(node.type, user);
      return;
    }
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const named = ts.isTypeReferenceNode(node) ? node.typeName : node.expression;
      check(named, user);
    }
    ts.forEachChild(node, (child) => visit(child, user));
  }

  function check(named: ts.Node, user: string): void {
    let symbol = checker.getSymbolAtLocation(named);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    if (!symbol || names.has(symbol) || symbol.flags & ts.SymbolFlags.TypeParameter) return;
    if (symbol.declarations?.some(isOurs)) missing.add(`${symbol.name}, of ${user}`);
  }
});

/** Whether a program makes objects of this form: what constructs and results have is documented where it is used. */
function isGiven(declaration: ts.InterfaceDeclaration): boolean {
  return !/^I[A-Z]/.test(declaration.name.text) && !isResult.has(declaration.name.text);
}

/** Whether a property is there to say that it cannot be given. */
function isNever({ type }: ts.PropertySignature): boolean {
  return type?.kind === ts.SyntaxKind.UndefinedKeyword;
}

/** Whether the name of a property and its one or two words say it all. */
function isWord({ type }: ts.PropertySignature): boolean {
  const words = type && ts.isUnionTypeNode(type) ? type.types : type ? [type] : [];
  return words.length > 0 && words.every((word) => ts.isLiteralTypeNode(word));
}

function isPublic(member: ts.ClassElement): boolean {
  if (member.name && ts.isPrivateIdentifier(member.name)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.getCombinedModifierFlags(member) & hidden) return false;
  return !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal");
}
