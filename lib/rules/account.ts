import { SNAPSHOT_FILE } from "../model/account-snapshot";
import { isQuota, limits, smallestQuotas, type Quotas } from "../model/quotas";
import { regions } from "../model/region";
import type { ModelResource } from "./app-model";
import {
  accountScopes,
  besides,
  DEFAULT_NAMESPACE,
  isOver,
  orSaveAgain,
  testEventTallies,
} from "./account-use";
import type { FindingPlace } from "./finding";
import { loadBalancerFact } from "./bindings";
import { codePart, codeSizes } from "./code";
import { closest } from "./edit-distance";
import { otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import type { Rule } from "./rule";
import { bytes, bytesOver, count, grouped, listed, quote } from "./text";
import { eachText } from "./unchecked";

/** Restrictions of an account, a region and a namespace: section 1 of the rules. Quotas count all stacks together. */

const quotas = { document: "scf-operation-guide", section: "配额限制说明" } as const;

export const accountRules: readonly Rule[] = [
  {
    id: "QTA-VALUE",
    severity: "error",
    statement: "a quota that the provider is given by hand has a name that there is, and is a whole number",
    source: quotas,
    fix: "give the quota as a whole number, as the platform has raised it",
    check(app, report) {
      for (const { stack, provider } of app.plans) {
        for (const [name, value] of Object.entries<unknown>(provider.quotas)) {
          if (isQuota(name, value)) continue;
          const places = [{ address: stack }];
          if (!Object.hasOwn(smallestQuotas, name)) {
            const meant = closest(name, Object.keys(smallestQuotas));
            report({
              message: `there is no quota \`${quote(name).slice(1, -1)}\``,
              places,
              fix:
                meant === undefined
                  ? `quotas are ${listed(Object.keys(smallestQuotas))}`
                  : `did you mean ${meant}?`,
            });
            continue;
          }
          const smallest = smallestQuotas[name as keyof Quotas];
          report({
            message: `the quota \`${name}\` is ${shown(value)}; it is a whole number, at least ${grouped(smallest)}`,
            places,
            ...closestQuota(value, smallest),
          });
        }
      }
    },
  },
  {
    id: "QTA-SAME",
    severity: "error",
    statement:
      "stacks of one account and region give each quota the same value and count with the same snapshot",
    source: quotas,
    fix: "give the quota in one of the stacks only, it holds for all of the account and region, or the same value in each",
    check(app, report) {
      for (const { plans, region } of accountScopes(app)) {
        if (plans.length < 2) continue;
        for (const name of Object.keys(smallestQuotas) as (keyof Quotas)[]) {
          const stated = plans.flatMap(({ stack, provider }) => {
            const value: unknown = Object.hasOwn(provider.quotas, name) ? provider.quotas[name] : undefined;
            return isQuota(name, value) ? [{ stack, value: value as unknown as number }] : [];
          });
          if (new Set(stated.map(({ value }) => value)).size < 2) continue;
          report({
            message: `stacks of one account give the quota \`${name}\` of ${region} different values`,
            places: stated.map(({ stack, value }) => ({ address: stack, note: grouped(value) })),
          });
        }
        const named = plans.filter(({ provider }) => provider.account.snapshot !== undefined);
        if (groupBy(named, ({ provider }) => String(provider.account.snapshot)).size < 2) continue;
        report({
          message: `stacks of one account name different snapshots of ${region}`,
          places: named.map(({ stack, provider }) => ({
            address: stack,
            note: quote(provider.account.snapshot),
          })),
          fix: "name one snapshot in all of them, or in one of them only: it holds for all of the account and region",
        });
      }
    },
  },
  {
    id: "QTA-SNAP",
    severity: "warning",
    statement: "the snapshot that a provider names tells what is in its account and region",
    source: { document: "api", section: "GetAccount" },
    fix: "run `cdktf-scf quota --save` to write it",
    check(app, report) {
      for (const { stack, provider, existing } of app.plans) {
        const file: unknown = provider.account.snapshot;
        if (file === undefined || existing) continue;
        report(
          typeof file === "string"
            ? {
                message: `the snapshot ${quote(file)} is missing, or says nothing of ${provider.region}${
                  provider.account.uin === undefined ? "" : ` in account ${provider.account.uin}`
                }: what is there already is not counted`,
                places: [{ address: stack }],
                fix: `run \`cdktf-scf quota --save${file === SNAPSHOT_FILE ? "" : ` ${file}`}\` to write it`,
              }
            : {
                severity: "error",
                message: `the account's snapshot is ${shown(file)}; it is the name of a file`,
                places: [{ address: stack }],
                fix: `name the file that \`cdktf-scf quota --save\` writes: ${quote(SNAPSHOT_FILE)}`,
              },
        );
      }
    },
  },
  {
    id: "QTA-CODE",
    severity: "error",
    statement: "the code of all functions in a region stays below the account's quota, 100 GB by default",
    source: quotas,
    fix: "remove what the packages do not need, or raise `codeBytes` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const scope of accountScopes(app)) {
        // The document limits "total volume of function code" and, unlike for one function, does not say "before
        // compression": what the platform stores are the ZIPs, so their sizes are added up.
        const functions = scope.resources("scf_function");
        const total = zipBytes(functions);
        const quota = scope.quotas.codeBytes;
        if (total <= quota) continue;
        report({
          message: `the functions' code in ${scope.region} takes ${bytesOver(total, quota)}; ${bytes(quota)} are allowed in a region`,
          places: perStack(functions, (members) => bytes(zipBytes(members))),
        });
      }
    },
  },
  {
    id: "QTA-NS",
    severity: "error",
    statement: "a region holds at most 5 namespaces by default, `default` included",
    source: quotas,
    fix: "use fewer namespaces, or raise `namespaces` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const scope of accountScopes(app)) {
        const { namespaces, region } = scope;
        const limit = scope.quotas.namespaces;
        if (!isOver(namespaces, limit)) continue;
        const ours = namespaces.declared - 1;
        report({
          message: `${count(namespaces.total, "namespace")} in ${region}, \`default\` included${besides(
            { ...namespaces, declared: ours },
            scope,
          )}; ${grouped(limit)} are allowed in a region`,
          places: namespaces.members.map((member) => ({
            address: member.address,
            ...noteOf(
              app.follow(member.planned.properties[member.kind === "scf_namespace" ? "name" : "namespace"]),
            ),
          })),
          ...orSaveAgain(this.fix, namespaces, scope),
        });
      }
    },
  },
  {
    id: "QTA-FN",
    severity: "error",
    statement: "a namespace holds at most 50 functions by default",
    source: quotas,
    fix: "move functions to another namespace, or raise `functionsPerNamespace` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const scope of accountScopes(app)) {
        for (const namespace of scope.functions) {
          const { functions, limit, there } = namespace;
          if (!isOver(namespace, limit)) continue;
          // Those that exist take no new place: the first that does not fit is a new one.
          const index = Math.min(Math.max(limit - namespace.besides, there, 0), functions.length - 1);
          const surplus = functions[index];
          const where =
            namespace.name === undefined
              ? `a namespace of ${scope.region} whose name is not known yet`
              : `namespace \`${namespace.name}\` of ${scope.region}`;
          report({
            message: `${count(namespace.total, "function")} in ${where}${besides(namespace, scope)}; ${grouped(limit)} are allowed in a namespace`,
            places: [
              ...(surplus
                ? [{ address: surplus.address, note: `number ${grouped(namespace.besides + index + 1)}` }]
                : []),
              ...perStack(functions, (members) => count(members.length, "function")),
            ],
            ...orSaveAgain(this.fix, namespace, scope),
          });
        }
      }
    },
  },
  {
    id: "QTA-LYR",
    severity: "error",
    statement: "a region holds at most 20 layers by default",
    source: quotas,
    fix: "merge layers, or raise `layers` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const scope of accountScopes(app)) {
        const { layers } = scope;
        const limit = scope.quotas.layers;
        if (!isOver(layers, limit)) continue;
        report({
          message: `${count(layers.total, "layer")} in ${scope.region}${besides(layers, scope)}; ${grouped(limit)} are allowed in a region`,
          places: layers.members.map((member) => ({
            address: member.address,
            ...noteOf(app.follow(member.planned.properties["layerName"])),
          })),
          ...orSaveAgain(this.fix, layers, scope),
        });
      }
    },
  },
  {
    id: "QTA-LYRV",
    severity: "warning",
    statement: "a layer has at most 200 versions by default",
    source: quotas,
    fix: "delete versions that no function binds before the layer's code changes, or raise `versionsPerLayer` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const scope of accountScopes(app)) {
        if (!scope.existing) continue;
        const limit = scope.quotas.versionsPerLayer;
        for (const layer of scope.resources("scf_layer")) {
          const name: unknown = layer.get("layerName");
          const versions = typeof name === "string" ? scope.layerVersions(name) : undefined;
          if (versions === undefined || versions < limit) continue;
          report({
            message: `layer ${quote(name)} has ${count(versions, "version")} in the account (${scope.snapshot}); ${grouped(limit)} are allowed, so no other can be published`,
            places: [{ address: layer.address }],
          });
        }
      }
    },
  },
  {
    id: "QTA-TEST",
    severity: "error",
    statement: "an account holds at most 5 test events by default, each of at most 64 KB",
    source: { document: "scf-operation-guide", section: "自定义测试事件模板使用限制" },
    fix: "remove test events, or raise `testEvents` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const events of testEventTallies(app)) {
        const { limit, members, scope } = events;
        if (!isOver(events, limit)) continue;
        report({
          message: `${count(events.total, "test event")} in the account${besides(events, scope)}; ${grouped(limit)} are allowed`,
          places: members.map((event) => ({
            address: event.address,
            ...noteOf(app.follow(event.planned.properties["name"])),
          })),
          ...orSaveAgain(this.fix, events, scope),
        });
      }
      eachText(app, report, "scf_test_event", "event", (text, { address }) => {
        const size = Buffer.byteLength(text);
        if (size <= limits.testEventBytes) {
          if (isJson(text)) return;
          report({
            message: "the test event is not JSON",
            places: [{ address }],
            fix: "write it with JSON.stringify",
          });
          return;
        }
        report({
          message: `the test event has ${bytesOver(size, limits.testEventBytes)}; ${bytes(limits.testEventBytes)} are allowed`,
          places: [{ address }],
          fix: "shorten the event",
        });
      });
    },
  },
  {
    id: "NS-DEFAULT",
    severity: "error",
    statement:
      "the namespace `default` exists in every region and is never declared; a function lives in a namespace of its own account and region",
    source: { document: "scf-operation-guide", section: "函数概述" },
    fix: "leave the namespace out: functions without one live in `default`",
    check(app, report) {
      eachText(app, report, "scf_namespace", "name", (name, { address, region }) => {
        if (name !== DEFAULT_NAMESPACE) return;
        report({
          message: `namespace ${quote(name)} is declared, and it always exists in ${region}`,
          places: [{ address }],
        });
      });
      for (const resource of app.ofKind("scf_function")) {
        const namespace = resource.targetOfKind("namespace", "scf_namespace");
        const problem = otherRegion(resource, { own: "function", other: "namespace" }, namespace);
        if (problem) report(problem);
      }
    },
  },
  {
    id: "REGION",
    severity: "warning",
    statement: "a region is one of those that the documents name",
    source: { document: "api", section: "Region" },
    fix: "acknowledge this warning if the platform has the region by now",
    check(app, report) {
      // Where another provider gives the region, COD-COS and CLB-REGION say so.
      const reportUnknown = (region: unknown, address: string): void => {
        if (typeof region !== "string" || Object.hasOwn(regions, region)) return;
        const meant = closest(region, Object.keys(regions));
        report({
          message: `${quote(region)} is not a region that the documents name`,
          places: [{ address }],
          ...(meant === undefined ? {} : { fix: `did you mean ${meant}?` }),
        });
      };
      for (const { stack, provider } of app.plans) reportUnknown(provider.region, stack);
      for (const listener of app.ofKind("clb_listener")) {
        reportUnknown(loadBalancerFact(listener, "region"), listener.address);
      }
      for (const crossRegion of app.ofKind("clb_cross_region")) {
        reportUnknown(crossRegion.get("region"), crossRegion.address);
      }
      for (const resource of [...app.ofKind("scf_function"), ...app.ofKind("scf_layer")]) {
        reportUnknown(codePart(resource, "region"), resource.address);
      }
    },
  },
];

function closestQuota(value: unknown, smallest: number): { fix?: string } {
  if (typeof value !== "number" || !Number.isFinite(value)) return {};
  return { fix: `use ${String(Math.max(smallest, Math.floor(value)))}` };
}

/** A value of the program; JSON has no words for some numbers. */
function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : quote(value);
}

function noteOf(name: unknown): { note?: string } {
  return typeof name === "string" ? { note: name } : {};
}

/** What the platform keeps of the functions' code. */
export function zipBytes(functions: readonly ModelResource<"scf_function">[]): number {
  return functions.reduce((sum, resource) => sum + (codeSizes(resource)?.zipBytes ?? 0), 0);
}

/** One place for each stack that takes part. */
function perStack<R extends ModelResource>(
  resources: readonly R[],
  note: (members: readonly R[]) => string,
): FindingPlace[] {
  return [...groupBy(resources, (resource) => resource.plan.stack)].map(([stack, members]) => ({
    address: stack,
    note: note(members),
  }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
