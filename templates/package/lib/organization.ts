import * as scf from "cdktf-scf";
import type { Construct } from "constructs";
import { guardrails } from "./guardrails";

export interface OrganizationProps {
  /** The team that owns what is below. */
  readonly team: string;
  /**
   * How many functions the team may have.
   * @default 20
   */
  readonly functions?: number;
}

/** What the organization asks of every program. Applied once, before anything is declared. */
export class Organization {
  /** Sets defaults, names, tags, guardrails and the team's budget for everything below a scope. */
  static applyTo(scope: Construct, { team, functions = 20 }: OrganizationProps): void {
    scf.Defaults.of(scope).set(scf.DeclaredFunction, {
      memory: 256,
      timeout: scf.Duration.seconds(10),
      timeZone: "Asia/Shanghai",
    });
    scf.Naming.of(scope).use(({ path }) => `${team}-${path.replaceAll("/", "-")}`);
    scf.Tags.of(scope).add("team", team);
    scf.Guardrails.of(scope).add(...guardrails);
    scf.Budget.of(scope, { team, functions });
  }
}
