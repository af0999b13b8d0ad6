import * as scf from "cdktf-scf";
import type { Construct } from "constructs";
import { guardrails } from "./guardrails";
import { Service } from "./service";

export interface HarbourProps {
  /** The team that owns what is below. */
  readonly team: string;
  /**
   * How many functions the team may have.
   * @default 20
   */
  readonly functions?: number;
}

/** What Harbour asks of every program. Applied once, before anything is declared. */
export class Harbour {
  /** Sets defaults, names, tags, guardrails and the team's budget for everything below a scope. */
  static applyTo(scope: Construct, { team, functions = 20 }: HarbourProps): void {
    scf.Defaults.of(scope)
      .set(scf.DeclaredFunction, {
        memory: 256,
        timeout: scf.Duration.seconds(10),
        timeZone: "Asia/Shanghai",
      })
      .set(Service, { errorsPerMinute: 5 });
    scf.Naming.of(scope).use(
      ({ id, path }) => `${team}-${path.split("/").slice(1, -1).concat(id).join("-")}`,
    );
    scf.Tags.of(scope).add("team", team);
    scf.Guardrails.of(scope).add(...guardrails);
    scf.Budget.of(scope, { team, functions });
  }
}
