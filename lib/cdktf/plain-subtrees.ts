import { TerraformElement, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";

/** cdktf looks for custom synthesis under this name. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
/** cdktf's and cdktn's own checks of a stack: they look at Terraform elements, and at the functions that those call. */
const OWN_VALIDATIONS: ReadonlySet<string> = new Set([
  "ValidateProviderPresence",
  "ValidateFunctionVersionSupport",
  "ValidateProviderFunctionTargetSupport",
]);

/** What cdktf says of each of its elements, and no annotation: the backend that every stack has says it as well. */
const CREATION_STACK = "stacktrace";

/** What changes the children of a node. */
const CHANGES = ["addChild", "tryRemoveChild"] as const;

/** What a node keeps to itself; `knowsNodes` makes sure that it still does. */
interface NodeInside {
  readonly _validations?: readonly object[];
  readonly _metadata?: readonly { readonly type: string }[];
  readonly _children?: Readonly<Record<string, IConstruct>>;
}

/**
 * The constructs right below a stack that mean nothing to cdktf: there is no Terraform element at or below them. cdktf walks
 * the whole tree seven times for every stack, which is half of the time that a large stack of ours takes.
 *
 * None, when anything in the stack may want to see the tree: an aspect, a validation that is neither cdktf's nor ours,
 * custom synthesis, an annotation.
 */
export function plainSubtrees(stack: TerraformStack, ours: object): ReadonlySet<IConstruct> {
  const plain = new Set<IConstruct>();
  if (!knowsNodes() || !isQuiet(stack, ours)) return plain;
  for (const child of stack.node.children) {
    const found = inspect(child);
    if (found === "wants the tree") return new Set();
    if (found === "plain") plain.add(child);
  }
  return plain;
}

/** Runs `work` while the stack does not show some of its children. */
export function withoutChildren<T>(stack: TerraformStack, hidden: ReadonlySet<IConstruct>, work: () => T): T {
  const node = stack.node as unknown as Partial<Record<"children" | (typeof CHANGES)[number], unknown>>;
  const { get: children } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "children") ?? {};
  if (hidden.size === 0 || !children) return work();
  // Putting the list of many children together takes long, and cdktf asks for it in each of its walks.
  let shown: readonly IConstruct[] | undefined;
  Object.defineProperty(node, "children", {
    configurable: true,
    get: () => [
      ...(shown ??= (children.call(node) as readonly IConstruct[]).filter((child) => !hidden.has(child))),
    ],
  });
  for (const name of CHANGES) {
    const change = node[name] as (...values: unknown[]) => unknown;
    node[name] = (...values: unknown[]) => {
      shown = undefined;
      return change.apply(node, values);
    };
  }
  try {
    return work();
  } finally {
    delete node.children;
    for (const name of CHANGES) delete node[name];
  }
}

/** A construct and all below it, in the order of `node.findAll()`, also what is not shown to cdktf at the moment. */
export function shownOrNot(root: IConstruct): IConstruct[] {
  if (!knowsNodes()) return root.node.findAll();
  const found: IConstruct[] = [];
  const visit = (construct: IConstruct): void => {
    found.push(construct);
    const children = (construct.node as unknown as NodeInside)._children;
    for (const id in children) visit(children[id] as IConstruct);
  };
  visit(root);
  return found;
}

type Inspected = "plain" | "Terraform" | "wants the tree";

function inspect(construct: IConstruct): Inspected {
  if (!isQuiet(construct, undefined)) return "wants the tree";
  let result: Inspected =
    TerraformElement.isTerraformElement(construct) || TerraformStack.isStack(construct)
      ? "Terraform"
      : "plain";
  const children = (construct.node as unknown as NodeInside)._children;
  for (const id in children) {
    const found = inspect(children[id] as IConstruct);
    if (found === "wants the tree") return found;
    if (found === "Terraform") result = found;
  }
  return result;
}

function isQuiet(construct: IConstruct, ours: object | undefined): boolean {
  const { _validations: validations, _metadata: metadata } = construct.node as unknown as NodeInside;
  if (metadata?.some(({ type }) => type !== CREATION_STACK)) return false;
  if (validations?.some((each) => each !== ours && !OWN_VALIDATIONS.has(each.constructor.name))) return false;
  if (CUSTOM_SYNTHESIS in construct) return false;
  for (const symbol of Object.getOwnPropertySymbols(construct)) {
    if (symbol.description === "cdktf-aspects") return false;
  }
  return true;
}

let nodesKnown: boolean | undefined;

/** Whether nodes of this version of constructs keep what is looked for here where it is looked for. */
function knowsNodes(): boolean {
  if (nodesKnown !== undefined) return nodesKnown;
  const probe = new Construct(undefined as unknown as Construct, "");
  probe.node.addValidation({ validate: () => [] });
  probe.node.addMetadata("probe", "probe");
  const child = new Construct(probe, "child");
  const inside = probe.node as unknown as NodeInside;
  nodesKnown =
    inside._validations?.length === 1 &&
    inside._metadata?.length === 1 &&
    inside._children?.["child"] === child &&
    CHANGES.every((name) => typeof (inside as Partial<Record<string, unknown>>)[name] === "function");
  return nodesKnown;
}
