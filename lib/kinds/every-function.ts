import type { Response } from "../platform/api";
import type { FunctionAddress } from "./function-status";
import type { ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages, forEachOf, shared } from "./pages";

type Namespace = NonNullable<Response<"scf", "ListNamespaces">["Namespaces"]>[number];

/** All namespaces of the region, the platform's own among them. */
export function everyNamespace(context: ReadContext): Promise<readonly Namespace[]> {
  return shared(context, "namespaces", () =>
    allPages(100, async (Offset, Limit) => {
      const page = await context.call("scf", "ListNamespaces", { Offset, Limit });
      return { items: page.Namespaces ?? [], total: page.TotalCount ?? 0 };
    }),
  );
}

/** All functions of the region that are not on their way out. */
export function everyFunction(context: ReadContext): Promise<readonly FunctionAddress[]> {
  return shared(context, "functions", async () =>
    forEachOf(await everyNamespace(context), async ({ Name: namespace = "" }) => {
      const functions = await unlessNotFound(
        allPages(100, async (Offset, Limit) => {
          const page = await context.call("scf", "ListFunctions", { Namespace: namespace, Offset, Limit });
          return { items: page.Functions ?? [], total: page.TotalCount ?? 0 };
        }),
      );
      return (functions ?? [])
        .filter(({ Status }) => Status !== "Deleting")
        .map(({ FunctionName: functionName = "" }) => ({ namespace, functionName }));
    }),
  );
}

/** What each function of the region has. */
export async function ofEveryFunction<R>(
  context: ReadContext,
  find: (address: FunctionAddress) => Promise<readonly R[]>,
): Promise<R[]> {
  return forEachOf(await everyFunction(context), find);
}
