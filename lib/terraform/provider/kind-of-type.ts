import { kinds } from "../../kinds";
import type { Kind } from "../../kinds/kind";
import { ScfError } from "../../model/error";
import { terraformType } from "../../model/terraform";

let byType: ReadonlyMap<string, Kind> | undefined;

/**
 * The kind of which Terraform has a resource type.
 *
 * @throws ScfError `TYPE_UNKNOWN`
 */
export function kindOfType(type: string): Kind {
  byType ??= new Map(Object.values(kinds).map((kind) => [terraformType(kind.schema.kind), kind]));
  const kind = byType.get(type);
  if (kind) return kind;
  throw new ScfError("TYPE_UNKNOWN", `There is no resource type ${type}.`, {
    fix: "Use the version of cdktf-scf that wrote the configuration or the state, or a newer one.",
  });
}
