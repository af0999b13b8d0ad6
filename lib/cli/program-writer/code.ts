import { createHash } from "node:crypto";
import { openZip } from "../../assets";
import { hexadecimal } from "../../kinds/package-code";
import type { ReadContext } from "../../kinds/kind";
import { call, literal, object, type Expression } from "./expression";
import { regionExpression, type CodeUse } from "./writing";

/** How long one package may take. */
const TIMEOUT_MILLISECONDS = 5 * 60_000;

/** A package as the platform has it, or why it could not be had. */
export type Downloaded = { readonly bytes: Uint8Array } | { readonly reason: string };

/** Where a package can be fetched, as the platform says. */
interface Source {
  readonly url: string | undefined;
  readonly sha256: string | undefined;
}

export async function downloadFunction(context: ReadContext, id: string): Promise<Downloaded> {
  const [Namespace = "", FunctionName = ""] = id.split("/");
  const { Url: url, CodeSha256: sha256 } = await context.call("scf", "GetFunctionAddress", {
    Namespace,
    FunctionName,
  });
  return download({ url, sha256 });
}

export async function downloadLayer(context: ReadContext, id: string): Promise<Downloaded> {
  const [LayerName = "", version = ""] = id.split(":");
  const { Location: url, CodeSha256: sha256 } = await context.call("scf", "GetLayerVersion", {
    LayerName,
    LayerVersion: Number(version),
  });
  return download({ url, sha256 });
}

async function download({ url = "", sha256 }: Source): Promise<Downloaded> {
  if (!/^https?:\/\//.test(url))
    return { reason: "the platform names no address that it can be fetched from" };
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    if (!response.ok) return { reason: `the download was answered with status ${response.status}` };
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sha256 && createHash("sha256").update(bytes).digest("hex") !== hexadecimal(sha256)) {
      return { reason: "what was downloaded is not what the platform says it runs" };
    }
    openZip(bytes, "the package");
    return { bytes };
  } catch (error) {
    // The address is signed: it is a secret of its own.
    const cause = (error as Error).cause;
    const why = (cause instanceof Error ? cause.message : (error as Error).message).replaceAll(
      url,
      "its address",
    );
    return { reason: `the download failed: ${why}` };
  }
}

/**
 * Stands where code could not be had. It names a bucket that does not exist: a deploy that nobody meant is refused by the
 * platform, where any package would take the place of the code that runs.
 */
export function placeholder(region: string): Expression {
  return call(
    "scf.Code.fromBucket",
    object({
      bucket: literal("replace-this-placeholder-1250000000"),
      object: literal("code.zip"),
      region: regionExpression(region),
    }),
  );
}

export function placeholderComment(owner: string, reason: string): string[] {
  return [
    `PLACEHOLDER: the code of the ${owner} is not here: ${reason}.`,
    "Put its source here, with scf.Code.fromAsset or fromZip, before you deploy: a deploy replaces the code that runs.",
  ];
}

export function packageUse(file: string): CodeUse {
  return { code: call("scf.Code.fromZip", literal(file)), comment: [] };
}
