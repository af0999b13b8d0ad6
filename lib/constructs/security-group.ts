import type { SecurityGroupRuleProperties } from "../model/resources/backend-binding";

/** An inbound rule of a security group. */
export interface SecurityGroupRule {
  /** Whether connections that fit are let in. */
  readonly action: SecurityGroupRuleProperties["action"];
  /** IPv4 address or range (`"203.0.113.7"`, `"10.0.0.0/8"`), or the id of a security group. */
  readonly source: string;
  /** `"80"`, `"80-90"`, `"80,443"` or `"ALL"`. */
  readonly port: string;
  /**
   * Protocol that the rule is for.
   * @default "TCP"
   */
  readonly protocol?: SecurityGroupRuleProperties["protocol"];
}

/**
 * The security group of a back-end, described so that it can be checked (BCK-SG). It is never created or changed. Rules are
 * tried in order, the first that fits decides, and what none fits is not let in. Answers need no rule.
 */
export class SecurityGroup {
  /**
   * A security group that has these rules.
   *
   * @param rules inbound rules in their order
   */
  static fromRules(rules: readonly SecurityGroupRule[]): SecurityGroup {
    return new SecurityGroup(rules.map((rule) => ({ ...rule, protocol: rule.protocol ?? "TCP" })));
  }

  private constructor(
    /** The rules, in their order. */
    readonly rules: readonly SecurityGroupRuleProperties[],
  ) {}
}
