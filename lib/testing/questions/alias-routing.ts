import type { RoutingMatch } from "../../model/routing";
import type { ModelResource } from "../../rules/app-model";
import { partsOf } from "../../rules/provisioning";
import { unknownText } from "./unknown";
import { versionLabel } from "./versions";

/** How an alias divides requests between its versions, as far as the plan says. */
export type AliasRouting = { readonly main: string } & (
  | { readonly type: "single" }
  | { readonly type: "weighted"; readonly second: string; readonly percent: number }
  | { readonly type: "match"; readonly second: string; readonly match: RoutingMatch }
  | { readonly type: "unknown"; readonly second: string; readonly why: string }
);

export function aliasRouting(alias: ModelResource<"scf_alias">): AliasRouting {
  const { app } = alias;
  const main = versionLabel(alias, alias.raw("version"));
  const planned = alias.raw("routing");
  if (planned === undefined || planned === null) return { type: "single", main };
  const unknown = (second: string, why: string): AliasRouting => ({ type: "unknown", main, second, why });
  const parts = partsOf(app, planned);
  if (!parts) return unknown(unknownText(app, planned), "the routing is not known");
  const second = versionLabel(alias, parts.raw("version"));
  const [percent, key, method, expression] = ["percent", "key", "method", "expression"].map(parts.part);
  switch (parts.part("type")) {
    case "weighted":
      return typeof percent === "number"
        ? { type: "weighted", main, second, percent }
        : unknown(second, `the share of ${second} is not known`);
    case "match":
      return typeof key === "string" && typeof method === "string" && typeof expression === "string"
        ? { type: "match", main, second, match: { key, method, expression } }
        : unknown(second, `what requests for ${second} look like is not known`);
    default:
      return unknown(second, "the kind of routing is not known");
  }
}
