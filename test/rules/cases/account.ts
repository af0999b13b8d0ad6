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

function testEvents(stack: Stack, amount: number, prefix = "event"): void {
  const target = stack.function("orders");
  for (let number = 1; number <= amount; number++) stack.testEvent(`${prefix}${number}`, target);
}

function testEvent(stack: Stack, event: Value): void {
  stack.testEvent("order", stack.function("orders"), { event });
}

export const accountCases: readonly RuleCase[] = [
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
  passes("QTA-TEST", "an event of 64 KB", (program) => testEvent(program.stack(), "x".repeat(65_536))),
  fails("QTA-TEST", "an event of one byte more", (program) => testEvent(program.stack(), "x".repeat(65_537))),
  waits("QTA-TEST", "an event with a part from another provider", (program) =>
    testEvent(program.stack(), { $join: ["{", { $token: "${x}" }, "}"] }),
  ),

  passes("NS-DEFAULT", "a namespace of another name", (program) => {
    program.stack().namespace("team");
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
