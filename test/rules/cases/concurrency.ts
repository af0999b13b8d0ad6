import { reference, type Value } from "../../../lib/model/value";
import type { NamespaceSnapshot } from "../../../lib/model/account-snapshot";
import type { Program, Stack, StackOptions } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${x}" };

/** One function of 128 MB that reserves so much. */
function reserving(reservedMb: Value, memory: Value = 128) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.reserve(stack.function("orders", { memory }), { reservedMb });
  };
}

/** One function of 128 MB whose version 1 is provisioned so. */
function provisioned(provisioning: Value, memory: Value = 128) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.provision("warm", stack.function("orders", { memory }), { provisioning });
  };
}

function instances(amount: Value): Value {
  return { type: "static", instances: amount };
}

function dynamic(minimum: Value, maximum: Value, utilization: Value): Value {
  return { type: "dynamic", minimum, maximum, utilization };
}

function action(name: Value, cron: Value, amount: Value): Value {
  return { name, cron, instances: amount };
}

const open = action("open", "0 0 8 * * * *", 100);
const close = action("close", "0 0 20 * * * *", 0);

function scheduled(...actions: readonly Value[]): Value {
  return { type: "static", instances: 0, actions };
}

/** Two functions with 128 MB each; the other one reserves 128 MB. */
function besideAnother(stack: Stack, reservedMb: number): void {
  stack.reserve(stack.function("other"), { reservedMb: 128 });
  stack.reserve(stack.function("orders"), { reservedMb });
}

type There = Omit<NamespaceSnapshot, "functions">;

/** A snapshot in which the namespace `default` holds `old`, `orders` and `items`, and what is said of their concurrency. */
function there(said: There, team: There = {}): StackOptions {
  return {
    snapshot: "scf.account.json",
    account: {
      namespaces: {
        default: { functions: ["items", "old", "orders"], ...said },
        team: { functions: ["old"], ...team },
      },
    },
  };
}

/** One function that reserves so much, where functions reserve already. */
function reservingBeside(reservedMb: Value, said: There, id = "orders") {
  return (program: Program): void => {
    const stack = program.stack("shop", there(said));
    stack.reserve(stack.function(id), { reservedMb });
  };
}

/** Version 4 of one function of 128 MB, where versions are provisioned already. */
function provisionedBeside(amount: Value, said: There, qualifier: Value = "4") {
  return (program: Program): void => {
    const stack = program.stack("shop", there(said));
    stack.provision("warm", stack.function("orders"), { qualifier, provisioning: instances(amount) });
  };
}

/** The version that the program publishes of one function. */
function newestBeside(amount: Value, said: There) {
  return (program: Program): void => {
    const stack = program.stack("shop", there(said));
    const orders = stack.function("orders");
    const qualifier = reference(stack.version("v", orders), "version");
    stack.provision("warm", orders, { qualifier, provisioning: instances(amount) });
  };
}

/** A namespace that gets a quota of its own, where others have theirs. */
function quotaBeside(totalMb: Value, said: There, team: There) {
  return (program: Program): void => {
    program.stack("shop", there(said, team)).namespaceQuota("quota", "default", totalMb);
  };
}

export const concurrencyCases: readonly RuleCase[] = [
  passes("QTA-CONC", "namespaces that share out the whole quota of the region", (program) => {
    const stack = program.stack();
    stack.namespaceQuota("first", reference(stack.namespace("shop"), "name"), 64_000);
    stack.namespaceQuota("second", "default", 64_000);
  }),
  fails("QTA-CONC", "namespaces with one MB more than the region, in two stacks", (program) => {
    program.stack("shop").namespaceQuota("first", "shop", 64_000);
    program.stack("stock").namespaceQuota("second", "stock", 64_001);
  }),
  fails("QTA-CONC", "one namespace with more than the region", (program) => {
    program.stack("shop", { region: "ap-singapore" }).namespaceQuota("first", "shop", 64_001);
  }),
  passes("QTA-CONC", "a raised quota", (program) => {
    const stack = program.stack("shop", { quotas: { concurrencyMb: 1_000_000 } });
    stack.namespaceQuota("first", "shop", 1_000_000);
  }),
  passes("QTA-CONC", "namespaces of two regions", (program) => {
    program.stack("shop").namespaceQuota("first", "shop", 128_000);
    program.stack("stock", { region: "ap-shanghai" }).namespaceQuota("second", "shop", 128_000);
  }),
  passes("QTA-CONC", "12,800 MB beside what is reserved", (program) => {
    const stack = program.stack();
    const namespace = reference(stack.namespace("sale"), "name");
    stack.reserve(stack.function("orders", { namespace }), { reservedMb: 1280 });
    stack.namespaceQuota("quota", namespace, 14_080);
  }),
  fails("QTA-CONC", "one MB less than 12,800 beside what is reserved", (program) => {
    const stack = program.stack();
    const namespace = reference(stack.namespace("sale"), "name");
    stack.reserve(stack.function("orders", { namespace }), { reservedMb: 1280 });
    stack.namespaceQuota("quota", namespace, 14_079);
  }),
  fails("QTA-CONC", "half a MB", (program) => {
    program.stack().namespaceQuota("quota", "default", 64_000.5);
  }),
  passes(
    "QTA-CONC",
    "what another namespace in the account leaves",
    quotaBeside(64_000, {}, { concurrencyMb: 64_000 }),
  ),
  passes("QTA-CONC", "one MB less than it leaves", quotaBeside(63_999, {}, { concurrencyMb: 64_000 })),
  fails("QTA-CONC", "as much as the region beside one MB", quotaBeside(128_000, {}, { concurrencyMb: 1 })),
  fails("QTA-CONC", "one MB more than it leaves", quotaBeside(64_001, {}, { concurrencyMb: 64_000 })),
  passes(
    "QTA-CONC",
    "a quota that is there already counts once",
    quotaBeside(64_000, { concurrencyMb: 64_000 }, { concurrencyMb: 64_000 }),
  ),
  passes(
    "QTA-CONC",
    "less than is there, where there is too much",
    quotaBeside(60_000, { concurrencyMb: 80_000 }, { concurrencyMb: 80_000 }),
  ),
  passes("QTA-CONC", "12,800 MB beside what the account reserves", (program) => {
    program.stack("shop", there({ reservedMb: { old: 1280 } })).namespaceQuota("quota", "default", 14_080);
  }),
  fails("QTA-CONC", "one MB less than 12,800 beside what the account reserves", (program) => {
    program.stack("shop", there({ reservedMb: { old: 1280 } })).namespaceQuota("quota", "default", 14_079);
  }),
  passes(
    "QTA-CONC",
    "another region and another account than the one whose quota is shared out",
    (program) => {
      program.stack("shop", there({}, { concurrencyMb: 128_000 }));
      program.stack("stock", { region: "ap-shanghai" }).namespaceQuota("quota", "default", 128_000);
      program.stack("returns", { uin: "2" }).namespaceQuota("quota", "default", 128_000);
    },
  ),
  waits("QTA-CONC", "a quota from another provider", (program) => {
    program.stack().namespaceQuota("quota", "default", token);
  }),

  passes("NS-PKG", "a namespace without a quota of its own", (program) => {
    program.stack().namespace("sale");
  }),
  warns("NS-PKG", "a namespace with a quota of its own", (program) => {
    const stack = program.stack();
    stack.namespaceQuota("quota", reference(stack.namespace("sale"), "name"), 64_000);
  }),

  passes("CON-UNIT", "19,200 MB, 150 instances of 128 MB", reserving(19_200)),
  passes("CON-UNIT", "10,240 MB, 80 instances of 128 MB", reserving(10_240)),
  passes("CON-UNIT", "one instance of 64 MB", reserving(64, 64)),
  passes("CON-UNIT", "nothing at all", reserving(0)),
  warns("CON-UNIT", "one MB more than 150 instances", reserving(19_201)),
  warns("CON-UNIT", "one MB less than 150 instances", reserving(19_199)),
  warns("CON-UNIT", "less than one instance", reserving(127)),
  waits("CON-UNIT", "memory from another provider", reserving(19_200, token)),
  passes(
    "CON-UNIT",
    "memory of a resource that is not there",
    reserving(19_200, reference("shop/other", "memory")),
  ),
  ...[token, -100, 128.5].map((reservedMb) =>
    passes("CON-UNIT", `${JSON.stringify(reservedMb)}, which is another rule's`, reserving(reservedMb)),
  ),
  passes("CON-UNIT", "a function that the app does not declare", (program) => {
    const stack = program.stack();
    stack.reserve("", { namespace: "default", functionName: "elsewhere", reservedMb: 100 }, "reserved");
  }),

  passes("CON-RES", "115,072 MB beside another's 128", (program) => besideAnother(program.stack(), 115_072)),
  fails("CON-RES", "115,073 MB beside another's 128", (program) => besideAnother(program.stack(), 115_073)),
  fails("CON-RES", "115,200 MB beside another's 128", (program) => besideAnother(program.stack(), 115_200)),
  passes("CON-RES", "115,200 MB alone", reserving(115_200)),
  fails("CON-RES", "115,201 MB alone", reserving(115_201)),
  passes("CON-RES", "a stopped function", reserving(0)),
  fails("CON-RES", "less than nothing", reserving(-128)),
  fails("CON-RES", "half an MB", reserving(128.5)),
  ...[0.5, -0.5].map((reservedMb) => fails("CON-RES", `${reservedMb} MB`, reserving(reservedMb))),
  ...[115_201, 115_200, 115_199, 115_072].map((used) =>
    fails("CON-RES", `a function of unknown memory beside ${used} MB that are reserved`, (program) => {
      const stack = program.stack("shop", there({ reservedMb: { old: used } }));
      stack.reserve(stack.function("orders", { memory: token }), { reservedMb: 1280 });
    }),
  ),
  fails("CON-RES", "two stacks of one region together", (program) => {
    const [shop, stock] = [program.stack("shop"), program.stack("stock")];
    shop.reserve(shop.function("orders"), { reservedMb: 64_000 });
    stock.reserve(stock.function("items"), { reservedMb: 64_000 });
  }),
  passes("CON-RES", "two regions with as much", (program) => {
    const [shop, stock] = [program.stack("shop"), program.stack("stock", { region: "ap-beijing" })];
    shop.reserve(shop.function("orders"), { reservedMb: 115_200 });
    stock.reserve(stock.function("orders"), { reservedMb: 115_200 });
  }),
  passes("CON-RES", "two accounts with as much", (program) => {
    const [shop, stock] = [program.stack("shop", { uin: "1" }), program.stack("stock", { uin: "2" })];
    shop.reserve(shop.function("orders"), { reservedMb: 115_200 });
    stock.reserve(stock.function("orders"), { reservedMb: 115_200 });
  }),
  fails("CON-RES", "115,201 MB of a function whose name another provider gives", (program) => {
    const stack = program.stack();
    stack.reserve(stack.function("orders", { functionName: token }), { reservedMb: 115_201 });
  }),
  passes("CON-RES", "115,200 MB in a region that nobody knows", (program) => {
    const stack = program.stack("shop", { region: "me-atlantis" });
    stack.reserve(stack.function("orders"), { reservedMb: 115_200 });
  }),
  fails("CON-RES", "115,201 MB in a region that nobody knows", (program) => {
    const stack = program.stack("shop", { region: "me-atlantis" });
    stack.reserve(stack.function("orders"), { reservedMb: 115_201 });
  }),
  fails("CON-RES", "51,201 MB in a region of 64,000", (program) => {
    const stack = program.stack("shop", { region: "ap-tokyo" });
    stack.reserve(stack.function("orders"), { reservedMb: 51_201 });
  }),
  passes("CON-RES", "a raised quota", (program) => {
    const stack = program.stack("shop", { quotas: { concurrencyMb: 1_000_000 } });
    stack.reserve(stack.function("orders"), { reservedMb: 987_200 });
  }),
  fails("CON-RES", "a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    program.stack("front", { region: "ap-shanghai" }).reserve(orders, {}, "reserved");
  }),
  fails("CON-RES", "a function of another region that no stack declares", (program) => {
    program.stack().add("scf_reserved_concurrency", "reserved", {
      namespace: "default",
      functionName: "orders",
      functionRegion: "ap-shanghai",
      reservedMb: 128,
    });
  }),
  fails("CON-RES", "a function of another account", (program) => {
    const orders = program.stack("shop", { uin: "100000000001" }).function("orders");
    program.stack("front", { uin: "100000000002" }).reserve(orders, {}, "reserved");
  }),
  waits("CON-RES", "an amount from another provider", reserving(token)),
  passes(
    "CON-RES",
    "one MB less than the account leaves",
    reservingBeside(15_199, { reservedMb: { old: 100_000 } }),
  ),
  passes("CON-RES", "all that the account leaves", reservingBeside(15_200, { reservedMb: { old: 100_000 } })),
  fails(
    "CON-RES",
    "one MB more than the account leaves",
    reservingBeside(15_201, { reservedMb: { old: 100_000 } }),
  ),
  fails(
    "CON-RES",
    "anything where the account leaves nothing",
    reservingBeside(128, { reservedMb: { old: 115_200 } }),
  ),
  passes(
    "CON-RES",
    "a function that reserves already counts once",
    reservingBeside(15_200, { reservedMb: { old: 100_000, orders: 15_000 } }),
  ),
  fails(
    "CON-RES",
    "a renamed function counts beside the one of its old name",
    reservingBeside(15_200, { reservedMb: { old: 100_000, orders: 15_000 } }, "purchases"),
  ),
  passes(
    "CON-RES",
    "less than it reserves, where the account has too much",
    reservingBeside(30_000, { reservedMb: { old: 100_000, orders: 40_000 } }),
  ),
  fails("CON-RES", "two stacks together and what the account reserves", (program) => {
    const account = there({ reservedMb: { old: 100_000, orders: 128, items: 128 } });
    const [shop, stock] = [program.stack("shop", account), program.stack("stock", account)];
    shop.reserve(shop.function("orders"), { reservedMb: 7552 });
    stock.reserve(stock.function("items"), { reservedMb: 7680 });
  }),
  passes("CON-RES", "two stacks together that fill what the account leaves", (program) => {
    const account = there({ reservedMb: { old: 100_000, orders: 128, items: 128 } });
    const [shop, stock] = [program.stack("shop", account), program.stack("stock", account)];
    shop.reserve(shop.function("orders"), { reservedMb: 7552 });
    stock.reserve(stock.function("items"), { reservedMb: 7648 });
  }),
  passes("CON-RES", "another region and another account than the one that is full", (program) => {
    program.stack("full", there({ reservedMb: { old: 115_200 } }));
    const [shop, stock] = [
      program.stack("shop", { region: "ap-shanghai" }),
      program.stack("stock", { uin: "2" }),
    ];
    shop.reserve(shop.function("orders"), { reservedMb: 115_200 });
    stock.reserve(stock.function("orders"), { reservedMb: 115_200 });
  }),
  passes("CON-RES", "a function that another program declares and this one sets", (program) => {
    const stack = program.stack("shop", there({ reservedMb: { old: 115_200 } }));
    stack.reserve("", { namespace: "default", functionName: "old", reservedMb: 115_200 }, "reserved");
  }),
  passes("CON-RES", "a function whose name is not known yet may be one that reserves", (program) => {
    const stack = program.stack("shop", there({ reservedMb: { old: 115_200 } }));
    stack.reserve(stack.function("orders", { functionName: token }), { reservedMb: 115_200 });
  }),
  ...(
    [
      [passes, 12_160, "what a namespace's own quota in the account leaves"],
      [fails, 12_161, "one MB more than a namespace's own quota in the account leaves"],
    ] as const
  ).map(([expects, reservedMb, title]) =>
    expects("CON-RES", title, (program) => {
      const stack = program.stack("shop", there({}, { concurrencyMb: 25_088, reservedMb: { old: 128 } }));
      stack.reserve(stack.function("orders", { namespace: "team" }), { reservedMb });
    }),
  ),

  ...["1", "27"].map((qualifier) =>
    passes("CON-PROV", `version ${qualifier}`, (program) => {
      const stack = program.stack();
      stack.provision("warm", stack.function("orders"), { qualifier });
    }),
  ),
  passes("CON-PROV", "the version that is published", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("warm", orders, { qualifier: reference(stack.version("v", orders), "version") });
  }),
  ...["$LATEST", "live", "0", ""].map((qualifier) =>
    fails("CON-PROV", `"${qualifier}"`, (program) => {
      const stack = program.stack();
      stack.provision("warm", stack.function("orders"), { qualifier });
    }),
  ),
  fails("CON-PROV", "an alias", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("warm", orders, { qualifier: reference(stack.alias("live", orders), "name") });
  }),
  fails("CON-PROV", "a version of another function", (program) => {
    const stack = program.stack();
    const version = stack.version("v", stack.function("stock"));
    stack.provision("warm", stack.function("orders"), { qualifier: reference(version, "version") });
  }),
  fails("CON-PROV", "a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    program.stack("front", { region: "ap-shanghai" }).provision("warm", orders);
  }),
  waits("CON-PROV", "a version from another provider", (program) => {
    const stack = program.stack();
    stack.provision("warm", stack.function("orders"), { qualifier: token });
  }),

  passes("CON-PSUM", "1,000 instances of 128 MB", provisioned(instances(1000))),
  fails("CON-PSUM", "1,001 instances of 128 MB", provisioned(instances(1001))),
  passes("CON-PSUM", "two versions with 100 each, while traffic moves", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("old", orders, { qualifier: "4", provisioning: instances(100) });
    stack.provision("new", orders, { qualifier: "5", provisioning: instances(100) });
  }),
  fails("CON-PSUM", "versions of two functions in two stacks", (program) => {
    const [shop, stock] = [program.stack("shop"), program.stack("stock")];
    const orders = shop.function("orders");
    const qualifier = reference(shop.version("v", orders), "version");
    shop.provision("warm", orders, { qualifier, provisioning: instances(500) });
    stock.provision("warm", stock.function("items"), { provisioning: instances(501) });
  }),
  passes("CON-PSUM", "a version that says it was published with less memory", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders", { memory: 1024 });
    stack.provision("warm", orders, { provisioning: instances(250), memory: 512 });
  }),
  fails("CON-PSUM", "a version that says nothing of its memory", (program) => {
    const stack = program.stack();
    stack.provision("warm", stack.function("orders", { memory: 1024 }), { provisioning: instances(250) });
  }),
  passes("CON-PSUM", "a function that the app does not declare", (program) => {
    const stack = program.stack();
    const names = { namespace: "default", functionName: "elsewhere" };
    stack.provision("warm", "", { ...names, provisioning: instances(100_000) });
  }),
  fails("CON-PSUM", "a dynamic setting that may grow beyond", provisioned(dynamic(1, 1001, 0.8))),
  passes("CON-PSUM", "a dynamic setting that may grow up to it", provisioned(dynamic(1, 1000, 0.8))),
  fails(
    "CON-PSUM",
    "a scheduled action that can never be carried out",
    provisioned(scheduled(action("open", "0 0 8 * * * *", 1001), close)),
  ),
  warns("CON-PSUM", "windows that fit one by one only", (program) => {
    const stack = program.stack();
    const actions = [action("open", "0 0 8 * * * *", 600), close];
    stack.provision("orders-warm", stack.function("orders"), { provisioning: scheduled(...actions) });
    stack.provision("items-warm", stack.function("items"), { provisioning: scheduled(...actions) });
  }),
  ...(
    [
      [passes, 500, "room for a new version beside the present one"],
      [warns, 501, "no room for a new version beside the present one"],
    ] as const
  ).map(([expects, amount, title]) =>
    expects("CON-PSUM", title, (program) => {
      const stack = program.stack();
      const orders = stack.function("orders");
      const qualifier = reference(stack.version("v", orders), "version");
      stack.provision("warm", orders, { qualifier, provisioning: instances(amount) });
    }),
  ),
  passes(
    "CON-PSUM",
    "one instance less than the account leaves",
    provisionedBeside(9, { provisionedMb: { old: { 1: 126_720 } } }),
  ),
  passes(
    "CON-PSUM",
    "as many as the account leaves",
    provisionedBeside(10, { provisionedMb: { old: { 1: 126_720 } } }),
  ),
  fails(
    "CON-PSUM",
    "one instance more than the account leaves",
    provisionedBeside(11, { provisionedMb: { old: { 1: 126_720 } } }),
  ),
  passes(
    "CON-PSUM",
    "a version that is provisioned already counts once",
    provisionedBeside(1000, { provisionedMb: { orders: { 4: 128_000 } } }),
  ),
  fails(
    "CON-PSUM",
    "another version of the same function counts beside it",
    provisionedBeside(1, { provisionedMb: { orders: { 3: 128_000 } } }),
  ),
  passes(
    "CON-PSUM",
    "the version that is published takes the place of the one before",
    newestBeside(500, { provisionedMb: { orders: { 3: 64_000 } } }),
  ),
  fails(
    "CON-PSUM",
    "the version that is published takes the place of one only",
    newestBeside(500, { provisionedMb: { orders: { 3: 63_872, 2: 128 }, old: { 1: 64_000 } } }),
  ),
  warns(
    "CON-PSUM",
    "no room for a new version beside what the account provisions",
    newestBeside(401, { provisionedMb: { orders: { 3: 51_200 }, old: { 1: 25_600 } } }),
  ),
  passes("CON-PSUM", "another region and another account than the one that is full", (program) => {
    program.stack("full", there({ provisionedMb: { old: { 1: 128_000 } } }));
    for (const options of [{ region: "ap-shanghai" }, { uin: "2" }]) {
      const stack = program.stack(`stack${Object.keys(options).join("")}`, options);
      stack.provision("warm", stack.function("orders"), { provisioning: instances(1000) });
    }
  }),
  warns("CON-PSUM", "windows that do not fit beside what the account provisions", (program) => {
    const stack = program.stack("shop", there({ provisionedMb: { old: { 1: 64_000 } } }));
    const actions = [action("open", "0 0 8 * * * *", 501), close];
    stack.provision("warm", stack.function("orders"), { provisioning: scheduled(...actions) });
  }),
  fails("CON-PSUM", "half an instance", provisioned(instances(1.5))),
  fails("CON-PSUM", "less than no instance", provisioned(instances(-1))),
  waits("CON-PSUM", "a number from another provider", provisioned(instances(token))),
  waits("CON-PSUM", "a setting from another provider", provisioned(token)),
  passes(
    "CON-PSUM",
    "a setting of a resource that is not there",
    provisioned(reference("shop/other", "provisioning")),
  ),
  passes(
    "CON-PSUM",
    "a dynamic setting with a number of instances, which is another rule's",
    provisioned({ type: "dynamic", minimum: 1, maximum: 2, utilization: 0.8, instances: -1 }),
  ),
  fails("CON-PSUM", "1,001 instances beside a version that has none", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("old", orders, { qualifier: "4", provisioning: instances(0) });
    stack.provision("middle", orders, { qualifier: "5", provisioning: instances(1) });
    stack.provision("new", orders, { qualifier: "6", provisioning: instances(1000) });
  }),
  passes("CON-PSUM", "scheduled actions that fill the region together", (program) => {
    const stack = program.stack();
    for (const id of ["f1", "f2"]) {
      const actions = [action("open", "0 0 8 * * * *", 500), close];
      stack.provision(`warm-${id}`, stack.function(id), { provisioning: scheduled(...actions) });
    }
  }),
  waits("CON-PSUM", "memory from another provider", provisioned(instances(1), token)),
  passes(
    "CON-PSUM",
    "memory of a resource that is not there",
    provisioned(instances(1), reference("shop/other", "memory")),
  ),
  passes(
    "CON-PSUM",
    "a number of a resource that is not there",
    provisioned(instances(reference("shop/other", "memory"))),
  ),

  passes("CON-OVER", "19,200 MB provisioned, 19,200 reserved", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, { reservedMb: 19_200 });
    stack.provision("warm", orders, { provisioning: instances(150) });
  }),
  warns("CON-OVER", "25,600 MB provisioned, 19,200 reserved", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, { reservedMb: 19_200 });
    stack.provision("warm", orders, { provisioning: instances(200) });
  }),
  passes("CON-OVER", "two versions with 100 each against 150, while traffic moves", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, { reservedMb: 19_200 });
    stack.provision("old", orders, { qualifier: "4", provisioning: instances(100) });
    stack.provision("new", orders, { qualifier: "5", provisioning: instances(100) });
  }),
  warns("CON-OVER", "a stopped function", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, { reservedMb: 0 });
    stack.provision("warm", orders);
  }),
  warns("CON-OVER", "one instance more than is reserved", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, { reservedMb: 19_200 });
    stack.provision("warm", orders, { provisioning: instances(151) });
  }),
  ...(
    [
      ["a reservation from another provider", { reservedMb: token }, 128],
      ["a reservation that is none, which is another rule's", { reservedMb: -128 }, 128],
      ["half an MB reserved, which is another rule's", { reservedMb: 128.5 }, 128],
      ["memory from another provider", { reservedMb: 128 }, token],
    ] as const
  ).map(([title, reservation, memory]) =>
    passes("CON-OVER", title, (program) => {
      const stack = program.stack();
      const orders = stack.function("orders", { memory });
      stack.reserve(orders, reservation);
      stack.provision("warm", orders, { provisioning: instances(200) });
    }),
  ),
  passes("CON-OVER", "a function without reservation", provisioned(instances(200))),

  passes("CON-KIND", "a static and a dynamic setting on two versions", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("old", orders, { qualifier: "4", provisioning: instances(100) });
    stack.provision("new", orders, { qualifier: "5", provisioning: dynamic(1, 100, 0.8) });
  }),
  fails("CON-KIND", "a static and a dynamic setting on one version", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.provision("first", orders, { provisioning: instances(100) });
    stack.provision("second", orders, { provisioning: dynamic(1, 100, 0.8) });
  }),
  fails(
    "CON-KIND",
    "both in one setting",
    provisioned({ type: "static", instances: 1, actions: [open, close], minimum: 1, utilization: 0.8 }),
  ),
  fails("CON-KIND", "three settings on one version", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    for (const id of ["first", "second", "third"]) {
      stack.provision(id, orders, { provisioning: instances(100) });
    }
  }),
  passes("CON-KIND", "a setting from another provider", provisioned(token)),

  passes("CON-SCHED", "a window that opens and closes", provisioned(scheduled(open, close))),
  passes(
    "CON-SCHED",
    "30 at six, 80 at ten, 40 at six in the evening, 0 at midnight",
    provisioned(
      scheduled(
        action("a", "0 0 6 * * * *", 30),
        action("b", "0 0 10 * * * *", 80),
        action("c", "0 0 18 * * * *", 40),
        action("d", "0 0 0 * * * *", 0),
      ),
    ),
  ),
  passes(
    "CON-SCHED",
    "the documents' example: one day of the past",
    provisioned(
      scheduled(action("timer-1", "0 0 12 3 11 * 2021", 1), action("timer-2", "0 0 16 3 11 * 2021", 0)),
    ),
  ),
  passes(
    "CON-SCHED",
    "a window that goes back to what there is without it",
    provisioned({ type: "static", instances: 10, actions: [open, action("close", "0 0 20 * * * *", 10)] }),
  ),
  passes(
    "CON-SCHED",
    "working days and week-ends at the same time of the day",
    provisioned(
      scheduled(action("work", "0 0 8 * * MON-FRI *", 100), action("rest", "0 0 8 * * SAT,SUN *", 20), close),
    ),
  ),
  passes(
    "CON-SCHED",
    "the first and the last day of the year",
    provisioned(scheduled(action("a", "0 0 8 1 1 * *", 100), action("b", "0 0 8 31 12 * *", 20), close)),
  ),
  fails("CON-SCHED", "no name", provisioned(scheduled(action("", "0 0 8 * * * *", 100), close))),
  fails("CON-SCHED", "a name twice", provisioned(scheduled(open, action("open", "0 0 9 * * * *", 0)))),
  fails("CON-SCHED", "five fields", provisioned(scheduled(action("open", "0 8 * * *", 100), close))),
  fails("CON-SCHED", "an hour too many", provisioned(scheduled(action("open", "0 0 24 * * * *", 1), close))),
  fails("CON-SCHED", "less than nothing", provisioned(scheduled(open, action("close", "0 0 9 * * * *", -1)))),
  fails("CON-SCHED", "half an instance", provisioned(scheduled(action("open", "0 0 8 * * * *", 0.5), close))),
  passes("CON-SCHED", "ten actions", provisioned(scheduled(...hours(10)))),
  fails("CON-SCHED", "eleven actions", provisioned(scheduled(...hours(11)))),
  passes("CON-SCHED", "eleven actions with a raised quota", (program) => {
    const stack = program.stack("shop", { quotas: { scheduledActions: 11 } });
    stack.provision("warm", stack.function("orders"), { provisioning: scheduled(...hours(11)) });
  }),
  warns("CON-SCHED", "a window that never ends", provisioned(scheduled(open))),
  warns(
    "CON-SCHED",
    "a window that ends above what there is without it",
    provisioned({ type: "static", instances: 10, actions: [open, action("less", "0 0 20 * * * *", 11)] }),
  ),
  warns(
    "CON-SCHED",
    "two actions at the same instant",
    provisioned(scheduled(open, action("again", "0 0 */4 * * * *", 0))),
  ),
  warns(
    "CON-SCHED",
    "two actions that meet on one day in years",
    provisioned(scheduled(action("leap", "0 0 8 29 2 * *", 100), action("monday", "0 0 8 * * MON *", 0))),
  ),
  warns(
    "CON-SCHED",
    "a day or a weekday: either is enough",
    provisioned(scheduled(action("a", "0 0 8 13 * FRI *", 100), action("b", "0 0 8 14 * * *", 0))),
  ),
  waits(
    "CON-SCHED",
    "a schedule from another provider",
    provisioned(scheduled(open, action("close", token, 0))),
  ),
  ...[
    ["0 0 8 1 1 * *", "0 0 8 1 1 * *"],
    ["0 0 8 31 12 * *", "0 0 8 31 12 * *"],
    ["0 0 8 1 6 * 2026", "0 0 8 * 6 MON 2026"],
    ["0 0 8 30 6 * 2026", "0 0 8 * 6 TUE 2026"],
    ["0 0 8 * * * 1970", "0 0 8 * * * 1970"],
    ["0 0 8 * * * 2099", "0 0 8 * * * 2099"],
  ].map(([first = "", second = ""]) =>
    warns(
      "CON-SCHED",
      `${first} and ${second}, which come at the same instant`,
      provisioned(scheduled(action("first", first, 100), action("second", second, 0))),
    ),
  ),
  ...[
    ["0 0 8 13 * * *", "0 0 8 14 * * *"],
    ["0 0 8 * * MON *", "0 0 8 * * TUE *"],
    ["0 0 8 31 4 * *", "0 0 8 31 4 * *"],
    ["0 0 8 30 1,2 * *", "0 0 8 30 2,3 * *"],
    ["0 0 8 1 6 * 2026", "0 0 8 * 6 SUN 2026"],
    ["0 0 8 1 6 * 2026", "0 0 8 * 6 TUE 2026"],
    ["0 0 8 * * * 2026", "0 0 8 * * * 2027"],
  ].map(([first = "", second = ""]) =>
    passes(
      "CON-SCHED",
      `${first} and ${second}, which never meet`,
      provisioned(scheduled(action("first", first, 100), action("second", second, 0))),
    ),
  ),
  passes("CON-SCHED", "no action", provisioned(instances(0))),
  passes("CON-SCHED", "a setting from another provider", provisioned(token)),
  waits(
    "CON-SCHED",
    "actions from another provider",
    provisioned({ type: "static", instances: 0, actions: token }),
  ),
  passes(
    "CON-SCHED",
    "a number from another provider, to which an action may go back",
    provisioned({ type: "static", instances: token, actions: [open] }),
  ),
  waits(
    "CON-SCHED",
    "an action from another provider, which may go back to what there is without it",
    provisioned({ type: "static", instances: 1, actions: [open, action("close", "0 0 20 * * * *", token)] }),
  ),
  passes(
    "CON-SCHED",
    "names that are none, which is another rule's",
    provisioned(scheduled(action(7, "0 0 8 * * * *", 100), action(7, "0 0 20 * * * *", 0))),
  ),
  warns(
    "CON-SCHED",
    "ten actions, two of which come at the same instant",
    provisioned(scheduled(...hours(9), action("again", "0 0 0 * * * *", 0))),
  ),
  fails(
    "CON-SCHED",
    "eleven actions, two of which come at the same instant",
    provisioned(scheduled(...hours(10), action("again", "0 0 0 * * * *", 0))),
  ),

  passes("CON-DYN", "1 to 100 at 80 %", provisioned(dynamic(1, 100, 0.8))),
  passes("CON-DYN", "as many as there are", provisioned(dynamic(5, 5, 0.01))),
  fails("CON-DYN", "a minimum of 0", provisioned(dynamic(0, 100, 0.8))),
  fails("CON-DYN", "a minimum above the maximum", provisioned(dynamic(6, 5, 0.8))),
  fails("CON-DYN", "half an instance", provisioned(dynamic(1, 5.5, 0.8))),
  fails("CON-DYN", "a utilization of 0", provisioned(dynamic(1, 100, 0))),
  fails("CON-DYN", "a utilization of 1", provisioned(dynamic(1, 100, 1))),
  fails("CON-DYN", "a utilization in percent", provisioned(dynamic(1, 100, 80))),
  ...[1.5, 2, 99, 100, 101].map((utilization) =>
    fails("CON-DYN", `a utilization of ${utilization}`, provisioned(dynamic(1, 100, utilization))),
  ),
  passes("CON-DYN", "a setting from another provider", provisioned(token)),
  passes(
    "CON-DYN",
    "a static setting with a minimum, which is another rule's",
    provisioned({ type: "static", instances: 1, minimum: 0 }),
  ),
  waits("CON-DYN", "a minimum from another provider", provisioned(dynamic(token, 100, 0.8))),
  waits("CON-DYN", "a utilization from another provider", provisioned(dynamic(1, 100, token))),
  passes(
    "CON-DYN",
    "a utilization of a resource that is not there",
    provisioned(dynamic(1, 100, reference("shop/other", "memory"))),
  ),
];

/** So many actions, one an hour, the last of which ends the window. */
function hours(amount: number): Value[] {
  return Array.from({ length: amount }, (_, hour) =>
    action(`at-${hour}`, `0 0 ${hour} * * * *`, amount - 1 - hour),
  );
}
