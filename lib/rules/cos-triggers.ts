import type { AppModel, ModelResource } from "./app-model";
import { accountAndRegion, functionName, identityOf } from "./identity";
import { overlappingFilters, type ObjectFilter } from "./overlapping-filters";
import { groupBy } from "./per-app";
import type { Report } from "./rule";
import { count, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** What several COS triggers of one bucket mean for each other (TRG-COS). */

type CosTrigger = ModelResource<"scf_cos_trigger">;

const filterProperties = ["bucket", "event", "prefix", "suffix"] as const;

export function reportCosConflicts(app: AppModel, report: Report): void {
  const triggers = app.ofKind("scf_cos_trigger");
  for (const trigger of triggers) {
    const foreign = filterProperties.find((name) => app.hasForeignToken(trigger.raw(name)));
    if (foreign) report(notKnownYet(trigger.address, foreign));
  }
  for (const bucket of groupBy(triggers, bucketIdentity).values()) {
    if (bucket.length < 2) continue;
    reportSame(bucket, report);
    reportOverlaps(bucket, report);
  }
}

function bucketIdentity(trigger: CosTrigger): string | undefined {
  const bucket = trigger.raw("bucket");
  if (bucket === undefined || bucket === null) return undefined;
  return `${accountAndRegion(trigger)}|${identityOf(trigger, bucket)}`;
}

function reportSame(bucket: readonly CosTrigger[], report: Report): void {
  const same = groupBy(bucket, (trigger) => {
    const event = trigger.raw("event");
    if (event === undefined || event === null) return undefined;
    const affix = (name: "prefix" | "suffix"): string => identityOf(trigger, trigger.raw(name) ?? "");
    return `${identityOf(trigger, event)}|${affix("prefix")}|${affix("suffix")}`;
  });
  for (const triggers of same.values()) {
    const first = triggers[0];
    if (!first || triggers.length < 2) continue;
    const filter = filterOf(first);
    report({
      message: `${count(triggers.length, "COS trigger")} of ${bucketText(first)} have the same event, prefix and suffix${
        filter ? `: ${filterText(filter)}` : ""
      }; a bucket has them once, for one function`,
      places: triggers.map(placeOf),
    });
  }
}

function reportOverlaps(bucket: readonly CosTrigger[], report: Report): void {
  const filters = bucket.flatMap((trigger) => {
    const filter = filterOf(trigger);
    return filter ? [{ ...filter, trigger }] : [];
  });
  for (const [first, second] of overlappingFilters(filters)) {
    report({
      severity: "warning",
      message: `two COS triggers of ${bucketText(first.trigger)} overlap: one object can start a function for ${filterText(first)}, and for ${filterText(second)}`,
      places: [first.trigger, second.trigger].map(placeOf),
      fix: "give them prefixes or suffixes of which no object has both, or acknowledge this warning",
    });
  }
}

/** What is known of the filter; undefined when a part of it is not. */
function filterOf(trigger: CosTrigger): ObjectFilter | undefined {
  const event: unknown = trigger.get("event");
  const prefix: unknown = trigger.get("prefix") ?? "";
  const suffix: unknown = trigger.get("suffix") ?? "";
  return typeof event === "string" && typeof prefix === "string" && typeof suffix === "string"
    ? { event, prefix, suffix }
    : undefined;
}

function bucketText(trigger: CosTrigger): string {
  const bucket: unknown = trigger.get("bucket");
  return typeof bucket === "string" ? `bucket ${quote(bucket)}` : "one bucket";
}

function filterText({ event, prefix, suffix }: ObjectFilter): string {
  const affixes = [
    ...(prefix === "" ? [] : [`prefix ${quote(prefix)}`]),
    ...(suffix === "" ? [] : [`suffix ${quote(suffix)}`]),
  ];
  return `${quote(event)} with ${affixes.length === 0 ? "any name" : affixes.join(" and ")}`;
}

function placeOf(trigger: CosTrigger): { address: string; note?: string } {
  const name = functionName(trigger);
  return { address: trigger.address, ...(name === undefined ? {} : { note: `starts ${name}` }) };
}
