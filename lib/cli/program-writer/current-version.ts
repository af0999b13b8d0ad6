import { getFunction } from "../../kinds/function-status";
import { liveImage, liveProperties } from "../../kinds/function-live";
import type { ReadContext } from "../../kinds/kind";
import { frozenProperties } from "../../model/resources/function";
import { sameValue, type Properties } from "../../model/value";

/** Whether a published version is what the function is now: in everything that publishing freezes. */
export async function isUnchangedSince(context: ReadContext, id: string, version: string): Promise<boolean> {
  const [namespace = "", functionName = ""] = id.split("/");
  const [now, published] = await Promise.all([
    frozen(context, { namespace, functionName }, undefined),
    frozen(context, { namespace, functionName }, version),
  ]);
  return now !== undefined && published !== undefined && sameValue(now, published);
}

async function frozen(
  context: ReadContext,
  address: { readonly namespace: string; readonly functionName: string },
  version: string | undefined,
): Promise<Properties | undefined> {
  const { namespace: Namespace, functionName: FunctionName } = address;
  const qualified = version === undefined ? {} : { Qualifier: version };
  const found = await getFunction(context, address, version);
  if (!found || found.Status !== "Active") return undefined;
  const properties: Properties = liveProperties(found, address);
  const image = liveImage(found, undefined);
  const code =
    image ??
    (await context.call("scf", "GetFunctionAddress", { Namespace, FunctionName, ...qualified })).CodeSha256;
  const kept = frozenProperties.filter((name) => name !== "code" && name in properties);
  return {
    ...Object.fromEntries(kept.map((name) => [name, properties[name] as Properties[string]])),
    code: code ?? "",
  };
}
