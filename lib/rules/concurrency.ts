import { limits } from "../model/quotas";
import { isForeignToken } from "../model/value";
import { accountScopes, besides, isOver, orSaveAgain, type AccountScope } from "./account-use";
import { UNKNOWN, type ModelResource } from "./app-model";
import {
  isNamespaceQuota,
  isReservation,
  namespaceQuotasIn,
  provisionedIn,
  reservationsByNamespace,
  reservedBeside,
  reservedIn,
  reservedInNamespaces,
  startingAliases,
  versionIdentity,
  type ReservedTally,
} from "./concurrency-use";
import { cronProblem } from "./cron-form";
import type { FindingPlace } from "./finding";
import { functionIdentity, functionName, functionOf } from "./identity";
import { otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import {
  actionsOf,
  amountsOf,
  functionMemory,
  isDynamic,
  isMemoryAssumed,
  provisionedName,
  provisioningOf,
  reservationOf,
  startedVersion,
  versionMemory,
  type Parts,
  type Provisioned,
  type Reservation,
  type Starting,
} from "./provisioning";
import { isVersionNumber } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { meet, readSchedule, type Schedule } from "./schedules";
import { count, grouped, listed, quote } from "./text";
import { eachNumber, notKnownYet } from "./unchecked";

/** Restrictions of concurrency: section 7 of the rules, and what section 1 says of quotas of concurrency. */

const document = "scf-operation-guide";
const KEPT = limits.unreservedConcurrencyMb;
const orRaise = "or raise `concurrencyMb` in the provider's quotas once the platform has raised it";
const RESERVE_LESS = `reserve less, ${orRaise}`;
const PROVISION_LESS = `provision fewer instances, ${orRaise}`;

export const concurrencyRules: readonly Rule[] = [
  {
    id: "QTA-CONC",
    severity: "error",
    statement:
      "the namespaces' own concurrency quotas stay within the region's, and each leaves 12,800 MB beside what its functions reserve",
    source: { document, section: "配额限制说明" },
    fix: "lower the quotas, or raise `concurrencyMb` in the provider's quotas once the platform has raised it",
    check(app, report) {
      eachNumber(app, report, "scf_namespace_concurrency", "totalMb", (megabytes, resource) => {
        if (isNamespaceQuota(megabytes)) return;
        report({
          message: `a namespace's quota of ${grouped(megabytes)} MB is not allowed: it is a whole number from 1 on`,
          places: [{ address: resource.address }],
          fix: `use ${grouped(Math.max(KEPT, Math.round(megabytes)))}`,
        });
      });
      for (const scope of accountScopes(app)) {
        const namespaces = namespaceQuotasIn(scope);
        const { planned, quota, total } = namespaces;
        if (planned.length > 0 && isOver(namespaces, quota)) {
          report({
            message:
              planned.length === 1 && namespaces.besides === 0
                ? `the namespace's quota is ${grouped(total)} MB, and ${scope.region} has ${grouped(quota)}`
                : `namespaces of ${scope.region} have quotas of ${grouped(total)} MB together${besides(namespaces, scope, " MB")}${namespaces.besides > 0 ? ";" : ", and"} the region has ${grouped(quota)}`,
            places: planned.map(({ resource, megabytes }) => place(resource, `${grouped(megabytes)} MB`)),
            ...orSaveAgain(this.fix, namespaces, scope),
          });
        }
        reportTightNamespaces(scope, planned, report);
      }
    },
  },
  {
    id: "NS-PKG",
    severity: "warning",
    statement: "a namespace's own concurrency quota exists only with a purchased package",
    source: { document, section: "并发服务承诺" },
    fix: "acknowledge this warning once the account has a package",
    check(app, report) {
      for (const { address } of app.ofKind("scf_namespace_concurrency")) {
        report({
          message: "the namespace has a concurrency quota of its own, which takes a purchased package",
          places: [{ address }],
        });
      }
    },
  },
  {
    id: "CON-UNIT",
    severity: "warning",
    statement: "reserved concurrency is a whole multiple of the function's memory; the rest is never used",
    source: { document, section: "并发服务承诺" },
    fix: "reserve a whole multiple of the function's memory",
    check(app, report) {
      for (const resource of app.ofKind("scf_reserved_concurrency")) {
        const megabytes: unknown = resource.get("reservedMb");
        if (typeof megabytes !== "number" || !isReservation(megabytes)) continue;
        const memory = functionMemory(resource);
        if (memory === UNKNOWN) {
          const owner = functionOf(resource);
          if (owner && app.hasForeignToken(owner.raw("memory"))) report(notKnownYet(owner.address, "memory"));
          continue;
        }
        if (memory === undefined || megabytes % memory === 0) continue;
        const instances = Math.floor(megabytes / memory);
        const below = instances * memory;
        report({
          message:
            instances === 0
              ? `${grouped(megabytes)} MB are not enough for one instance of ${grouped(memory)} MB: the function never runs`
              : `${grouped(megabytes)} MB are ${count(instances, "instance")} of ${grouped(memory)} MB, and ${grouped(megabytes - below)} MB that nothing uses`,
          places: [{ address: resource.address }],
          fix: `use ${[below, below + memory]
            .filter((value) => value > 0)
            .map(grouped)
            .join(" or ")}`,
        });
      }
    },
  },
  {
    id: "CON-RES",
    severity: "error",
    statement:
      "a function reserves at most the region's quota less what other functions reserve less 12,800 MB, which stay for functions without reservation",
    source: { document, section: "并发管理体系" },
    fix: RESERVE_LESS,
    check(app, report) {
      eachNumber(app, report, "scf_reserved_concurrency", "reservedMb", (megabytes, { address }) => {
        if (isReservation(megabytes)) return;
        report({
          message: `${grouped(megabytes)} MB cannot be reserved: it is a whole number of MB, and 0 stops the function`,
          places: [{ address }],
          fix:
            megabytes > 0
              ? `use ${grouped(Math.round(megabytes))}`
              : "use 0 to stop the function, or remove the reservation",
        });
      });
      for (const resource of app.ofKind("scf_reserved_concurrency")) {
        const nouns = { own: "reserved concurrency", other: "function" };
        const problem = otherRegion(resource, nouns, functionOf(resource));
        if (problem) report(problem);
      }
      for (const scope of accountScopes(app)) {
        const { region } = scope;
        reportReservations(
          scope,
          reservedIn(scope),
          { of: region, its: "the region's", from: `of ${region}` },
          report,
        );
        for (const reserved of reservedInNamespaces(scope)) {
          const of = `namespace \`${reserved.namespace}\` in ${region}`;
          reportReservations(
            scope,
            reserved,
            { of, its: "the namespace's own", from: `that the namespace has of its own in ${region}` },
            report,
          );
        }
      }
    },
  },
  {
    id: "CON-PROV",
    severity: "error",
    statement:
      "instances are provisioned for published versions only, never for `$LATEST` and never for an alias",
    source: { document, section: "预置并发" },
    fix: "provision `currentVersion`, or a version by its number",
    check(app, report) {
      for (const resource of app.ofKind("scf_provisioned_concurrency")) {
        const nouns = { own: "provisioned concurrency", other: "function" };
        const problem = otherRegion(resource, nouns, functionOf(resource));
        if (problem) report(problem);
        reportQualifier(resource, report);
      }
    },
  },
  {
    id: "CON-PSUM",
    severity: "error",
    statement:
      "what is provisioned for all versions of all functions in a region stays within the region's concurrency quota",
    source: { document, section: "预置并发" },
    fix: PROVISION_LESS,
    check(app, report) {
      for (const resource of app.ofKind("scf_provisioned_concurrency")) {
        const parts = provisioningOf(resource);
        if (!parts) {
          if (app.hasForeignToken(resource.raw("provisioning"))) {
            report(notKnownYet(resource.address, "provisioning"));
          }
        } else if (!isDynamic(parts)) {
          eachCount(resource, parts, "instances", 0, "provisioned instances", report);
        }
        const owner = functionOf(resource);
        if (versionMemory(resource) === UNKNOWN && owner && app.hasForeignToken(owner.raw("memory"))) {
          report(notKnownYet(owner.address, "memory"));
        }
      }
      for (const scope of accountScopes(app)) reportProvisioned(scope, report);
    },
  },
  {
    id: "CON-OVER",
    severity: "warning",
    statement:
      "instances provisioned above the function's reserved concurrency cost money and answer nothing",
    source: { document, section: "预置并发" },
    fix: "provision fewer instances, reserve more, or acknowledge this warning",
    check(app, report) {
      const starting = [
        ...app.ofKind("scf_provisioned_concurrency"),
        ...startingAliases(app.ofKind("scf_alias")),
      ];
      for (const resource of starting) {
        const reservation = reservationOf(resource);
        const reserved: unknown = reservation?.get("reservedMb");
        const memory = versionMemory(resource);
        const { most } = amountsOf(resource);
        if (!reservation || typeof reserved !== "number" || !isReservation(reserved)) continue;
        if (typeof memory !== "number" || most === undefined || most * memory <= reserved) continue;
        const answering = Math.floor(reserved / memory);
        report({
          message: `${provisionedName(resource)} gets ${count(most, "instance")} of ${grouped(memory)} MB, ${grouped(most * memory)} MB, and the function is reserved ${grouped(reserved)} MB: ${count(most - answering, "instance")} ${most - answering === 1 ? "costs" : "cost"} money and ${most - answering === 1 ? "answers" : "answer"} nothing`,
          places: [
            place(resource, `${grouped(most * memory)} MB`),
            place(reservation, `${grouped(reserved)} MB`),
          ],
        });
      }
    },
  },
  {
    id: "CON-KIND",
    severity: "error",
    statement: "a version is provisioned once: with a number of instances, or dynamically between two limits",
    source: { document, section: "动态指标预置" },
    fix: "keep one of the two",
    check(app, report) {
      for (const resource of app.ofKind("scf_provisioned_concurrency")) {
        const parts = provisioningOf(resource);
        if (!parts) continue;
        const asStatic = ["instances", "actions"].filter((name) => parts.has(name));
        const asDynamic = ["minimum", "maximum", "utilization"].filter((name) => parts.has(name));
        if (asStatic.length === 0 || asDynamic.length === 0) continue;
        report({
          message: `the version is provisioned in both ways: with ${listed(asStatic.map(code))} of a static setting, and with ${listed(asDynamic.map(code))} of a dynamic one`,
          places: [{ address: resource.address }],
        });
      }
      const sameVersion = groupBy(app.ofKind("scf_provisioned_concurrency"), versionIdentity);
      for (const same of sameVersion.values()) {
        const first = same[0];
        if (!first || same.length < 2) continue;
        report({
          message: `${provisionedName(first)} is provisioned ${same.length === 2 ? "twice" : `${grouped(same.length)} times`}`,
          places: same.map((resource) => {
            const parts = provisioningOf(resource);
            return place(resource, parts ? (isDynamic(parts) ? "dynamic" : "static") : undefined);
          }),
          fix: "keep one of them",
        });
      }
    },
  },
  {
    id: "CON-SCHED",
    severity: "error",
    statement:
      "a scheduled action has a name of its own, a cron expression of seven fields and a number of instances from 0 on; a version has at most 10 by default",
    source: { document, section: "定时预置" },
    fix: "give every action a name, seven fields and a number of instances",
    check(app, report) {
      for (const resource of app.ofKind("scf_provisioned_concurrency")) checkActions(resource, report);
    },
  },
  {
    id: "CON-DYN",
    severity: "error",
    statement:
      "a dynamic setting has a minimum of 1 or more, a maximum that is not below it, and a utilization between 0 and 1",
    source: { document, section: "动态指标预置" },
    fix: "give minimum ≥ 1, maximum ≥ minimum and 0 < utilization < 1",
    check(app, report) {
      for (const resource of app.ofKind("scf_provisioned_concurrency")) checkDynamic(resource, report);
    },
  },
];

function place(resource: ModelResource, note: string | undefined): FindingPlace {
  return { address: resource.address, ...(note === undefined ? {} : { note }) };
}

function code(name: string): string {
  return `\`${name}\``;
}

/** The call that sets the quota refuses one that leaves less than 12,800 MB (API PutTotalConcurrencyConfig). */
function reportTightNamespaces(
  scope: AccountScope,
  planned: ReturnType<typeof namespaceQuotasIn>["planned"],
  report: Report,
): void {
  if (planned.length === 0) return;
  const reservations = reservationsByNamespace(scope);
  for (const { resource, megabytes } of planned) {
    const inside = reservedBeside(scope, resource, megabytes, reservations);
    const reserved = inside.total;
    if (megabytes >= reserved + KEPT) continue;
    report({
      message: `the namespace's quota of ${grouped(megabytes)} MB is too small: its functions reserve ${grouped(reserved)} MB${besides(inside, scope, " MB")}${inside.besides > 0 ? ";" : ", and"} ${grouped(KEPT)} MB stay for those without reservation`,
      places: [
        place(resource, `${grouped(megabytes)} MB`),
        ...inside.planned.map((reservation) =>
          place(reservation.resource, `${grouped(reservation.megabytes)} MB`),
        ),
      ],
      fix: `use ${grouped(reserved + KEPT)} or more`,
      ...orSaveAgain(`use ${grouped(reserved + KEPT)} or more`, inside, scope),
      section: "PutTotalConcurrencyConfig",
    });
  }
}

/** Where functions reserve, in words. */
interface Where {
  /** `ap-guangzhou`. */
  readonly of: string;
  /** `the region's`. */
  readonly its: string;
  /** `of ap-guangzhou`. */
  readonly from: string;
}

function reportReservations(
  scope: AccountScope,
  reserved: ReservedTally,
  where: Where,
  report: Report,
): void {
  const { allowed, planned, quota, total } = reserved;
  const largest = planned[0];
  if (!largest || !isOver(reserved, allowed)) return;
  const others = total - largest.megabytes;
  const kept = `less ${grouped(KEPT)} MB that stay for functions without reservation`;
  const fix = mostFor(largest.resource, allowed - others);
  report({
    message:
      planned.length === 1 && reserved.besides === 0
        ? `${functionName(largest.resource) ?? "the function"} reserves ${grouped(total)} MB; ${grouped(allowed)} MB are allowed: the ${grouped(quota)} MB ${where.from} ${kept}`
        : `functions of ${where.of} reserve ${grouped(total)} MB together${besides(reserved, scope, " MB")}; ${grouped(allowed)} MB are allowed: ${where.its} ${grouped(quota)} MB ${kept}`,
    places: planned.map(({ resource, megabytes }) => place(resource, `${grouped(megabytes)} MB`)),
    ...(fix === undefined ? {} : { fix }),
    ...orSaveAgain(fix ?? RESERVE_LESS, reserved, scope),
  });
}

/** The most that a function can reserve, as a whole number of instances where its memory is known. */
function mostFor(resource: Reservation, left: number): string | undefined {
  const memory = functionMemory(resource);
  // What reserves nothing never runs.
  if (left <= 0) return undefined;
  if (typeof memory !== "number") return `reserve at most ${grouped(left)} MB for it`;
  const instances = Math.floor(left / memory);
  if (instances === 0) return undefined;
  const name = functionName(resource);
  return `reserve at most ${grouped(instances * memory)} MB${name === undefined ? "" : ` for ${name}`}, ${count(instances, "instance")} of ${grouped(memory)} MB`;
}

function reportQualifier(resource: Provisioned, report: Report): void {
  const { app, address } = resource;
  const raw = resource.raw("qualifier");
  const alias = app.targetOfKind(raw, "scf_alias");
  if (alias) {
    report({
      message: "instances are provisioned for an alias; only published versions can have them",
      places: [{ address }, place(alias, "the alias")],
      fix: "provision the version that the alias points to",
    });
    return;
  }
  const version = app.targetOfKind(raw, "scf_version");
  if (version) {
    if (functionIdentity(version) === functionIdentity(resource)) return;
    report({
      message: "instances are provisioned for a version of another function",
      places: [place(resource, functionName(resource)), place(version, functionName(version))],
      fix: "provision a version of the function itself",
    });
    return;
  }
  const qualifier: unknown = resource.get("qualifier");
  if (isForeignToken(raw)) report(notKnownYet(address, "qualifier"));
  if (typeof qualifier !== "string" || isVersionNumber(qualifier)) return;
  report({
    message:
      qualifier === "$LATEST"
        ? "instances are provisioned for $LATEST, whose code and configuration change; only published versions can have them"
        : `instances are provisioned for ${quote(qualifier)}, which is not the number of a published version`,
    places: [{ address }],
  });
}

/** A whole number of instances, or a finding; nothing for what is unknown or missing, which TYPE reports. */
function eachCount(
  resource: Provisioned,
  parts: Parts,
  name: string,
  smallest: number,
  what: string,
  report: Report,
  path = "provisioning",
): number | undefined {
  const value = parts.part(name);
  if (value === UNKNOWN && resource.app.hasForeignToken(parts.raw(name))) {
    report(notKnownYet(resource.address, `${path}.${name}`));
  }
  if (typeof value !== "number") return undefined;
  if (Number.isSafeInteger(value) && value >= smallest) return value;
  report({
    message: `${quote(value)} ${what} are not possible: it is a whole number from ${smallest} on`,
    places: [{ address: resource.address }],
    fix: `use ${grouped(Math.max(smallest, Number.isFinite(value) ? Math.round(value) : smallest))}`,
  });
  return undefined;
}

function reportProvisioned(scope: AccountScope, report: Report): void {
  const { region } = scope;
  const provisioned = provisionedIn(scope);
  const { planned: counted, quota, total, peak, impossible } = provisioned;
  if (counted.length === 0) return;
  if (isOver(provisioned, quota)) {
    const taking = counted
      .filter(({ instances }) => instances > 0)
      .sort((left, right) => right.instances * right.memory - left.instances * left.memory);
    const { fix } = assumedMemory(taking);
    report({
      message: `provisioned instances take ${grouped(total)} MB${besides(provisioned, scope, " MB")}; ${region} has ${grouped(quota)} MB`,
      places: taking.map(({ resource, instances, memory }) =>
        place(resource, `${count(instances, "instance")} of ${memoryText(resource, memory)}`),
      ),
      ...(fix === undefined ? {} : { fix }),
      ...orSaveAgain(fix ?? PROVISION_LESS, provisioned, scope),
    });
    return;
  }
  // An action that could not be carried out even if nothing else were provisioned.
  for (const { resource, most, memory } of impossible) {
    report({
      message: `a scheduled action of ${provisionedName(resource)} sets ${count(most, "instance")}, ${grouped(most * memory)} MB; ${region} has ${grouped(quota)} MB`,
      places: [place(resource, `${grouped(most)} × ${memoryText(resource, memory)}`)],
      ...assumedMemory([{ resource }]),
    });
  }
  reportTakeover(scope, provisioned, report);
  if (peak.total === total || peak.total <= quota || impossible.length > 0) return;
  report({
    severity: "warning",
    message: `the scheduled actions' highest numbers take ${grouped(peak.total)} MB if they come together${besides(peak, scope, " MB")}; ${region} has ${grouped(quota)} MB`,
    places: counted.map(({ resource, most, memory }) =>
      place(resource, `${count(most, "instance")} of ${memoryText(resource, memory)}`),
    ),
    fix: "see that the windows do not overlap, and acknowledge this warning, or use smaller numbers",
  });
}

/** Instances of a new version start before those of the one before are given back: both count for that while. */
function reportTakeover(
  scope: AccountScope,
  provisioned: ReturnType<typeof provisionedIn>,
  report: Report,
): void {
  const { planned: counted, quota, total } = provisioned;
  const moving = counted
    .filter(({ resource }) => resource.app.targetOfKind(startedVersion(resource), "scf_version"))
    .map(({ resource, instances, memory }) => ({ resource, megabytes: instances * memory }))
    .sort((left, right) => right.megabytes - left.megabytes)[0];
  if (!moving || total + moving.megabytes <= quota) return;
  const { resource, megabytes } = moving;
  report({
    severity: "warning",
    message: `there is no room for a new version of ${functionName(resource) ?? "the function"}: its instances take ${grouped(megabytes)} MB beside the ${grouped(total)} MB that are provisioned${provisioned.besides > 0 ? `${besides(provisioned, scope, " MB")},` : ""} until those of the version before are given back, and ${resource.region} has ${grouped(quota)} MB`,
    places: [place(resource, `${grouped(megabytes)} MB`)],
    fix: "provision fewer instances, or remove the setting before a new version is deployed and add it again after",
  });
}

function memoryText(resource: Starting, memory: number): string {
  return `${grouped(memory)} MB${isMemoryAssumed(resource) ? " (the function's present memory)" : ""}`;
}

/** A published version may have another memory than its function has now: the program can say so. */
function assumedMemory(counted: readonly { readonly resource: Starting }[]): { fix?: string } {
  const assumed = counted.find(({ resource }) => isMemoryAssumed(resource))?.resource;
  const qualifier: unknown = assumed && assumed.app.follow(startedVersion(assumed));
  if (typeof qualifier !== "string") return {};
  return {
    fix: `provision fewer instances; if version ${qualifier} was published with another memory, say so: version(${quote(qualifier)}, { memory: … })`,
  };
}

function checkActions(resource: Provisioned, report: Report): void {
  const { app, address } = resource;
  const places = [{ address }];
  const parts = provisioningOf(resource);
  if (!parts) return;
  if (isForeignToken(app.dereference(parts.raw("actions")))) {
    report(notKnownYet(address, "provisioning.actions"));
    return;
  }
  const actions = actionsOf(resource);
  const quota = resource.quotas.scheduledActions;
  if (actions.length > quota) {
    report({
      message: `the version has ${count(actions.length, "scheduled action")}; ${grouped(quota)} are allowed`,
      places,
      fix: "use fewer actions, or raise `scheduledActions` in the provider's quotas once the platform has raised it",
    });
  }
  const names = new Set<string>();
  const schedules: { readonly label: string; readonly schedule: Schedule }[] = [];
  for (const { position, parts: action } of actions) {
    const name = action.part("name");
    const label = typeof name === "string" && name !== "" ? quote(name) : `number ${position + 1}`;
    const path = `provisioning.actions[${position}]`;
    const token = ["name", "cron"].find(
      (part) => action.part(part) === UNKNOWN && app.hasForeignToken(action.raw(part)),
    );
    if (token !== undefined) report(notKnownYet(address, `${path}.${token}`));
    if (name === "")
      report({ message: `scheduled action ${label} has no name`, places, fix: "give it a name" });
    if (typeof name === "string" && name !== "") {
      if (names.has(name)) {
        report({
          message: `two scheduled actions of the version are named ${label}`,
          places,
          fix: "give one of them another name",
        });
      }
      names.add(name);
    }
    eachCount(resource, action, "instances", 0, `instances of scheduled action ${label}`, report, path);
    const cron = action.part("cron");
    if (typeof cron !== "string") continue;
    const problem = cronProblem(cron);
    if (problem) report({ ...problem, message: `scheduled action ${label}: ${problem.message}`, places });
    else schedules.push({ label, schedule: readSchedule(cron) });
  }
  // More than the quota allows are not compared one by one.
  if (actions.length <= quota) reportSameInstant(schedules, address, report);
  reportOpenWindow(resource, parts, report);
}

function reportSameInstant(
  schedules: readonly { readonly label: string; readonly schedule: Schedule }[],
  address: string,
  report: Report,
): void {
  schedules.forEach(({ label, schedule }, index) => {
    const later = schedules
      .slice(index + 1)
      .filter((other) => schedule && other.schedule && meet(schedule, other.schedule));
    const last = later[later.length - 1];
    if (!last) return;
    report({
      severity: "warning",
      message: `scheduled actions ${label} and ${listed(later.map((other) => other.label))} come at the same instant, and the later one in the list, ${last.label}, wins`,
      places: [{ address }],
      fix: "give them different times, or acknowledge this warning",
    });
  });
}

/** Nothing ends by itself: what an action has set stays until another one sets less. */
function reportOpenWindow(resource: Provisioned, parts: Parts, report: Report): void {
  const base = parts.part("instances");
  const targets = actionsOf(resource).map((action) => action.parts.part("instances"));
  if (typeof base !== "number" || !targets.every((target) => typeof target === "number")) return;
  const highest = Math.max(0, ...targets);
  if (highest <= base || targets.some((target) => target <= base)) return;
  report({
    severity: "warning",
    message: `scheduled actions set ${count(highest, "instance")}, and none takes them back to ${grouped(base)}: they stay, and cost, for ever`,
    places: [{ address: resource.address }],
    fix: `add an action that sets ${grouped(base)} when the window ends`,
  });
}

function checkDynamic(resource: Provisioned, report: Report): void {
  const parts = provisioningOf(resource);
  if (!parts || !isDynamic(parts)) return;
  const places = [{ address: resource.address }];
  const minimum = eachCount(resource, parts, "minimum", 1, "instances as the minimum", report);
  const maximum = eachCount(resource, parts, "maximum", 1, "instances as the maximum", report);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    report({
      message: `the minimum of ${count(minimum, "instance")} is above the maximum of ${grouped(maximum)}`,
      places,
      fix: `use a maximum of ${grouped(minimum)} or more`,
    });
  }
  const utilization = parts.part("utilization");
  if (utilization === UNKNOWN && resource.app.hasForeignToken(parts.raw("utilization"))) {
    report(notKnownYet(resource.address, "provisioning.utilization"));
  }
  if (typeof utilization !== "number" || (utilization > 0 && utilization < 1)) return;
  report({
    message: `a utilization of ${quote(utilization)} is not possible: it is between 0 and 1, neither of them included`,
    places,
    ...(utilization > 1 && utilization < 100 ? { fix: `use ${utilization / 100} for ${utilization} %` } : {}),
  });
}
