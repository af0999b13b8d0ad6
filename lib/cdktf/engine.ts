import type * as Cdktf from "cdktf";
import { ScfError } from "../model/error";

/** Each engine has an entry point of this package. */
const entryPoints = { cdktf: "cdktf-scf", cdktn: "cdktf-scf/cdktn" } as const;
const versions = { cdktf: "0.21", cdktn: "0.24" } as const;

/** What synthesizes a program: cdktf, or cdktn, the fork in which it lives on. */
export type Engine = keyof typeof entryPoints;

/** Both engines say under this name what their classes are called; their other names are the same. */
const CLASS_NAME = Symbol.for("jsii.rtti");

/** The engine that this copy of the constructs works with. */
export const ENGINE = engineOfClass(load().TerraformStack);

/**
 * @throws ScfError `ENGINE_MIXED` when the stack is one of the other engine: the two share names, and little else
 */
export function checkEngine(stack: Cdktf.TerraformStack): void {
  const other = engineOfClass(stack.constructor);
  if (!ENGINE || !other || other === ENGINE) return;
  throw new ScfError(
    "ENGINE_MIXED",
    `Stack ${stack.node.id} is one of ${other}, and what is imported from "${entryPoints[ENGINE]}" is for stacks of ${ENGINE}.`,
    { fix: `Write \`import * as scf from "${entryPoints[other]}"\`.` },
  );
}

function engineOfClass(type: unknown): Engine | undefined {
  for (let each = type; typeof each === "function"; each = Object.getPrototypeOf(each)) {
    const name = (each as { [CLASS_NAME]?: { readonly fqn?: unknown } })[CLASS_NAME]?.fqn;
    if (name === "cdktf.TerraformStack") return "cdktf";
    if (name === "cdktn.TerraformStack") return "cdktn";
  }
  return undefined;
}

/** Neither engine has to be installed, so one may be missing. */
function load(): typeof Cdktf {
  try {
    return require("cdktf") as typeof Cdktf;
  } catch (cause) {
    const missing = /^Cannot find module '(cdktf|cdktn)'/.exec((cause as Error).message)?.[1];
    if (missing !== "cdktf" && missing !== "cdktn") throw cause;
    const other = missing === "cdktf" ? "cdktn" : "cdktf";
    throw new ScfError(
      "ENGINE_MISSING",
      `"${entryPoints[missing]}" works with ${missing}, which is not installed here.`,
      {
        fix: `Write \`import * as scf from "${entryPoints[other]}"\` in a program for ${other}; otherwise run \`npm install ${missing}@${versions[missing]}\`.`,
        cause,
      },
    );
  }
}
