import { reference, type Value } from "../../../lib/model/value";
import type { Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const GB = 1024 ** 3;

function functions(stack: Stack, amount: number, prefix = "f"): void {
  for (let number = 1; number <= amount; number++) stack.function(`${prefix}${number}`);
}

function layers(stack: Stack, amount: number, prefix = "layer"): void {
  for (let number = 1; number <= amount; number++) stack.layer(`${prefix}${number}`);
}

function namespaces(stack: Stack, amount: number): void {
  for (let number = 1; number <= amount; number++) stack.namespace(`team${number}`);
}

const file = "scf.account.json";

/** A snapshot in which a namespace holds so many functions: `old1`, `old2` and so on, and those named. */
function holds(amount: number, ...named: readonly string[]) {
  const old = Array.from({ length: amount - named.length }, (_, index) => `old${index + 1}`);
  return { snapshot: file, account: { namespaces: { default: { functions: [...old, ...named] } } } };
}

function layersThere(...names: readonly string[]) {
  return { snapshot: file, account: { layers: Object.fromEntries(names.map((name) => [name, 1])) } };
}

function numbered(prefix: string, amount: number): string[] {
  return Array.from({ length: amount }, (_, index) => `${prefix}${index + 1}`);
}

function namespacesThere(...names: readonly string[]) {
  const all = ["default", ...names].map((name) => [name, { functions: [] }]);
  return {
    snapshot: file,
    account: { namespaces: Object.fromEntries(all) as Record<string, { functions: string[] }> },
  };
}

function eventsThere(...names: readonly string[]) {
  return { snapshot: file, account: { testEvents: names } };
}

function testEvents(stack: Stack, amount: number, prefix = "event"): void {
  const target = stack.function("orders");
  for (let number = 1; number <= amount; number++) stack.testEvent(`${prefix}${number}`, target);
}

function testEvent(stack: Stack, event: Value): void {
  stack.testEvent("order", stack.function("orders"), { event });
}

export const accountCases: readonly RuleCase[] = [
  passes("QTA-VALUE", "quotas at their least", (program) => {
    program.stack("shop", {
      quotas: { namespaces: 1, functionsPerNamespace: 1, layers: 0, versionsPerLayer: 1, codeBytes: 1 },
    });
    program.stack("stock", {
      region: "ap-shanghai",
      quotas: { initTimeoutSeconds: 3, triggersOfOneType: 0 },
    });
  }),
  fails("QTA-VALUE", "a quota one below the least", (program) => {
    program.stack("shop", { quotas: { initTimeoutSeconds: 2 } });
  }),
  passes("QTA-VALUE", "a quota at its least", (program) => {
    program.stack("shop", { quotas: { initTimeoutSeconds: 3 } });
  }),
  passes("QTA-VALUE", "the other quotas at their least", (program) => {
    program.stack("shop", {
      quotas: {
        concurrencyMb: 1,
        testEvents: 0,
        egressIps: 0,
        scheduledActions: 0,
      },
    });
  }),
  ...Object.entries({
    namespaces: 0,
    functionsPerNamespace: 0,
    layers: -1,
    versionsPerLayer: 0,
    triggersOfOneType: -1,
    codeBytes: 0,
    concurrencyMb: 0,
    testEvents: -1,
    egressIps: -1,
    scheduledActions: -1,
  }).map(([name, value]) =>
    fails("QTA-VALUE", `${name} one below the least`, (program) => {
      program.stack("shop", { quotas: { [name]: value } });
    }),
  ),
  fails("QTA-VALUE", "a quota that is no whole number", (program) => {
    program.stack("shop", { quotas: { functionsPerNamespace: 99.5 } });
  }),
  fails("QTA-VALUE", "a quota without end", (program) => {
    program.stack("shop", { quotas: { layers: Infinity } });
  }),
  fails("QTA-VALUE", "a quota that is text", (program) => {
    functions(program.stack("shop", { quotas: { functionsPerNamespace: "100" } }), 2);
  }),
  fails("QTA-VALUE", "a misspelt quota", (program) => {
    program.stack("shop", { quotas: { functionPerNamespace: 100 } as object });
  }),
  fails("QTA-VALUE", "a quota that there is not", (program) => {
    program.stack("shop", { quotas: { __proto__: null, bandwidth: 100 } as object });
  }),

  passes("QTA-SAME", "one quota in two stacks, and in one of three", (program) => {
    program.stack("shop", { quotas: { namespaces: 10 } });
    program.stack("stock", { quotas: { namespaces: 10, layers: 30 } });
    program.stack("returns");
  }),
  passes("QTA-SAME", "different quotas in two accounts and two regions", (program) => {
    program.stack("shop", { quotas: { namespaces: 10 } });
    program.stack("stock", { region: "ap-shanghai", quotas: { namespaces: 11 } });
    program.stack("returns", { uin: "2", quotas: { namespaces: 12 } });
  }),
  fails("QTA-SAME", "two values of one quota", (program) => {
    program.stack("shop", { quotas: { functionsPerNamespace: 100 } });
    program.stack("stock", { quotas: { functionsPerNamespace: 60 } });
    program.stack("returns");
  }),
  fails("QTA-SAME", "two snapshots of one region", (program) => {
    program.stack("shop", { snapshot: file, account: {} });
    program.stack("stock", { snapshot: "other.json", account: {} });
  }),
  passes("QTA-SAME", "one snapshot in one of two stacks", (program) => {
    program.stack("shop", { snapshot: file, account: {} });
    program.stack("stock");
  }),
  passes("QTA-SAME", "one snapshot in two stacks", (program) => {
    program.stack("shop", { snapshot: file, account: {} });
    program.stack("stock", { snapshot: file, account: {} });
  }),
  passes("QTA-SAME", "two snapshots of two regions", (program) => {
    program.stack("shop", { snapshot: file, account: {} });
    program.stack("stock", { region: "ap-shanghai", snapshot: "other.json", account: {} });
  }),

  passes("QTA-SNAP", "a snapshot that knows the region", (program) => {
    program.stack("shop", { snapshot: file, account: {} });
    program.stack("stock");
  }),
  warns("QTA-SNAP", "a snapshot that does not", (program) => {
    program.stack("shop", { snapshot: file });
  }),
  warns("QTA-SNAP", "a snapshot that knows the region of another account", (program) => {
    program.stack("shop", { snapshot: "accounts/prod.json", uin: "100000000002" });
  }),
  fails("QTA-SNAP", "a snapshot that is no file", (program) => {
    program.stack("shop", { snapshot: 5 });
  }),

  passes("QTA-CODE", "packages of exactly 100 GB together", (program) => {
    const stack = program.stack();
    stack.function("a", { code: { asset: program.package("a", ["index.js"], { zipBytes: 60 * GB }) } });
    stack.function("b", { code: { asset: program.package("b", ["index.js"], { zipBytes: 40 * GB }) } });
  }),
  fails("QTA-CODE", "one byte above 100 GB in two stacks", (program) => {
    program
      .stack("shop")
      .function("a", { code: { asset: program.package("a", ["index.js"], { zipBytes: 60 * GB + 1 }) } });
    program
      .stack("stock")
      .function("b", { code: { asset: program.package("b", ["index.js"], { zipBytes: 40 * GB }) } });
  }),
  passes("QTA-CODE", "as much code in two regions", (program) => {
    const asset = program.package("large", ["index.js"], { zipBytes: 80 * GB });
    program.stack("shop").function("a", { code: { asset } });
    program.stack("stock", { region: "ap-shanghai" }).function("b", { code: { asset } });
  }),
  passes("QTA-CODE", "more code where the quota is raised", (program) => {
    const stack = program.stack("shop", { quotas: { codeBytes: 200 * GB } });
    stack.function("a", { code: { asset: program.package("a", ["index.js"], { zipBytes: 150 * GB }) } });
  }),
  fails("QTA-CODE", "more code than the account reports", (program) => {
    const stack = program.stack("shop", { snapshot: file, account: { quotas: { codeBytes: 50 * GB } } });
    stack.function("a", { code: { asset: program.package("a", ["index.js"], { zipBytes: 50 * GB + 1 }) } });
  }),

  passes("QTA-NS", "four namespaces and default", (program) => namespaces(program.stack(), 4)),
  fails("QTA-NS", "five namespaces and default", (program) => namespaces(program.stack(), 5)),
  passes("QTA-NS", "five namespaces with a quota of six", (program) =>
    namespaces(program.stack("shop", { quotas: { namespaces: 6 } }), 5),
  ),
  passes("QTA-NS", "namespaces in two accounts", (program) => {
    namespaces(program.stack("shop", { uin: "1" }), 4);
    const other = program.stack("stock", { uin: "2" });
    other.namespace("other");
  }),
  fails("QTA-NS", "namespaces that functions use without declaring them", (program) => {
    namespaces(program.stack(), 4);
    program.stack("stock").function("orders", { namespace: "elsewhere" });
  }),
  passes("QTA-NS", "a namespace that is declared and used counts once", (program) => {
    const stack = program.stack();
    namespaces(stack, 4);
    stack.function("orders", { namespace: reference("shop/team1", "name") });
    stack.function("stock", { namespace: "team1" });
  }),
  passes("QTA-NS", "four namespaces and a function in one that is not known yet", (program) => {
    const stack = program.stack();
    namespaces(stack, 4);
    stack.function("orders", { namespace: { $token: "${random_pet.name}" } });
  }),
  passes("QTA-NS", "two that exist and two that do not", (program) => {
    namespaces(program.stack("shop", namespacesThere("old1", "old2")), 2);
  }),
  passes("QTA-NS", "two that exist and one that does not", (program) => {
    namespaces(program.stack("shop", namespacesThere("old1", "old2")), 1);
  }),
  fails("QTA-NS", "namespaces of two stacks and those that exist", (program) => {
    namespaces(program.stack("shop", namespacesThere("old1", "team1")), 1);
    program.stack("stock").namespace("stock");
    program.stack("returns").namespace("returns");
    program.stack("other").namespace("other");
  }),
  passes("QTA-NS", "another region and another account than the one that is full", (program) => {
    program.stack("full", namespacesThere("a", "b", "c", "d"));
    namespaces(program.stack("shop", { region: "ap-shanghai" }), 4);
    namespaces(program.stack("stock", { uin: "2" }), 4);
  }),
  fails("QTA-NS", "two that exist and three that do not", (program) => {
    namespaces(program.stack("shop", namespacesThere("old1", "old2")), 3);
  }),
  passes("QTA-NS", "those that exist and are declared count once", (program) => {
    namespaces(program.stack("shop", namespacesThere("team1", "team2", "old")), 3);
  }),
  passes("QTA-NS", "more than the quota exist, and none is added", (program) => {
    namespaces(program.stack("shop", namespacesThere("team1", "a", "b", "c", "d", "e")), 1);
  }),
  passes("QTA-NS", "a name that is not known yet may be one that exists", (program) => {
    const stack = program.stack("shop", namespacesThere("a", "b", "c", "d"));
    stack.namespace("team", { name: { $token: "${random_pet.name}" } });
  }),

  passes("QTA-FN", "49 functions", (program) => functions(program.stack(), 49)),
  passes("QTA-FN", "50 functions", (program) => functions(program.stack(), 50)),
  fails("QTA-FN", "51 functions", (program) => functions(program.stack(), 51)),
  fails("QTA-FN", "51 functions in two stacks", (program) => {
    functions(program.stack("shop"), 30);
    functions(program.stack("stock"), 21, "s");
  }),
  passes("QTA-FN", "51 functions in two namespaces", (program) => {
    const stack = program.stack();
    functions(stack, 50);
    stack.function("other", { namespace: "team" });
  }),
  passes("QTA-FN", "51 functions with a raised quota", (program) =>
    functions(program.stack("shop", { quotas: { functionsPerNamespace: 51 } }), 51),
  ),
  passes("QTA-FN", "3 functions with 47 in the account", (program) =>
    functions(program.stack("shop", holds(47)), 3),
  ),
  passes("QTA-FN", "3 functions with 46 in the account", (program) =>
    functions(program.stack("shop", holds(46)), 3),
  ),
  fails("QTA-FN", "a renamed function counts beside the one of its old name", (program) => {
    program.stack("shop", holds(50, "orders")).function("purchases");
  }),
  fails("QTA-FN", "3 functions with 48 in the account", (program) =>
    functions(program.stack("shop", holds(48)), 3),
  ),
  passes("QTA-FN", "3 functions with 50 in the account, 3 of them these", (program) =>
    functions(program.stack("shop", holds(50, "f1", "f2", "f3")), 3),
  ),
  fails("QTA-FN", "3 functions of which 2 are among 50 in the account", (program) =>
    functions(program.stack("shop", holds(50, "f1", "f3")), 3),
  ),
  fails("QTA-FN", "53 functions, of which three do not fit", (program) => functions(program.stack(), 53)),
  fails("QTA-FN", "2 functions with 60 in the account, which is over its quota", (program) =>
    functions(program.stack("shop", holds(60)), 2),
  ),
  fails("QTA-FN", "functions of two stacks with 49 in the account", (program) => {
    functions(program.stack("shop", holds(49)), 1);
    functions(program.stack("stock", holds(49)), 1, "s");
  }),
  passes("QTA-FN", "functions of two stacks that are all there", (program) => {
    functions(program.stack("shop", holds(50, "f1", "s1")), 1);
    functions(program.stack("stock", holds(50, "f1", "s1")), 1, "s");
  }),
  passes("QTA-FN", "another namespace, account and region than the one that is full", (program) => {
    program.stack("shop", holds(50)).function("orders", { namespace: "team" });
    functions(program.stack("stock", { region: "ap-shanghai" }), 1);
    functions(program.stack("returns", { uin: "2" }), 1);
  }),
  passes("QTA-FN", "a quota that the account reports", (program) => {
    const account = { quotas: { functionsPerNamespace: 100 } };
    functions(program.stack("shop", { snapshot: file, account }), 100);
  }),
  fails("QTA-FN", "one more than the account reports", (program) => {
    const account = { quotas: { functionsPerNamespace: 100 } };
    functions(program.stack("shop", { snapshot: file, account }), 101);
  }),
  passes("QTA-FN", "a quota by hand wins over the account's", (program) => {
    const account = {
      quotas: { functionsPerNamespace: 40 },
      namespaces: { default: { functions: [], functionLimit: 30 } },
    };
    functions(program.stack("shop", { snapshot: file, account, quotas: { functionsPerNamespace: 50 } }), 50);
  }),
  fails("QTA-FN", "a namespace with a quota of its own", (program) => {
    const account = {
      quotas: { functionsPerNamespace: 40 },
      namespaces: { default: { functions: [] }, team: { functions: ["old"], functionLimit: 2 } },
    };
    const stack = program.stack("shop", { snapshot: file, account });
    for (const id of ["a", "b"]) stack.function(id, { namespace: "team" });
  }),
  passes("QTA-FN", "a name that is not known yet may be one that exists", (program) => {
    const stack = program.stack("shop", holds(50));
    stack.function("orders", { functionName: { $token: "${random_pet.name}" } });
  }),
  fails("QTA-FN", "51 functions in a namespace whose name another provider gives", (program) => {
    const stack = program.stack();
    const namespace = { $token: "${random_pet.name}" };
    for (let number = 1; number <= 51; number++) stack.function(`f${number}`, { namespace });
  }),
  passes("QTA-FN", "a function declared twice counts once", (program) => {
    const stack = program.stack();
    functions(stack, 50);
    stack.function("again", { functionName: "f1" });
  }),

  passes("QTA-LYR", "20 layers", (program) => layers(program.stack(), 20)),
  fails("QTA-LYR", "21 layers", (program) => layers(program.stack("shop"), 21)),
  passes("QTA-LYR", "21 layers in two regions", (program) => {
    layers(program.stack("shop"), 20);
    layers(program.stack("stock", { region: "ap-shanghai" }), 1);
  }),
  passes("QTA-LYR", "two versions of one layer count once", (program) => {
    const stack = program.stack();
    layers(stack, 20);
    stack.layer("again", { layerName: "layer1" });
  }),
  passes("QTA-LYR", "one layer with 19 others in the account", (program) => {
    layers(program.stack("shop", layersThere(...numbered("old", 19))), 1);
  }),
  passes("QTA-LYR", "one layer with 18 others in the account", (program) => {
    layers(program.stack("shop", layersThere(...numbered("old", 18))), 1);
  }),
  fails("QTA-LYR", "layers of two stacks with 19 others in the account", (program) => {
    layers(program.stack("shop", layersThere(...numbered("old", 19))), 1);
    layers(program.stack("stock"), 1, "other");
  }),
  passes("QTA-LYR", "another region and another account than the one that is full", (program) => {
    program.stack("full", layersThere(...numbered("old", 20)));
    layers(program.stack("shop", { region: "ap-shanghai" }), 20);
    layers(program.stack("stock", { uin: "2" }), 20, "other");
  }),
  fails("QTA-LYR", "two layers with 19 others in the account", (program) => {
    layers(program.stack("shop", layersThere(...numbered("old", 19))), 2);
  }),
  passes("QTA-LYR", "20 layers that are there", (program) => {
    layers(program.stack("shop", layersThere(...numbered("layer", 20))), 20);
  }),

  passes("QTA-LYRV", "199 versions", (program) => {
    program.stack("shop", { snapshot: file, account: { layers: { deps: 199 } } }).layer("deps");
  }),
  warns("QTA-LYRV", "200 versions", (program) => {
    program.stack("shop", { snapshot: file, account: { layers: { deps: 200 } } }).layer("deps");
  }),
  passes("QTA-LYRV", "200 versions with a raised quota, and of another layer", (program) => {
    const account = { layers: { deps: 200 } };
    program.stack("shop", { snapshot: file, account, quotas: { versionsPerLayer: 201 } }).layer("deps");
    program.stack("stock", { region: "ap-shanghai", snapshot: file, account }).layer("others");
  }),
  passes("QTA-LYRV", "versions that nobody knows of", (program) => {
    program.stack().layer("deps");
  }),

  passes("QTA-TEST", "5 test events", (program) => testEvents(program.stack(), 5)),
  fails("QTA-TEST", "6 test events", (program) => testEvents(program.stack(), 6)),
  fails("QTA-TEST", "6 test events in two regions: they are the account's", (program) => {
    testEvents(program.stack("shop"), 3);
    testEvents(program.stack("stock", { region: "ap-shanghai" }), 3, "stock");
  }),
  passes("QTA-TEST", "6 test events in two accounts", (program) => {
    testEvents(program.stack("shop", { uin: "1" }), 3);
    testEvents(program.stack("stock", { uin: "2" }), 3);
  }),
  passes("QTA-TEST", "6 test events with a raised quota", (program) =>
    testEvents(program.stack("shop", { quotas: { testEvents: 6 } }), 6),
  ),
  passes("QTA-TEST", "two test events with 2 in the account", (program) =>
    testEvents(program.stack("shop", eventsThere("old1", "old2")), 2),
  ),
  passes("QTA-TEST", "two test events with 3 in the account", (program) =>
    testEvents(program.stack("shop", eventsThere("old1", "old2", "old3")), 2),
  ),
  fails("QTA-TEST", "three test events with 3 in the account", (program) =>
    testEvents(program.stack("shop", eventsThere("old1", "old2", "old3")), 3),
  ),
  passes("QTA-TEST", "those that exist and are declared count once", (program) =>
    testEvents(program.stack("shop", eventsThere("old1", "event1", "event2")), 4),
  ),
  passes("QTA-TEST", "more than the quota exist, and none is added", (program) =>
    testEvents(program.stack("shop", eventsThere(...numbered("old", 5), "event1")), 1),
  ),
  fails("QTA-TEST", "a renamed test event counts beside the one of its old name", (program) =>
    testEvents(program.stack("shop", eventsThere(...numbered("old", 4), "event")), 1),
  ),
  fails("QTA-TEST", "test events of two regions with those of the account", (program) => {
    testEvents(program.stack("shop", eventsThere("old1", "old2")), 2);
    testEvents(program.stack("stock", { region: "ap-shanghai", ...eventsThere("old1", "old2") }), 2, "s");
  }),
  passes("QTA-TEST", "test events of an account that has its own", (program) => {
    testEvents(program.stack("shop", eventsThere(...numbered("old", 5))), 0);
    testEvents(program.stack("stock", { uin: "2" }), 5);
  }),
  passes("QTA-TEST", "a name that is not known yet may be one that exists", (program) => {
    const stack = program.stack("shop", eventsThere(...numbered("old", 5)));
    stack.testEvent("event", stack.function("orders"), { name: { $token: "${random_pet.name}" } });
  }),
  passes("QTA-TEST", "a quota that the account reports", (program) =>
    testEvents(program.stack("shop", { snapshot: file, account: { quotas: { testEvents: 7 } } }), 7),
  ),
  passes("QTA-TEST", "a quota that one of two regions is given by hand", (program) => {
    testEvents(program.stack("shop", { quotas: { testEvents: 6 } }), 3);
    testEvents(program.stack("stock", { region: "ap-shanghai" }), 3, "stock");
  }),
  passes("QTA-TEST", "an event of 64 KB", (program) => testEvent(program.stack(), `"${"x".repeat(65_534)}"`)),
  fails("QTA-TEST", "an event of one byte more", (program) =>
    testEvent(program.stack(), `"${"x".repeat(65_535)}"`),
  ),
  fails("QTA-TEST", "an event that is not JSON", (program) => testEvent(program.stack(), "{a: 1}")),
  waits("QTA-TEST", "an event with a part from another provider", (program) =>
    testEvent(program.stack(), { $join: ["{", { $token: "${x}" }, "}"] }),
  ),

  passes("NS-DEFAULT", "a namespace of another name", (program) => {
    program.stack().namespace("team");
  }),
  fails("NS-DEFAULT", "a function in a namespace of another region", (program) => {
    const sale = program.stack("stock", { region: "ap-shanghai" }).namespace("sale");
    program.stack("shop").function("orders", { namespace: reference(sale, "name") });
  }),
  fails("NS-DEFAULT", "a function in a namespace of another account", (program) => {
    const sale = program.stack("stock", { uin: "100000000001" }).namespace("sale");
    program.stack("shop", { uin: "100000000002" }).function("orders", { namespace: reference(sale, "name") });
  }),
  passes("NS-DEFAULT", "a function in a namespace of another stack", (program) => {
    const sale = program.stack("stock").namespace("sale");
    program.stack("shop").function("orders", { namespace: reference(sale, "name") });
  }),
  fails("NS-DEFAULT", "the namespace that always exists", (program) => {
    program.stack().namespace("default");
  }),
  waits("NS-DEFAULT", "a name from another provider", (program) => {
    program.stack().namespace("team", { name: { $token: "${random_pet.name}" } });
  }),

  passes("REGION", "regions that the documents name", (program) => {
    program.stack("shop").listener("http", { loadBalancer: { region: "eu-frankfurt" } });
    program.stack("stock", { region: "ap-shenzhen-fsi" }).function("orders");
  }),
  warns("REGION", "a misspelt region of a stack with several resources", (program) => {
    const stack = program.stack("shop", { region: "ap-gunagzhou" });
    functions(stack, 2);
  }),
  warns("REGION", "a region that the platform may have added", (program) => {
    program.stack("shop", { region: "me-atlantis" });
  }),
  warns("REGION", "a misspelt region of a load balancer", (program) => {
    program.stack().listener("http", { loadBalancer: { region: "ap-shanghia" } });
  }),
  warns("REGION", "a misspelt region of a bucket", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: "guangzhou" } });
  }),
  warns("REGION", "a misspelt region of a layer's bucket", (program) => {
    program.stack().layer("deps", { code: { bucket: "b", object: "/o", region: "ap-beijin" } });
  }),
  warns("REGION", "a misspelt region of servers", (program) => {
    program.stack().add("clb_cross_region", "cross", { region: "ap-shanghia" });
  }),
  {
    ...warns("REGION", "two stacks of one misspelt region", (program) => {
      program.stack("shop", { region: "ap-tokio" });
      program.stack("stock", { region: "ap-tokio" });
    }),
    severities: ["warning", "warning"],
  },
  passes("REGION", "regions from another provider", (program) => {
    const region = { $token: "${data.other.region}" };
    const stack = program.stack();
    stack.listener("http", { loadBalancer: { region } });
    stack.function("orders", { code: { bucket: "b", object: "/o", region } });
  }),
];
