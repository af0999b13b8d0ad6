import { isPresetPolicy, presetPolicies, type PresetPolicy } from "../../model/preset-policies";
import { UNKNOWN } from "../../rules/app-model";
import { statementsOf } from "../../rules/statements";
import type { AttachedPolicy } from "./principals";

/** One statement of a policy that somebody has. */
export interface PermissionStatement {
  readonly policy: string;
  readonly effect: "allow" | "deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** When it holds, for people; undefined for always. */
  readonly when: string | undefined;
}

export interface Permissions {
  readonly statements: readonly PermissionStatement[];
  /** What the plan does not say: each a sentence. */
  readonly unknown: readonly string[];
}

/** What policies say, as far as it is known. */
export function permissionsOf(policies: readonly AttachedPolicy[]): Permissions {
  const parts = policies.map(permissionsIn);
  return {
    statements: parts.flatMap(({ statements }) => statements),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
}

function permissionsIn({ name, declared }: AttachedPolicy): Permissions {
  if (!declared) return presetPermissions(name);
  const unknown: string[] = [];
  const own = statementsOf(declared.app).filter(({ policy }) => policy === declared);
  const raw = declared.app.dereference(declared.raw("statement"));
  if (!Array.isArray(raw) || own.length < raw.length) {
    unknown.push(`${name}: not all of its statements are known`);
  }
  const statements = own.flatMap((statement): PermissionStatement[] => {
    const { effect, actions, resources, actionCount, resourceCount, condition } = statement;
    if (actions.length !== actionCount) unknown.push(`${name}: some actions are known at deployment only`);
    if (resources.length !== resourceCount) {
      unknown.push(`${name}: some resources are known at deployment only`);
    }
    if (effect !== "allow" && effect !== "deny") {
      unknown.push(`${name}: whether a statement allows or denies is known at deployment only`);
      return [];
    }
    return [{ policy: name, effect, actions, resources, when: conditionText(condition) }];
  });
  return { statements, unknown };
}

/** A policy that every account has, on all resources (CAM-PRESET). */
function presetPermissions(name: string): Permissions {
  const preset: PresetPolicy | undefined = isPresetPolicy(name) ? presetPolicies[name] : undefined;
  if (!preset?.actions) {
    const why = preset
      ? "the platform's documents name this policy without its contents"
      : "it is not in the plan";
    return { statements: [], unknown: [`${name}: ${why}`] };
  }
  const { actions } = preset;
  return {
    statements: [{ policy: name, effect: "allow", actions, resources: ["*"], when: undefined }],
    unknown: [],
  };
}

/** `ip_equal qcs:ip 10.0.0.0/8`, several joined with "and". */
function conditionText(condition: unknown): string | undefined {
  if (condition === undefined || condition === null) return undefined;
  if (condition === UNKNOWN || typeof condition !== "object")
    return "a condition that is known at deployment only";
  const parts = Object.entries(condition).flatMap(([operator, comparison]) =>
    Object.entries((comparison ?? {}) as object).map(
      ([key, value]) => `${operator} ${key} ${[value].flat().map(String).join(" or ")}`,
    ),
  );
  return parts.length === 0 ? undefined : parts.join(" and ");
}
