import { isForeignToken } from "../model/value";
import { accountScopeOf } from "./account-use";
import { reportCosConflicts } from "./cos-triggers";
import { cronProblem } from "./cron-form";
import { functionIdentity, functionName, functionOf } from "./identity";
import { otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import { qualifierProblem } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { count, grouped, quote } from "./text";
import {
  nounOf,
  platformTypeOf,
  startingKinds,
  triggersOf,
  unswitchableKinds,
  type StartingKind,
  type StartingResource,
} from "./trigger-kinds";
import { eachText, eachValue, notKnownYet } from "./unchecked";

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
      for (const kind of startingKinds) {
        reportCounts(kind, app.ofKind(kind) as unknown as readonly StartingResource[], report);
      }
    },
  },
  {
    id: "TRG-QUAL",
    severity: "error",
    statement: "a trigger starts `$LATEST`, a version or an alias of its function",
    source: { document: "scf-operation-guide", section: "版本的触发器" },
    fix: "use `$LATEST`, the number of a version or the name of an alias",
    check(app, report) {
      for (const resource of triggersOf(app)) {
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
    id: "TRG-CMQ",
    severity: "error",
    statement: "CMQ is discontinued since June 2022: no new CMQ trigger can be made",
    source: { document: "scf-operation-guide", section: "创建触发器" },
    fix: "use a CKafka trigger, or have what sends the messages invoke the function",
    check(app, report) {
      for (const trigger of app.ofKind("scf_cmq_trigger")) {
        const topic: unknown = trigger.get("topic");
        report({
          message: `CMQ is discontinued since June 2022, and ${
            typeof topic === "string" ? `topic ${quote(topic)}` : "a topic"
          } cannot be given a trigger any more`,
          places: [{ address: trigger.address }],
        });
      }
    },
  },
  {
    id: "TRG-ENABLE",
    severity: "warning",
    statement:
      "timer, COS and CKafka triggers can be switched off and on; those of API gateway, CLS and MPS fire as long as they are there",
    source: { document: "scf-operation-guide", section: "启停触发器" },
    fix: "leave the trigger out while it is not to fire",
    check(app, report) {
      for (const kind of unswitchableKinds) {
        eachValue(app, report, kind, "enabled", (enabled, { address }) => {
          if (enabled !== false) return;
          report({
            message: `the ${nounOf(kind)} is to be switched off, and the platform has no switch for triggers of this type: it fires all the same`,
            places: [{ address }],
          });
        });
      }
    },
  },
  {
    id: "TRG-COS",
    severity: "error",
    statement:
      "a bucket has each event with the same prefix and suffix for one function only, whichever stack declares it; filters that overlap start functions twice",
    source: { document: "scf-operation-guide", section: "配额限制说明" },
    fix: "keep one of them, and have its function start the others",
    check: reportCosConflicts,
  },
  {
    id: "TRG-COSREG",
    severity: "error",
    statement: "the bucket of a COS trigger is in the function's region",
    source: { document: "api", section: "CreateTrigger.TriggerName" },
    fix: "use a bucket of the function's region, or declare the function in the bucket's",
    check(app, report) {
      eachText(app, report, "scf_cos_trigger", "bucketRegion", (region, trigger) => {
        if (region === trigger.region) return;
        const bucket: unknown = trigger.get("bucket");
        const declared = functionOf(trigger);
        report({
          message: `${typeof bucket === "string" ? `bucket ${quote(bucket)}` : "the bucket"} is in ${region}, and the function that it starts in ${trigger.region}`,
          places: [
            { address: trigger.address, note: region },
            ...(declared ? [{ address: declared.address, note: declared.region }] : []),
          ],
        });
      });
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

function reportCounts(kind: StartingKind, triggers: readonly StartingResource[], report: Report): void {
  for (const sameFunction of groupBy(triggers, functionIdentity).values()) {
    const first = sameFunction[0];
    const limit = first ? accountScopeOf(first).triggerLimit(platformTypeOf(kind)) : 0;
    if (!first || sameFunction.length <= limit) continue;
    const declared = functionOf(first);
    const name = functionName(first);
    report({
      message: `${name === undefined ? "a function" : `function ${quote(name)}`} has ${count(
        sameFunction.length,
        nounOf(kind),
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
