import type { Found } from "../../kinds/kind";
import { Region } from "../../constructs/region";
import { isEmpty, type Value } from "../../model/value";
import { call, literal, type Expression } from "./expression";
import type { Inventory } from "./inventory";
import type { Program, Variable } from "./program";

/** A function that the program declares. */
export interface WrittenFunction {
  readonly variable: Variable;
  readonly address: string;
  readonly isWeb: boolean;
  readonly found: Found;
}

/** Something that has one variable and one address. */
export interface Written {
  readonly variable: Variable;
  readonly address: string;
  readonly id: string;
}

export type CodeUse = { readonly code: Expression; readonly comment: readonly string[] };

/** What the writers of all kinds share: what there is, the program so far, and what was declared already. */
export interface Writing {
  readonly program: Program;
  readonly inventory: Inventory;
  readonly region: string;
  readonly stack: string;
  /** Whether environment variables are written down in clear. */
  readonly withEnvironment: boolean;
  /** Code as the program takes it, where it could be downloaded. */
  readonly codeOf: (owner: string, id: string) => CodeUse;
  /** Whether the newest published version of a function is what the function is now. */
  readonly isCurrent: (functionKey: string, version: string) => boolean;
  readonly functions: Map<string, WrittenFunction>;
  readonly namespaces: Map<string, Written>;
  readonly layers: Map<string, Written>;
  readonly roles: Map<string, Written>;
  readonly policies: Map<string, Written>;
  readonly aliases: Map<string, Written>;
  readonly loadBalancers: Map<string, Variable>;
}

export function objectsOf({ inventory }: Writing, kind: string): readonly Found[] {
  return inventory.objects.get(kind) ?? [];
}

/** Ids that the platform mints say nothing: objects that have no others are ordered by what people know them by. */
export function orderedBy(objects: readonly Found[], ...names: readonly string[]): Found[] {
  const keyOf = ({ live }: Found): string => names.map((name) => String(live.properties[name])).join(" ");
  return [...objects].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

export function text({ live }: Found, name: string): string {
  const value = live.properties[name];
  return typeof value === "string" ? value : "";
}

export function number({ live }: Found, name: string): number | undefined {
  const value = live.properties[name];
  return typeof value === "number" ? value : undefined;
}

export function valueOf({ live }: Found, name: string): Value | undefined {
  return live.properties[name];
}

/** The property, unless it is what the construct has without it. */
export function unless(value: Value | undefined, usual: Value | undefined): Expression | undefined {
  return value === undefined || value === usual ? undefined : literal(value);
}

/** Of what has no tags nothing is written. */
export function tagsOf(found: Found): Expression | undefined {
  const tags = valueOf(found, "tags");
  return tags === undefined || isEmpty(tags) ? undefined : literal(tags);
}

export function seconds(value: number | undefined, usual?: number): Expression | undefined {
  if (value === undefined || value === usual) return undefined;
  if (value >= 3600 && value % 3600 === 0) return call("scf.Duration.hours", String(value / 3600));
  if (value >= 120 && value % 60 === 0) return call("scf.Duration.minutes", String(value / 60));
  return call("scf.Duration.seconds", String(value));
}

export function regionExpression(region: string): Expression {
  const known = Object.entries(Region).find(([, name]) => name === region);
  return known ? `scf.Region.${known[0]}` : literal(region);
}

export function functionKey(found: Found): string {
  return `${text(found, "namespace")}/${text(found, "functionName")}`;
}
