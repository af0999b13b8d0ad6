import { isForeignToken } from "../model/value";
import type { ModelResource } from "./app-model";
import { accountScopeOf } from "./account-use";
import { cronProblem } from "./cron-form";
import { functionIdentity, functionName, functionOf } from "./identity";
import { otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import { qualifierProblem } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { count, grouped, quote } from "./text";
import { eachText, notKnownYet } from "./unchecked";

/** Restrictions of triggers: section 6 of the rules. */

export const triggerRules: readonly Rule[] = [
  {
    id: "TRG-COUNT",
    severity: "error",
    statement:
      "a function has at most 10 triggers of one type by default, over `$LATEST`, all versions and all aliases together",
    source: { document: "scf-operation-guide", section: "配额限制说明" },
    fix: "spread the triggers over several functions, or raise `triggersOfOneType` in the provider's quotas once the platform has raised it",
    check(app, report) {
      reportCounts("timer trigger", "timer", app.ofKind("scf_timer_trigger"), report);
      // To the platform a binding is a trigger of type `clb`.
      reportCounts("load balancer binding", "clb", app.ofKind("clb_function_binding"), report);
    },
  },
  {
    id: "TRG-QUAL",
    severity: "error",
    statement: "a trigger starts `$LATEST`, a version or an alias of its function",
    source: { document: "scf-operation-guide", section: "版本的触发器" },
    fix: "use `$LATEST`, the number of a version or the name of an alias",
    check(app, report) {
      for (const resource of app.ofKind("scf_timer_trigger")) {
        const nouns = { own: "trigger", other: "function" };
        const problem =
          otherRegion(resource, nouns, functionOf(resource)) ?? qualifierProblem("trigger", resource);
        if (problem) report(problem);
        else if (isForeignToken(resource.raw("qualifier")))
          report(notKnownYet(resource.address, "qualifier"));
      }
    },
  },
  {
    id: "TRG-CRON",
    severity: "error",
    statement: "a timer's cron expression has seven fields: second, minute, hour, day, month, weekday, year",
    source: { document: "scf-operation-guide", section: "定时预置" },
    fix: 'write all seven fields, for example "0 0 2 * * * *" for every day at 02:00',
    check(app, report) {
      eachText(app, report, "scf_timer_trigger", "cron", (cron, { address }) => {
        const problem = cronProblem(cron);
        if (problem) report({ ...problem, places: [{ address }] });
      });
    },
  },
];

type Trigger = ModelResource<"scf_timer_trigger" | "clb_function_binding">;

function reportCounts(noun: string, type: string, triggers: readonly Trigger[], report: Report): void {
  for (const sameFunction of groupBy(triggers, functionIdentity).values()) {
    const first = sameFunction[0];
    const limit = first ? accountScopeOf(first).triggerLimit(type) : 0;
    if (!first || sameFunction.length <= limit) continue;
    const declared = functionOf(first);
    const name = functionName(first);
    report({
      message: `${name === undefined ? "a function" : `function ${quote(name)}`} has ${count(
        sameFunction.length,
        noun,
      )}, on all its versions and aliases together; ${grouped(limit)} are allowed`,
      places: [
        ...(declared ? [{ address: declared.address }] : []),
        ...sameFunction.map((trigger) => {
          const qualifier: unknown = trigger.get("qualifier");
          return {
            address: trigger.address,
            ...(typeof qualifier === "string" ? { note: `on ${qualifier}` } : {}),
          };
        }),
      ],
    });
  }
}
