import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { closest } from "./edit-distance";
import { itemsOf, partsOf, type Parts } from "./provisioning";
import type { Report, Rule } from "./rule";
import { count, grouped, listed, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of namespaces that a Kubernetes cluster hosts: section 13 of the rules. */

const source = { document: "scf-operation-guide", section: "资源托管模式管理" } as const;
const LARGEST_PORT = 65_535;
const LONGEST_KEY = 63;
const FORBIDDEN_FIRST_BYTE = 9;
const operators = ["Equal", "Exists"];
const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

export const kubernetesRules: readonly Rule[] = [
  {
    id: "K8S-NS",
    severity: "error",
    statement:
      "a namespace is hosted by a cluster with a cluster namespace and a subnet, and never the namespace `default`",
    source,
    fix: "give the ids of cluster and subnet, and the namespace of the cluster",
    check(app, report) {
      for (const { resource, hosting } of hosted(app)) {
        const places = [{ address: resource.address }];
        if (resource.get("name") === "default") {
          report({
            message:
              "namespace `default` is hosted by a cluster, and it always runs on the platform's machines",
            places,
            fix: "choose another name",
          });
        }
        for (const [name, what] of [
          ["clusterId", "cluster"],
          ["clusterNamespace", "cluster namespace"],
          ["subnetId", "subnet"],
        ] as const) {
          const value = hosting.part(name);
          reportToken(app, hosting, name, resource, report);
          if (value !== "") continue;
          report({ message: `the namespace is hosted by a cluster, and the ${what} is empty`, places });
        }
        const port = hosting.part("port");
        if (typeof port !== "number" || (Number.isInteger(port) && port >= 1 && port <= LARGEST_PORT))
          continue;
        report({
          message: `port ${quote(port)} does not exist: ports are whole numbers from 1 to ${grouped(LARGEST_PORT)}`,
          places,
          fix: "use another port, or none, and the platform chooses",
        });
      }
    },
  },
  {
    id: "K8S-NET",
    severity: "error",
    statement: "the subnet of a hosted namespace is not in 9.0.0.0/8",
    source,
    fix: "use a subnet outside of 9.0.0.0/8",
    check(app, report) {
      for (const { resource, cluster } of hosted(app)) {
        if (!cluster) continue;
        reportToken(app, cluster, "subnetCidr", resource, report);
        const range = cluster.part("subnetCidr");
        if (typeof range !== "string") continue;
        const parsed = parseRange(range);
        if (parsed && !parsed.takesForbidden) continue;
        report({
          message: parsed
            ? `the subnet ${range} takes addresses of 9.0.0.0/8, which hosted namespaces cannot use`
            : `${quote(range)} is not an address range`,
          places: [{ address: resource.address }],
          ...(parsed ? {} : { fix: 'write it as address and length, for example "10.0.0.0/24"' }),
        });
      }
    },
  },
  {
    id: "K8S-NODE",
    severity: "error",
    statement:
      "a cluster that hosts functions has at least one node, native and ordinary nodes only, and Kubernetes 1.7 or later where node selectors or tolerations are used",
    source,
    fix: "use another cluster, or change its nodes",
    check(app, report) {
      for (const { resource, hosting, cluster } of hosted(app)) {
        if (!cluster) continue;
        const places = [{ address: resource.address }];
        for (const name of ["nodeCount", "nodeTypes", "kubernetesVersion"]) {
          reportToken(app, cluster, name, resource, report);
        }
        const nodes = cluster.part("nodeCount");
        if (typeof nodes === "number" && !(nodes >= 1)) {
          report({ message: `the cluster has ${count(nodes, "node")}; at least 1 is needed`, places });
        }
        const types = cluster.part("nodeTypes");
        if (Array.isArray(types) && types.includes("super")) {
          report({
            message: "the cluster has super nodes; functions run on native and ordinary nodes only",
            places,
          });
        }
        const version = cluster.part("kubernetesVersion");
        const scheduling = [
          ...(isEmpty(app, hosting, "nodeSelector") ? [] : ["node selectors"]),
          ...(isEmpty(app, hosting, "tolerations") ? [] : ["tolerations"]),
        ];
        if (typeof version !== "string" || scheduling.length === 0) continue;
        const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
        if (major === undefined || minor === undefined) {
          report({
            message: `${quote(version)} is not a version of Kubernetes`,
            places,
            fix: 'write it as "1.26"',
          });
        } else if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 7)) {
          report({
            message: `the cluster has Kubernetes ${version}; ${listed(scheduling)} need 1.7 or later`,
            places,
          });
        }
      }
    },
  },
  {
    id: "K8S-LABEL",
    severity: "error",
    statement:
      "the key of a node selector has at most 63 letters, digits, `/` and `-` and does not begin with `/`; its value has letters, digits, `-`, `_` and `.` and begins and ends with a letter or digit",
    source,
    fix: "use a label that has this form",
    check(app, report) {
      for (const { resource, hosting } of hosted(app)) {
        const places = [{ address: resource.address }];
        const selector = app.dereference(hosting.raw("nodeSelector"));
        const labels = partsOf(app, selector);
        if (!labels) {
          if (hosting.has("nodeSelector")) reportToken(app, hosting, "nodeSelector", resource, report);
          continue;
        }
        for (const key of Object.keys(selector as object)) {
          const problem = keyProblem(key);
          if (problem !== undefined) report({ message: `label key ${quote(key)} ${problem}`, places });
          reportToken(app, labels, key, resource, report, `nodeSelector.${key}`);
          const value = labels.part(key);
          const wrong = typeof value === "string" ? valueProblem(value) : undefined;
          if (wrong !== undefined) {
            report({ message: `value ${quote(value)} of label ${quote(key)} ${wrong}`, places });
          }
        }
      }
    },
  },
  {
    id: "K8S-TOL",
    severity: "error",
    statement:
      "a toleration has a key, an operator `Equal` with a value or `Exists` without one, and an effect `NoSchedule`, `PreferNoSchedule` or `NoExecute`",
    source,
    fix: "give key and value with Equal, or a key alone with Exists",
    check(app, report) {
      for (const { resource, hosting } of hosted(app)) {
        if (hosting.has("tolerations")) reportToken(app, hosting, "tolerations", resource, report);
        itemsOf(app, hosting.raw("tolerations")).forEach((item, index) => {
          const toleration = partsOf(app, item);
          if (toleration) checkToleration(toleration, `toleration ${index + 1}`, resource, report);
        });
      }
    },
  },
];

interface Hosted {
  readonly resource: ModelResource<"scf_namespace">;
  readonly hosting: Parts;
  readonly cluster: Parts | undefined;
}

function hosted(app: AppModel): Hosted[] {
  return app.ofKind("scf_namespace").flatMap((resource) => {
    const hosting = partsOf(app, resource.raw("hosting"));
    return hosting ? [{ resource, hosting, cluster: partsOf(app, resource.raw("cluster")) }] : [];
  });
}

function reportToken(
  app: AppModel,
  parts: Parts,
  name: string,
  resource: ModelResource,
  report: Report,
  shown = name,
): void {
  if (parts.part(name) === UNKNOWN && app.hasForeignToken(parts.raw(name))) {
    report(notKnownYet(resource.address, shown));
  }
}

function isEmpty(app: AppModel, parts: Parts, name: string): boolean {
  const value = app.dereference(parts.raw(name));
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function parseRange(text: string): { readonly takesForbidden: boolean } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text.trim());
  if (!match) return undefined;
  const [first = NaN, second = NaN, third = NaN, fourth = NaN, length = NaN] = match.slice(1).map(Number);
  if ([first, second, third, fourth].some((byte) => byte > 255) || length > 32) return undefined;
  const shared = Math.min(8, length);
  const shift = 8 - shared;
  return { takesForbidden: first >> shift === FORBIDDEN_FIRST_BYTE >> shift };
}

function keyProblem(key: string): string | undefined {
  if (key.length < 1 || key.length > LONGEST_KEY) {
    return `has ${count(key.length, "character")}: 1 to ${LONGEST_KEY} are allowed`;
  }
  if (key.startsWith("/")) return 'begins with "/"';
  const wrong = /[^A-Za-z0-9/-]/u.exec(key)?.[0];
  return wrong === undefined ? undefined : `contains ${quote(wrong)}: letters, digits, / and - are allowed`;
}

function valueProblem(value: string): string | undefined {
  if (value === "") return "is empty";
  const wrong = /[^A-Za-z0-9._-]/u.exec(value)?.[0];
  if (wrong !== undefined) return `contains ${quote(wrong)}: letters, digits, -, _ and . are allowed`;
  if (!/^[A-Za-z0-9]/.test(value)) return "does not begin with a letter or digit";
  return /[A-Za-z0-9]$/.test(value) ? undefined : "does not end with a letter or digit";
}

function checkToleration(toleration: Parts, name: string, resource: ModelResource, report: Report): void {
  const places = [{ address: resource.address }];
  const word = (part: string, allowed: readonly string[]): unknown => {
    const value = toleration.part(part);
    if (typeof value !== "string" || allowed.includes(value)) return value;
    const meant = closest(value, allowed);
    report({
      message: `${name} has the ${part} ${quote(value)}, and it is ${listed(allowed, "or")}`,
      places,
      ...(meant === undefined ? {} : { fix: `did you mean ${meant}?` }),
    });
    return value;
  };
  const operator = word("operator", operators) ?? "Equal";
  word("effect", effects);
  const key = toleration.part("key");
  const value = toleration.part("value");
  const isMissing = (given: unknown): boolean => given === undefined || given === null || given === "";
  if (operator === "Equal" && (isMissing(key) || isMissing(value))) {
    report({
      message: `${name} compares with Equal and has no ${isMissing(key) ? "key" : "value"}`,
      places,
    });
  }
  if (operator === "Exists" && !isMissing(value)) {
    report({
      message: `${name} has the operator Exists and the value ${quote(value)}, which is compared with nothing`,
      places,
      fix: "remove the value, or use Equal",
    });
  }
}
