import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { APP_SYNTHESIS, type Preparable, type PreparedApp, type PreparedStack } from "../model/prepared";

/** An app, or one stack of it, prepared in memory. */
export interface Preparation {
  /** As messages begin: `Stack shop`. */
  readonly title: string;
  readonly stacks: readonly PreparedStack[];
  readonly findings: PreparedApp["findings"];
  readonly guardrails: PreparedApp["guardrails"];
}

/**
 * One stack. All of its app is prepared, since rules look at all stacks together; findings are those that are about this one.
 *
 * @throws ScfError `NOTHING_DECLARED` when the stack declares nothing of this library
 */
export function prepareStack(stack: Construct): Preparation {
  const { stacks, findings, guardrails } = prepare(stack);
  const name = stack.node.id;
  const own = stacks.filter(({ path }) => path === stack.node.path);
  if (own.length === 0) throw nothingDeclared(`Stack ${name}`);
  const isAbout = (address: string): boolean => address === name || address.startsWith(`${name}/`);
  return {
    title: `Stack ${name}`,
    stacks: own,
    guardrails,
    findings: findings.filter(({ places }) => places.some(({ address }) => isAbout(address))),
  };
}

/**
 * All stacks of an app.
 *
 * @throws ScfError `NOTHING_DECLARED` when none of them declares anything of this library
 */
export function prepareApp(app: Construct): Preparation {
  return { title: "The app", ...prepare(app) };
}

function prepare(construct: Construct): PreparedApp {
  const root = construct.node.root as { readonly [APP_SYNTHESIS]?: Preparable };
  const preparable = root[APP_SYNTHESIS];
  if (!preparable) throw nothingDeclared("The app");
  return preparable.prepare();
}

function nothingDeclared(title: string): ScfError {
  const fix =
    "Declare something, and hand over the stack or app that the constructs are in, not another construct.";
  return new ScfError(
    "NOTHING_DECLARED",
    `${title} declares nothing of cdktf-scf, so there is nothing to test.`,
    { fix },
  );
}
