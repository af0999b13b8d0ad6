import { limits } from "../../../lib/model/quotas";
import { reference, type Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };

/** A program with one function that has these properties. */
function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    program.stack().function("orders", properties);
  };
}

function name(length: number): string {
  return "n".repeat(length);
}

export const functionCases: readonly RuleCase[] = [
  ...["ab", "a1", "A_b-c", name(60)].map((functionName) =>
    passes("FN-NAME", `name ${functionName}`, having({ functionName })),
  ),
  ...["a", "", name(61), "1a", "_a", "ab-", "ab_", "a.b", "a b", "订单", "orders.v2"].map((functionName) =>
    fails("FN-NAME", `name "${functionName}"`, having({ functionName })),
  ),
  waits("FN-NAME", "a name from another provider", having({ functionName: token })),

  passes("FN-NAMELEN", "118 characters", having({ namespace: name(58), functionName: name(60) })),
  fails("FN-NAMELEN", "119 characters", having({ namespace: name(59), functionName: name(60) })),
  passes(
    "FN-NAMELEN",
    "a namespace from another provider",
    having({ namespace: token, functionName: name(60) }),
  ),
  passes("FN-NAMELEN", "a name from another provider", having({ namespace: name(60), functionName: token })),

  fails("FN-UNIQUE", "the same name in two stacks", (program) => {
    program.stack("shop").function("orders");
    program.stack("stock").function("again", { functionName: "orders" });
  }),
  fails("FN-UNIQUE", "the same name by reference", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.function("again", { functionName: reference(orders, "functionName") });
  }),
  fails(
    "FN-UNIQUE",
    "one name from another provider in one namespace of another provider, three times",
    (program) => {
      const stack = program.stack();
      for (const id of ["a", "b", "c"]) stack.function(id, { functionName: token, namespace: token });
    },
  ),
  passes("FN-UNIQUE", "the same name in two namespaces", (program) => {
    const stack = program.stack();
    stack.function("orders");
    stack.function("again", { functionName: "orders", namespace: "team" });
  }),
  passes("FN-UNIQUE", "the same name in two regions and two accounts", (program) => {
    program.stack("one").function("orders");
    program.stack("two", { region: "ap-shanghai" }).function("orders");
    program.stack("three", { uin: "3" }).function("orders");
  }),

  passes("FN-DESC", "1000 characters", having({ description: "a".repeat(1000) })),
  fails("FN-DESC", "1001 characters", having({ description: "a".repeat(1001) })),
  passes(
    "FN-DESC",
    "letters, digits, spaces, commas, periods",
    having({ description: "Orders, version 2. 订单" }),
  ),
  fails("FN-DESC", "a slash", having({ description: "orders/v2" })),
  passes("FN-DESC", "930 characters on a version", (program) => {
    const stack = program.stack();
    stack.version("v1", stack.function("orders"), { description: "a".repeat(930) });
  }),
  warns("FN-DESC", "931 characters on a version", (program) => {
    const stack = program.stack();
    stack.version("v1", stack.function("orders"), { description: "a".repeat(931) });
  }),

  ...[64, 128, 256, 1152, 3072].map((memory) => passes("FN-MEM", `${memory} MB`, having({ memory }))),
  ...[0, -128, 63, 65, 100, 127, 129, 320, 3071, 3073, 4096, 256.5].map((memory) =>
    fails("FN-MEM", `${memory} MB`, having({ memory })),
  ),
  waits("FN-MEM", "memory from another provider", having({ memory: token })),
  {
    ...waits("FN-MEM", "memory of another function, which another provider gives", (program) => {
      const stack = program.stack();
      const first = stack.function("first", { memory: token });
      stack.function("second", { memory: reference(first, "memory") });
    }),
    severities: ["unchecked", "unchecked"],
  },
  passes(
    "FN-MEM",
    "memory of a resource that is not there",
    having({ memory: reference("shop/other", "memory") }),
  ),

  ...[1, 3, 900].map((timeout) => passes("FN-TIMEOUT", `${timeout} s`, having({ timeout }))),
  ...[0, -1, 901, 86_400, 2.5].map((timeout) => fails("FN-TIMEOUT", `${timeout} s`, having({ timeout }))),
  ...[1, 901, 86_400].map((timeout) =>
    passes(
      "FN-TIMEOUT",
      `${timeout} s with asynchronous execution`,
      having({ timeout, asyncExecution: true }),
    ),
  ),
  ...[0, 86_401].map((timeout) =>
    fails(
      "FN-TIMEOUT",
      `${timeout} s with asynchronous execution`,
      having({ timeout, asyncExecution: true }),
    ),
  ),
  waits(
    "FN-TIMEOUT",
    "901 s and a switch from another provider",
    having({ timeout: 901, asyncExecution: token }),
  ),
  fails(
    "FN-TIMEOUT",
    "86,401 s and a switch from another provider",
    having({ timeout: 86_401, asyncExecution: token }),
  ),
  passes("FN-TIMEOUT", "901 s and a switch of a resource that is not there", (program) => {
    program.stack().function("orders", {
      timeout: 901,
      asyncExecution: reference("shop/other", "asyncExecution"),
    });
  }),

  ...[3, 60, 300].map((initTimeout) => passes("FN-INIT", `${initTimeout} s`, having({ initTimeout }))),
  ...[2, 301, 3.5, 1].map((initTimeout) => fails("FN-INIT", `${initTimeout} s`, having({ initTimeout }))),
  passes("FN-INIT", "600 s with a raised quota", (program) => {
    program.stack("shop", { quotas: { initTimeoutSeconds: 600 } }).function("orders", { initTimeout: 600 });
  }),

  passes("FN-ENV", "4096 bytes", having({ environment: { KEY: "v".repeat(limits.environmentBytes - 3) } })),
  fails("FN-ENV", "4097 bytes", having({ environment: { KEY: "v".repeat(limits.environmentBytes - 2) } })),
  passes(
    "FN-ENV",
    "4096 bytes with the time zone",
    having({ timeZone: "UTC", environment: { KEY: "v".repeat(4088) } }),
  ),
  fails(
    "FN-ENV",
    "4097 bytes with the time zone",
    having({ timeZone: "UTC", environment: { KEY: "v".repeat(4089) } }),
  ),
  passes(
    "FN-ENV",
    "4096 bytes with the time zone said twice",
    having({ timeZone: "UTC", environment: { TZ: "UTC", KEY: "v".repeat(4088) } }),
  ),
  fails(
    "FN-ENV",
    "4097 bytes with a variable that says another zone",
    having({ timeZone: "Asia/Tokyo", environment: { TZ: "UTC", KEY: "v".repeat(4082) } }),
  ),
  fails("FN-ENV", "4097 bytes in letters of three bytes", having({ environment: { KE: "订".repeat(1365) } })),
  passes("FN-ENV", "what the platform computes", (program) => {
    const stack = program.stack();
    const other = stack.function("other");
    stack.function("orders", { environment: { OTHER: reference(other, "functionId") } });
  }),
  passes("FN-ENV", "4096 bytes beside what the platform computes", (program) => {
    const stack = program.stack();
    const other = reference(stack.function("other"), "functionId");
    stack.function("orders", { environment: { OTHER: other, KEY: "v".repeat(4088) } });
  }),
  ...[
    ["a number", 12],
    ["a switch", true],
    ["text that is joined", { $join: ["a", { $join: ["b", "c"] }] }],
  ].flatMap(([title, value]) => {
    const bytes = typeof value === "object" ? 3 : String(value).length;
    return [
      passes(
        "FN-ENV",
        `4096 bytes with ${String(title)}`,
        having({ environment: { A: value as Value, KEY: "v".repeat(4092 - bytes) } }),
      ),
      fails(
        "FN-ENV",
        `4097 bytes with ${String(title)}`,
        having({ environment: { A: value as Value, KEY: "v".repeat(4093 - bytes) } }),
      ),
    ];
  }),
  ...[null, ["v".repeat(5000)], "v".repeat(5000)].map((environment) =>
    passes(
      "FN-ENV",
      `${JSON.stringify(environment).slice(0, 4)}…, which another rule reports`,
      having({ environment }),
    ),
  ),
  waits(
    "FN-ENV",
    "a secret",
    having({ environment: { TABLE: "orders", KEY: { $secret: { environment: "KEY" } } } }),
  ),
  waits(
    "FN-ENV",
    "text around values of another provider",
    having({ environment: { URL: { $join: ["https://", token] } } }),
  ),
  fails(
    "FN-ENV",
    "a secret beside 4100 bytes",
    having({ environment: { A: "v".repeat(4099), KEY: { $secret: { environment: "KEY" } } } }),
  ),
  waits(
    "FN-ENV",
    "a secret beside 4096 bytes",
    having({ environment: { A: "v".repeat(4092), KEY: { $secret: { environment: "KEY" } } } }),
  ),
  waits(
    "FN-ENV",
    "two secrets",
    having({
      environment: { A: { $secret: { environment: "A" } }, B: { $secret: { environment: "B" } } },
    }),
  ),
  waits("FN-ENV", "all variables from another provider", having({ environment: token })),
  passes(
    "FN-ENV",
    "all variables of a resource that is not there",
    having({ environment: reference("shop/other", "environment") }),
  ),

  warns(
    "FN-ENVSEC",
    "credentials by hand with a run role",
    having({ role: "reader", environment: { TENCENTCLOUD_SECRETID: "id", TENCENTCLOUD_SECRETKEY: "key" } }),
  ),
  passes(
    "FN-ENVSEC",
    "credentials by hand without a role",
    having({ environment: { TENCENTCLOUD_SECRETID: "id" } }),
  ),
  warns(
    "FN-ENVSEC",
    "one of the credentials by hand",
    having({ role: "reader", environment: { TENCENTCLOUD_SESSIONTOKEN: "token" } }),
  ),
  ...["", null].map((role) =>
    passes(
      "FN-ENVSEC",
      `credentials by hand with the role ${JSON.stringify(role)}, which is none`,
      having({ role, environment: { TENCENTCLOUD_SECRETID: "id" } }),
    ),
  ),
  passes("FN-ENVSEC", "a run role", having({ role: "reader", environment: { TABLE: "orders" } })),

  passes(
    "FN-TZ",
    "the same zone twice",
    having({ timeZone: "Asia/Shanghai", environment: { TZ: "Asia/Shanghai" } }),
  ),
  passes("FN-TZ", "the variable alone", having({ environment: { TZ: "Asia/Tokyo" } })),
  fails("FN-TZ", "two zones", having({ timeZone: "Asia/Shanghai", environment: { TZ: "Asia/Tokyo" } })),
  waits(
    "FN-TZ",
    "a zone from another provider",
    having({ timeZone: "Asia/Shanghai", environment: { TZ: token } }),
  ),
  waits(
    "FN-TZ",
    "a zone from another provider beside the variable",
    having({ timeZone: token, environment: { TZ: "UTC" } }),
  ),
  passes("FN-TZ", "a zone alone", having({ timeZone: "UTC", environment: { A: "b" } })),
  passes("FN-TZ", "a variable that the platform computes", (program) => {
    const stack = program.stack();
    const other = stack.function("other");
    stack.function("orders", { timeZone: "UTC", environment: { TZ: reference(other, "functionId") } });
  }),

  passes("FN-ROLE", "a role that trusts functions", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: ["cvm.qcloud.com", "scf.qcloud.com"] });
    stack.function("orders", { role: reference(role, "roleName") });
  }),
  fails("FN-ROLE", "a role that trusts machines only", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: ["cvm.qcloud.com"] });
    stack.function("orders", { role: reference(role, "roleName") });
  }),
  fails("FN-ROLE", "a role of the app by its name, in another stack and region", (program) => {
    program.stack("roles", { region: "ap-shanghai" }).role("reader", { trustedServices: [] });
    program.stack("shop").function("orders", { role: "reader" });
  }),
  waits("FN-ROLE", "a role whose carriers another provider gives", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: token });
    stack.function("orders", { role: reference(role, "roleName") });
  }),
  passes("FN-ROLE", "a role whose carriers are those of a resource that is not there", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: reference("shop/other", "trustedServices") });
    stack.function("orders", { role: reference(role, "roleName") });
  }),
  passes("FN-ROLE", "a role of the app by its name in another account", (program) => {
    program.stack("roles", { uin: "2" }).role("reader", { trustedServices: [] });
    program.stack("shop", { uin: "1" }).function("orders", { role: "reader" });
  }),
  passes("FN-ROLE", "a role that the app does not declare", having({ role: "elsewhere" })),

  passes("FN-ROLE", "a web function's role", (program) => {
    const stack = program.stack();
    stack.webFunction("shop", { role: reference(stack.role("reader"), "roleName") });
  }),
  fails("FN-ROLE", "a web function's role that trusts machines only", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: ["cvm.qcloud.com"] });
    stack.webFunction("shop", { role: reference(role, "roleName") });
  }),
  fails("FN-ROLE", "an image function's role that trusts machines only", (program) => {
    const stack = program.stack();
    const role = stack.role("reader", { trustedServices: ["cvm.qcloud.com"] });
    stack.imageFunction("shop", { role: reference(role, "roleName") });
  }),

  fails("FN-TIMEOUT", "901 s of a web function, which cannot execute asynchronously", (program) => {
    program.stack().webFunction("shop", { timeout: 901 });
  }),
  passes("FN-INIT", "90 s of an image function", (program) => {
    program.stack().imageFunction("shop", { initTimeout: 90 });
  }),
  fails("FN-INIT", "301 s of an image function", (program) => {
    program.stack().imageFunction("shop", { initTimeout: 301 });
  }),

  passes("FN-GPU", "no node", having({ memory: 3072 })),
  ...["PNV4.7XLARGE116", "GN7.2XLARGE32", "T4", "T", "mygpu", "cpu-2"].map((gpuNode) =>
    passes("FN-GPU", gpuNode, having({ gpuNode })),
  ),
  ...["", "256", "3072MB", "16 GB", "512mb", "CPU", "gpu", "a node", "gpu 256", "16 GB node"].map((gpuNode) =>
    fails("FN-GPU", `"${gpuNode}"`, having({ gpuNode })),
  ),
  warns("FN-GPU", "a node and memory", having({ gpuNode: "GN7.2XLARGE32", memory: 1024 })),
  fails("FN-GPU", "no node and memory", having({ gpuNode: "256", memory: 1024 })),
  fails("FN-MEM", "320 MB beside a GPU node", having({ gpuNode: "GN7.2XLARGE32", memory: 320 })),
  waits("FN-GPU", "a node from another provider", having({ gpuNode: token })),

  passes("TAG-RESERVED", "other tags", having({ tags: { team: "orders", "cdktf-scf-team": token } })),
  fails("TAG-RESERVED", "the mark of ownership", having({ tags: { team: "orders", "cdktf-scf": "mine" } })),
  fails(
    "TAG-RESERVED",
    "the mark of ownership from another provider",
    having({ tags: { "cdktf-scf": token } }),
  ),
  fails("TAG-RESERVED", "the mark of ownership of a role", (program) => {
    program.stack().role("runner", { tags: { "cdktf-scf": "mine" } });
  }),
  waits("TAG-RESERVED", "tags from another provider", having({ tags: token })),
  ...[null, ["cdktf-scf"]].map((tags) =>
    passes("TAG-RESERVED", `tags ${JSON.stringify(tags)}, which is another rule's`, having({ tags })),
  ),
  passes(
    "TAG-RESERVED",
    "tags of a resource that is not there",
    having({ tags: reference("shop/other", "tags") }),
  ),
];

export const runtimeCases: readonly RuleCase[] = [
  ...["Nodejs16.13", "Python3.7", "Php8.0", "Java11", "Go1", "CustomRuntime", "Nodejs18.15"].map((runtime) =>
    passes("RT-LIST", runtime, having({ runtime })),
  ),
  ...[
    "nodejs16.13",
    "Node.js 16.13",
    "Nodejs16.31",
    "Node16",
    "Pyton3.7",
    "Golang",
    "Java",
    "",
    "foo",
    "constructor",
    "R4",
    "Rust",
    "myRust1",
    "Rust1b",
    "Nodejs1613",
    "Nodejs18",
    "Nodejs18.15.0",
    "Nodejs20.1.2.3",
    `${"Rusty".repeat(4)}Xx1`,
  ].map((runtime) => fails("RT-LIST", `"${runtime}"`, having({ runtime }))),
  ...["Nodejs20.19", "Python3.12", "Java17", "Rust1", "Nodejs18.15.1", "Ax1", `${"Rusty".repeat(4)}X1`].map(
    (runtime) => warns("RT-LIST", `${runtime}, which the platform may have added`, having({ runtime })),
  ),
  fails("RT-LIST", "a misspelt runtime of a layer", (program) => {
    program.stack().layer("deps", { compatibleRuntimes: ["Nodejs16.13", "Nodejs14.81"] });
  }),
  passes("RT-LIST", "runtimes of a layer from another provider", (program) => {
    program.stack().layer("deps", { compatibleRuntimes: token });
  }),

  passes("RT-LIST", "the runtime of images", (program) => void program.stack().imageFunction("shop")),
  passes("RT-LIST", "a runtime of its own for a web function", (program) => {
    program.stack().webFunction("shop", { runtime: "CustomRuntime" });
  }),
  fails("RT-LIST", "the runtime of images for a package", having({ runtime: "CustomImage" })),
  fails("RT-LIST", "a misspelt runtime of a web function", (program) => {
    program.stack().webFunction("shop", { runtime: "Nodejs16.31" });
  }),

  passes("RT-NOH", "a web function without a handler", (program) => void program.stack().webFunction("shop")),
  passes(
    "RT-NOH",
    "an image function without a handler",
    (program) => void program.stack().imageFunction("shop"),
  ),
  passes("RT-NOH", "an event function with a handler", having({})),
  passes(
    "RT-NOH",
    "an empty handler",
    (program) => void program.stack().webFunction("shop", { handler: "" }),
  ),
  fails("RT-NOH", "a web function with a handler", (program) => {
    program.stack().webFunction("shop", { handler: "index.main_handler" });
  }),
  fails("RT-NOH", "an image function with a handler", (program) => {
    program.stack().imageFunction("shop", { handler: "index.main_handler" });
  }),
  fails("RT-NOH", "a web function with a handler of another provider", (program) => {
    program.stack().webFunction("shop", { handler: token });
  }),
  ...["RT-H1", "RT-H2", "RT-H3"].flatMap((rule) => [
    passes(rule, "a web function without a handler", (program) => void program.stack().webFunction("shop")),
    passes(rule, "a web function with a handler, which is another rule's", (program) => {
      program.stack().webFunction("shop", { handler: "index" });
    }),
    passes(rule, "an image function", (program) => void program.stack().imageFunction("shop")),
  ]),
  ...[
    ["RT-H1", "Go1"],
    ["RT-H2", "Nodejs16.13"],
    ["RT-H2", "Python3.7"],
    ["RT-H3", "Java11"],
  ].map(([rule, runtime]) =>
    fails(rule ?? "", `an event function for ${runtime} without a handler`, (program) => {
      program.stack().webFunction("shop", { type: "Event", runtime: runtime ?? "" });
    }),
  ),

  passes("RT-H1", "a file", having({ runtime: "Go1", handler: "main" })),
  ...["index.main_handler", "bin/main", ""].map((handler) =>
    fails("RT-H1", `"${handler}"`, having({ runtime: "Go1", handler })),
  ),

  passes("RT-H2", "file and function", having({ handler: "index.main_handler" })),
  passes(
    "RT-H2",
    "file and function in Python",
    having({ runtime: "Python3.7", handler: "index.main_handler" }),
  ),
  ...[
    "index",
    "src/index.main_handler",
    "index.js.main_handler",
    "index.cts.main_handler",
    "index.json.main_handler",
    "a.b.c",
    "index.",
    ".main_handler",
    "",
    "index main",
  ].map((handler) => fails("RT-H2", `"${handler}"`, having({ handler }))),
  fails("RT-H2", "no such file in the package", having({ handler: "main.handler" })),
  fails("RT-H2", "a file with another ending", having({ runtime: "Php8.0", handler: "index.main_handler" })),
  fails("RT-H2", "the file in a folder", (program) => {
    program.stack().function("orders", {
      code: { asset: program.package("wrapped", ["orders/index.js", "orders/readme"]) },
    });
  }),
  ...[1, 5, 6].map((amount) =>
    fails("RT-H2", `no such file in a package of ${amount}`, (program) => {
      const files = Array.from({ length: amount }, (_, index) => `f${index}.js`);
      program.stack().function("orders", { code: { asset: program.package("others", files) } });
    }),
  ),
  fails("RT-H2", "a package without any file of the language", (program) => {
    program.stack().function("orders", { code: { asset: program.package("others", ["main.go", "go.mod"]) } });
  }),
  passes("RT-H2", "an empty package, which is another rule's", (program) => {
    program.stack().function("orders", { code: { asset: program.package("empty", []) } });
  }),
  passes(
    "RT-H2",
    "code in a bucket, which cannot be opened",
    having({ code: { bucket: "b", object: "/o", region: "ap-guangzhou" } }),
  ),
  passes(
    "RT-H2",
    "a handler of a resource that is not there",
    having({ handler: reference("shop/other", "handler") }),
  ),
  fails("RT-H2", "null for a handler", having({ handler: null })),
  passes("RT-H2", "a runtime from another provider", having({ runtime: token, handler: "a/b/c" })),
  fails("RT-H2", "the file with another ending in a folder, and others beside it", (program) => {
    const files = ["index.d/index.txt", "lib/a.js", "main.js"];
    program.stack().function("orders", { code: { asset: program.package("mixed", files) } });
  }),
  waits("RT-H2", "a handler from another provider", having({ handler: token })),

  passes(
    "RT-H3",
    "package, class and method",
    having({ runtime: "Java8", handler: "com.example.Hello::mainHandler" }),
  ),
  ...[
    "Hello::mainHandler",
    "example.Hello.mainHandler",
    "example.Hello:mainHandler",
    "main",
    "src/example.Hello::mainHandler",
    "example.Hello::mainHandler()/x",
    ".Hello::mainHandler",
    "example.::mainHandler",
    "example.Hello::",
  ].map((handler) => fails("RT-H3", `"${handler}"`, having({ runtime: "Java11", handler }))),
];
