import { fc } from "../fast-check";
import { PLAN_FORMAT, PLAN_VERSION, type Plan } from "../../lib/model/plan";
import { resourceSchemas, type KindName } from "../../lib/model/resources";
import type { Properties, Value } from "../../lib/model/value";
import { AppModel } from "../../lib/rules/app-model";
import { evaluate } from "../../lib/rules/evaluate";
import { findingsReport, renderFindings } from "../../lib/rules/report";

const kinds = Object.keys(resourceSchemas) as KindName[];
const addresses = ["shop/a", "shop/b", "shop/c", "stock/d", "shop/missing"];
const propertyNames = [
  ...new Set(kinds.flatMap((kind) => Object.keys(resourceSchemas[kind].properties.shape))),
];

/** Words that rules look for, so that arbitrary values get past their first question. */
const words = fc.constantFrom(
  ...[
    "default",
    "Nodejs16.13",
    "Go1",
    "Java8",
    "index.main_handler",
    "main",
    "$LATEST",
    "1",
    "live",
    "[1,5]",
  ],
  ...[
    "scf:*",
    "*",
    "qcs::scf:ap-guangzhou:uin/:namespace/default/function/a",
    "0 0 2 * * * *",
    "HTTP",
    "TCP",
  ],
  ...["region", "alias", "error", "mem", "maximum", "QcloudSCFFullAcess", ">"],
  ...[
    "HTTP",
    "Event",
    "web",
    "CustomImage",
    "Php7",
    "Nodejs18.15",
    "/mnt/data",
    "9.0.0.0/8",
    "vpc-1",
    "subnet-1",
  ],
  ...["ccr.ccs.tencentyun.com/a/b:1", "acme.tencentcloudcr.com/a/b", '["python"]', "1.1.1.1;ns.example.com"],
  ...["SCF_QcsRole", "package", "match", "weighted", "__proto__", "constructor", "ap-shanghai"],
  ...["WSS", "GET", "cos:ObjectCreated:*", "service-a1b2c3d4", "/orders", "Event"],
  ...["static", "dynamic", "9.0.0.0/8"],
  ...["1.0", "2.0", "instance", "network-interface", "data-center", "ins-1", "10.0.0.1", "classic", "ipv6"],
  ...["personal", "enterprise", "HTTPS", "QUIC", "crt-1", "queue", "cls-1", "Equal", "native", "ckafka-1"],
  ...[
    "0f1e2d3c-0000-4000-8000-000000000001",
    "{}",
    "invoke.headers.a",
    "date_less_than",
    "2030-01-01T00:00:00Z",
  ],
);

const symbolic: fc.Arbitrary<Value> = fc.oneof(
  fc.record({
    $ref: fc.record({
      address: fc.constantFrom(...addresses),
      attribute: fc.constantFrom(...propertyNames, "version", "functionId"),
    }),
  }),
  fc.record({ $secret: fc.record({ environment: fc.string() }) }),
  fc.record({ $token: fc.string() }),
  fc.record({ $join: fc.array(fc.oneof(fc.string(), fc.record({ $token: fc.string() })), { maxLength: 3 }) }),
);

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    words,
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: false }),
    fc.boolean(),
    fc.constant(null),
    symbolic,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          ...["asset", "bucket", "object", "region", "name", "version", "type", "percent", "key", "method"],
          ...[
            "expression",
            "effect",
            "action",
            "resource",
            "condition",
            "ip_equal",
            ...["instances", "actions", "cron", "minimum", "maximum", "utilization"],
            ...["nodeSelector", "tolerations", "operator", "subnetCidr", "nodeTypes", "kubernetesVersion"],
            "qcs:ip",
            "TZ",
            "generation",
            "metric",
            "statistic",
            "periodMinutes",
            "functionName",
            "qualifier",
            "image",
            "registry",
            "registryId",
            "entryPoint",
            "command",
            "port",
          ],
          ...[
            "networkRegion",
            "networkCidr",
            "networkType",
            "natGateway",
            "fileSystemVpcIds",
            "logRegion",
            "imageRegion",
            "vpcId",
            "subnetId",
            "localDirectory",
            "remoteDirectory",
            "logsetId",
            "topicId",
            "OS_NAMESERVER",
          ],
          ...[
            "instanceId",
            "address",
            "weight",
            "attached",
            "primary",
            "securityGroup",
            "source",
            "protocol",
          ],
          ...[
            "network",
            "addressType",
            "scheme",
            "vip",
            "created",
            "crossRegion",
            "snatAddresses",
            "accessLogs",
          ],
          ...["clusterId", "clusterNamespace", "nodeCount", "comparison", "threshold", "occurrences"],
          ...["repeatSeconds", "enabled", "timeoutSeconds", "intervalSeconds", "healthyStatuses", "userId"],
          ...[
            "fileSystemId",
            "mountTargetId",
            "filterType",
            "acceleration",
            "date_less_than",
            "qcs:current_time",
          ],
        ),
        fc.string(),
      ),
      tie("value"),
      { maxKeys: 6 },
    ),
  ),
}));

function plan(stack: string, resources: readonly [string, KindName, Some][]): Plan {
  return {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack,
    validated: true,
    provider: {
      region: stack === "shop" ? "ap-guangzhou" : "ap-shanghai",
      account: { type: "standard" },
      platform: { type: "tencentcloud" },
      quotas: {},
    },
    resources: resources.map(([address, kind, properties]) => ({
      address,
      kind,
      properties: properties as Properties,
      dependsOn: [],
    })),
    assets: [{ hash: "package", path: "package.zip", zipBytes: 1, uncompressedBytes: 2 }],
    outputs: {},
    dependsOnStacks: [],
  };
}

/** Properties as fast-check makes them: any may be absent. */
type Some = { readonly [name: string]: Value | undefined };

function check(resources: readonly [string, KindName, Some][], start: string | Buffer = "node app.js"): void {
  const packages = new Map([
    [
      "web",
      {
        hash: "web",
        zipBytes: 1,
        uncompressedBytes: 2,
        entries: [{ path: "scf_bootstrap", bytes: start.length, executable: false }],
        contentOf: () => Buffer.from(start),
      },
    ],
    [
      "package",
      {
        hash: "package",
        zipBytes: 1,
        uncompressedBytes: 2,
        entries: [{ path: "a/index.js", bytes: 1, executable: false }],
      },
    ],
  ]);
  const shop = resources.filter(([address]) => address.startsWith("shop/"));
  const stock = resources.filter(([address]) => address.startsWith("stock/"));
  const findings = evaluate(new AppModel([plan("shop", shop), plan("stock", stock)], packages), {
    acknowledgements: [{ rule: "CAM-WIDE", address: "shop", reason: "known" }],
    locate: () => undefined,
  });
  // One expectation for all of them: there are hundreds of thousands.
  const incomplete = findings.filter(
    ({ message, places }) => typeof message !== "string" || places.length === 0,
  );
  expect(incomplete).toEqual([]);
  renderFindings(findings, { color: true, baseDirectory: "/", width: 80 });
  JSON.stringify(findingsReport(findings, { baseDirectory: "/" }));
}

describe.each(kinds)("%s", (kind) => {
  const names = Object.keys(resourceSchemas[kind].properties.shape);
  const properties = fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), {
    requiredKeys: [],
  });

  test("no property value makes a rule throw", () => {
    fc.assert(
      fc.property(properties, (given) => check([["shop/a", kind, given]])),
      { numRuns: Number(process.env["ROBUSTNESS_RUNS"] ?? 100) },
    );
  });

  test("nor do resources that refer to each other in circles", () => {
    fc.assert(
      fc.property(
        properties,
        fc.constantFrom(...kinds),
        properties,
        anyValue,
        (first, other, second, third) => {
          const all = Object.fromEntries(
            Object.keys(resourceSchemas[other].properties.shape).map((name) => [name, third]),
          );
          check([
            ["shop/a", kind, first],
            ["shop/b", other, all],
            ["shop/c", kind, second],
            ["stock/d", other, all],
          ]);
        },
      ),
      { numRuns: Number(process.env["ROBUSTNESS_RUNS"] ?? 60) },
    );
  });
});

/** Pieces of shell scripts in any order, most of which no shell would take. */
const script = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "#!/bin/bash",
          "#!/usr/bin/env node",
          "\n",
          "\r\n",
          " ",
          "\t",
          "'",
          '"',
          "`",
          "$(",
          "${",
          "}",
          ")",
          "(",
          "$PATH",
        ],
        ...[
          "<<EOF",
          "<<-'E O F'",
          "EOF",
          "<<<",
          ">",
          "2>&1",
          "&",
          "&&",
          "||",
          "|",
          ";",
          "\\",
          "\\\n",
          "#",
          "case",
          "esac",
          "in",
        ],
        ...[
          "node",
          "/var/lang/node16/bin/node",
          "npm",
          "PATH=",
          "export ",
          "PORT=",
          "9000",
          "--port",
          "127.0.0.1:",
          "bash -c ",
          "eval ",
        ],
        ...["A=$A$A", "${A:-1}", "\uFEFF", "\0", "exec", "env", "-i", "timeout 5", "nice -n"],
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

test.each(["Nodejs16.13", "Python3.7", "Nodejs18.15", "Go1"])(
  "no start file makes a rule throw for %s",
  (runtime) => {
    fc.assert(
      fc.property(fc.oneof(script, fc.uint8Array({ maxLength: 40 }).map(Buffer.from)), (start) =>
        check(
          [["shop/a", "scf_function", { type: "HTTP", runtime, code: { asset: "web" } }]],
          start as string,
        ),
      ),
      { numRuns: Number(process.env["ROBUSTNESS_RUNS"] ?? 400) },
    );
  },
);

test("symbolic values that are none do no harm", () => {
  const odd = [
    { $ref: null },
    { $ref: "a" },
    { $ref: {} },
    { $join: "text" },
    { $join: null },
    { $token: 1 },
  ];
  for (const kind of kinds) {
    for (const value of odd) {
      const names = Object.keys(resourceSchemas[kind].properties.shape);
      check([["shop/a", kind, Object.fromEntries(names.map((name) => [name, value as unknown as Value]))]]);
      check([["shop/a", kind, Object.fromEntries(names.map((name) => [name, [value] as unknown as Value]))]]);
    }
  }
});

test("properties that refer to themselves end", () => {
  for (const kind of kinds) {
    const names = Object.keys(resourceSchemas[kind].properties.shape);
    const self = names.map((name) => [name, { $ref: { address: "shop/a", attribute: name } }]);
    check([["shop/a", kind, Object.fromEntries(self) as Some]]);
    const nested = names.map((name) => [name, [{ $ref: { address: "shop/a", attribute: name } }]]);
    check([["shop/a", kind, Object.fromEntries(nested) as Some]]);
  }
});
