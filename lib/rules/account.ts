import type { Value } from "../model/value";
import { limits } from "../model/quotas";
import { regions } from "../model/region";
import type { ModelResource } from "./app-model";
import type { FindingPlace } from "./finding";
import { account, accountAndRegion, functionIdentity, identityOf, identityOfKnown } from "./identity";
import { loadBalancerFact } from "./bindings";
import { codePart, codeSizes } from "./code";
import { closest } from "./edit-distance";
import { groupBy } from "./per-app";
import type { Rule } from "./rule";
import { bytes, bytesOver, count, grouped, quote } from "./text";
import { eachText } from "./unchecked";

/** Restrictions of an account, a region and a namespace: section 1 of the rules. Quotas count all stacks together. */

const quotas = { document: "scf-operation-guide", section: "配额限制说明" } as const;

export const accountRules: readonly Rule[] = [
  {
    id: "QTA-CODE",
    severity: "error",
    statement: "the code of all functions in a region stays below the account's quota, 100 GB by default",
    source: quotas,
    fix: "remove what the packages do not need, or raise `codeBytes` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const functions of inRegion(app.ofKind("scf_function"))) {
        // The document limits "total volume of function code" and, unlike for one function, does not say "before
        // compression": what the platform stores are the ZIPs, so their sizes are added up.
        const total = zipBytes(functions);
        const first = functions[0];
        const quota = first?.quotas.codeBytes;
        if (!first || quota === undefined || total <= quota) continue;
        report({
          message: `the functions' code in ${first.region} takes ${bytesOver(total, quota)}; ${bytes(quota)} are allowed in a region`,
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
      // A namespace that a function names without declaring it has to exist as well, and counts.
      const uses = [
        ...app.ofKind("scf_namespace").map((resource) => use(resource, resource.raw("name"))),
        ...app.ofKind("scf_function").map((resource) => use(resource, resource.raw("namespace"))),
      ];
      for (const inOneRegion of groupBy(uses, ({ resource }) => accountAndRegion(resource)).values()) {
        const names = groupBy(inOneRegion, ({ identity }) => identity);
        names.delete(identityOfKnown(DEFAULT_NAMESPACE));
        const first = inOneRegion[0]?.resource;
        const total = names.size + 1;
        if (!first || total <= first.quotas.namespaces) continue;
        report({
          message: `${count(total, "namespace")} in ${first.region}, \`default\` included; ${grouped(first.quotas.namespaces)} are allowed in a region`,
          places: [...names.values()].flatMap(([member]) =>
            member ? [{ address: member.resource.address, ...noteOf(member.name) }] : [],
          ),
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
      const namespaces = groupBy(
        app.ofKind("scf_function"),
        (resource) => `${accountAndRegion(resource)}|${identityOf(resource, resource.raw("namespace"))}`,
      );
      for (const functions of namespaces.values()) {
        const first = functions[0];
        if (!first || functions.length <= first.quotas.functionsPerNamespace) continue;
        // The same function declared twice is FN-UNIQUE's business and one function here.
        const distinct = [...groupBy(functions, functionIdentity).values()].flatMap(([resource]) =>
          resource ? [resource] : [],
        );
        const quota = first.quotas.functionsPerNamespace;
        const surplus = distinct[quota];
        if (!surplus) continue;
        const namespace: unknown = first.get("namespace");
        const name = typeof namespace === "string" ? `\`${namespace}\`` : "whose name is not known yet";
        report({
          message: `${count(distinct.length, "function")} in namespace ${name} of ${first.region}; ${grouped(quota)} are allowed in a namespace`,
          places: [
            { address: surplus.address, note: `number ${grouped(quota + 1)}` },
            ...perStack(distinct, (members) => count(members.length, "function")),
          ],
        });
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
      for (const layers of inRegion(app.ofKind("scf_layer"))) {
        // Several resources with one name are versions of one layer.
        const byName = groupBy(layers, (resource) => identityOf(resource, resource.raw("layerName")));
        const first = layers[0];
        if (!first || byName.size <= first.quotas.layers) continue;
        report({
          message: `${count(byName.size, "layer")} in ${first.region}; ${grouped(first.quotas.layers)} are allowed in a region`,
          places: [...byName.values()].flatMap(([layer]) =>
            layer ? [{ address: layer.address, ...noteOf(layer.get("layerName")) }] : [],
          ),
        });
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
      for (const events of groupBy(app.ofKind("scf_test_event"), account).values()) {
        const byName = groupBy(events, (resource) => identityOf(resource, resource.raw("name")));
        const first = events[0];
        if (!first || byName.size <= first.quotas.testEvents) continue;
        report({
          message: `${count(byName.size, "test event")} in the account; ${grouped(first.quotas.testEvents)} are allowed`,
          places: [...byName.values()].flatMap(([event]) =>
            event ? [{ address: event.address, ...noteOf(event.get("name")) }] : [],
          ),
        });
      }
      eachText(app, report, "scf_test_event", "event", (text, { address }) => {
        const size = Buffer.byteLength(text);
        if (size <= limits.testEventBytes) return;
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
    statement: "the namespace `default` exists in every region and is never declared",
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
      for (const resource of [...app.ofKind("scf_function"), ...app.ofKind("scf_layer")]) {
        reportUnknown(codePart(resource, "region"), resource.address);
      }
    },
  },
];

/** Every region has it, and nobody declares it. */
const DEFAULT_NAMESPACE = "default";

interface Use {
  readonly resource: ModelResource;
  readonly identity: string;
  readonly name: unknown;
}

function use(resource: ModelResource, value: Value | undefined): Use {
  return { resource, identity: identityOf(resource, value), name: resource.app.follow(value) };
}

function noteOf(name: unknown): { note?: string } {
  return typeof name === "string" ? { note: name } : {};
}

/** Resources that count against the same quota of account and region. */
function inRegion<R extends ModelResource>(resources: readonly R[]): R[][] {
  return [...groupBy(resources, accountAndRegion).values()];
}

function zipBytes(functions: readonly ModelResource<"scf_function">[]): number {
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
