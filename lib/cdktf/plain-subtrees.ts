import { TerraformElement, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";

/** cdktf looks for custom synthesis under this name. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
/** Name of cdktf's own check for providers, which looks at Terraform elements only. */
const PROVIDER_PRESENCE = "ValidateProviderPresence";

/** What a node keeps to itself; `knowsNodes` makes sure that it still does. */
interface NodeInside {
  readonly _validations?: readonly object[];
  readonly _metadata?: readonly object[];
  readonly _children?: Readonly<Record<string, IConstruct>>;
  readonly _dependencies?: ReadonlySet<unknown>;
}

/** What is not shown to cdktf. */
export interface Hidden {
  readonly constructs: ReadonlySet<IConstruct>;
  /** Those at or below them that depend on others. */
  readonly dependents: readonly IConstruct[];
}

/**
 * The constructs right below a stack that mean nothing to cdktf: there is no Terraform element at or below them. cdktf walks
 * the whole tree seven times for every stack, which is half of the time that a large stack of ours takes.
 *
 * None, when anything in the stack may want to see the tree: an aspect, a validation that is neither cdktf's nor ours,
 * custom synthesis, an annotation.
 */
export function plainSubtrees(stack: TerraformStack, ours: object): Hidden {
  const none: Hidden = { constructs: new Set(), dependents: [] };
  if (!knowsNodes() || !isQuiet(stack, ours)) return none;
  const constructs = new Set<IConstruct>();
  const dependents: IConstruct[] = [];
  for (const child of stack.node.children) {
    const before = dependents.length;
    const found = inspect(child, dependents);
    if (found === "wants the tree") return none;
    if (found === "plain") constructs.add(child);
    else dependents.length = before;
  }
  return { constructs, dependents };
}

/** Runs `work` while the stack does not show some of its children. */
export function withoutChildren<T>(stack: TerraformStack, hidden: ReadonlySet<IConstruct>, work: () => T): T {
  const { node } = stack;
  const children = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "children")?.get as
    (() => IConstruct[]) | undefined;
  if (hidden.size === 0 || !children) return work();
  Object.defineProperty(node, "children", {
    configurable: true,
    get: () => children.call(node).filter((child) => !hidden.has(child)),
  });
  try {
    return work();
  } finally {
    delete (node as { children?: unknown }).children;
  }
}

type Inspected = "plain" | "Terraform" | "wants the tree";

function inspect(construct: IConstruct, dependents: IConstruct[]): Inspected {
  if (!isQuiet(construct, undefined)) return "wants the tree";
  if ((construct.node as unknown as NodeInside)._dependencies !== undefined) dependents.push(construct);
  let result: Inspected =
    TerraformElement.isTerraformElement(construct) || TerraformStack.isStack(construct)
      ? "Terraform"
      : "plain";
  const children = (construct.node as unknown as NodeInside)._children;
  for (const id in children) {
    const found = inspect(children[id] as IConstruct, dependents);
    if (found === "wants the tree") return found;
    if (found === "Terraform") result = found;
  }
  return result;
}

function isQuiet(construct: IConstruct, ours: object | undefined): boolean {
  const { _validations: validations, _metadata: metadata } = construct.node as unknown as NodeInside;
  if (metadata !== undefined && metadata.length > 0) return false;
  if (validations?.some((each) => each !== ours && each.constructor.name !== PROVIDER_PRESENCE)) return false;
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
  probe.node.addDependency(child);
  const inside = probe.node as unknown as NodeInside;
  nodesKnown =
    inside._validations?.length === 1 &&
    inside._metadata?.length === 1 &&
    inside._children?.["child"] === child &&
    inside._dependencies?.size === 1 &&
    (child.node as unknown as NodeInside)._dependencies === undefined;
  return nodesKnown;
}
