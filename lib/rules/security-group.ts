import type { SecurityGroupRuleProperties } from "../model/resources/backend-binding";
import {
  everyAddress,
  intersect,
  isEmptySet,
  namesPort,
  noAddress,
  parseRange,
  subtract,
  unite,
  type AddressRange,
  type AddressSet,
} from "./address-ranges";

/** What a security group does with connections: its rules are tried in order, and the first that fits decides. */

export type SecurityGroupRule = SecurityGroupRuleProperties;
export interface Connection {
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
}

/** What one rule decides of a kind of connection; `index` counts from 0. */
interface Decision {
  readonly index: number;
  readonly rule: SecurityGroupRule;
  readonly range: AddressRange;
  /** The addresses that no rule before it has decided about. */
  readonly decides: AddressSet;
}

export interface Verdict {
  readonly admitted: AddressSet;
  readonly decisions: readonly Decision[];
}

/** Groups and templates are named by id: what is in them cannot be known. */
const BY_ID = /^(sg|ipm|ipmg)-[a-z0-9]+$/;

/** What is wrong with a rule's form, or undefined. */
export function formProblem({ source, port }: SecurityGroupRule): string | undefined {
  if (!BY_ID.test(source) && !isIPv6(source) && !parseRange(source)) {
    return `source ${JSON.stringify(source)} is neither an IPv4 address or range nor the id of a security group`;
  }
  if (namesPort(port, 1) === undefined) {
    return `port ${JSON.stringify(port)} is none of the forms "80", "80-90", "80,443" and "ALL"`;
  }
  return undefined;
}

function isIPv6(source: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*(\/\d{1,3})?$/i.test(source);
}

/** Which IPv4 addresses get in; undefined where that depends on what another group holds. */
export function verdictOf(rules: readonly SecurityGroupRule[], connection: Connection): Verdict | undefined {
  const decisions: Decision[] = [];
  let undecided = everyAddress;
  let admitted = noAddress;
  for (const [index, rule] of rules.entries()) {
    if (!fits(rule, connection) || isIPv6(rule.source)) continue;
    const range = parseRange(rule.source);
    if (!range) return undefined;
    const decides = intersect(undecided, range);
    decisions.push({ index, rule, range, decides });
    undecided = subtract(undecided, range);
    if (rule.action === "allow") admitted = unite(admitted, decides);
  }
  return { admitted, decisions };
}

function fits({ protocol, port }: SecurityGroupRule, connection: Connection): boolean {
  return (
    (protocol === "ALL" || protocol === connection.protocol) && namesPort(port, connection.port) === true
  );
}

/** Whether everybody in a range gets in. */
export function admits({ admitted }: Verdict, range: AddressRange): boolean {
  return isEmptySet(admitted.reduce(subtract, [range] as AddressSet));
}

/** The first rule that drops somebody of a range; undefined where none does and the end of the list is what drops them. */
export function droppedBy({ decisions }: Verdict, range: AddressRange): Decision | undefined {
  return decisions.find(
    ({ rule, decides }) => rule.action === "drop" && !isEmptySet(intersect(decides, range)),
  );
}

/** Rules that never apply, because one before them decides otherwise about all of their addresses. */
export function shadowed({ decisions }: Verdict): { readonly rule: Decision; readonly by: Decision }[] {
  return decisions.flatMap((rule, position) => {
    if (!isEmptySet(rule.decides)) return [];
    const by = decisions
      .slice(0, position)
      .find(
        (earlier) =>
          earlier.rule.action !== rule.rule.action && !isEmptySet(intersect(earlier.decides, rule.range)),
      );
    return by ? [{ rule, by }] : [];
  });
}

/** A rule as people write it: `allow TCP 8080 from 0.0.0.0/0`. */
export function ruleText({ action, protocol, port, source }: SecurityGroupRule): string {
  return `${action} ${protocol} ${port} from ${source}`;
}
