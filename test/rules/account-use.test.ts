import { quotaTable, share, type QuotaLine, type RegionQuotas } from "../../lib/rules/quota-table";
import { Program, type StackOptions } from "./program";

const snapshot: StackOptions = {
  snapshot: "scf.account.json",
  account: {
    namespaces: {
      default: { functions: ["old", "orders"], reservedMb: { old: 1280, orders: 640 } },
      team: {
        functions: ["old"],
        functionLimit: 2,
        concurrencyMb: 20_000,
        provisionedMb: { old: { 1: 256 } },
      },
    },
    layers: { deps: 3, others: 7 },
    testEvents: ["old"],
  },
};

function lines(regions: readonly RegionQuotas[], region = 0): Record<string, Partial<QuotaLine>> {
  return Object.fromEntries(
    (regions[region]?.lines ?? []).map(({ name, account, program, total, limit, over }) => [
      name,
      { account, program, total, limit, over },
    ]),
  );
}

describe("the table of quotas", () => {
  test("counts the stacks of one account and region together, and every other apart", () => {
    const program = new Program();
    program.stack("shop", snapshot).function("orders");
    program.stack("stock").function("count", { namespace: "team" });
    program.stack("abroad", { region: "ap-tokyo", quotas: { functionsPerNamespace: 7 } }).function("orders");
    program.stack("other", { uin: "100000000002" }).function("orders");
    const table = quotaTable(program.model());
    expect(table.map(({ uin, region, accountKnown }) => [uin, region, accountKnown])).toEqual([
      ["", "ap-guangzhou", true],
      ["", "ap-tokyo", false],
      ["100000000002", "ap-guangzhou", false],
    ]);
    const unknown = { account: undefined, over: false };
    expect(lines(table)).toMatchObject({
      namespaces: { account: 2, program: 2, total: 2, limit: 5 },
      "functions in default": { account: 2, program: 1, total: 2, limit: 50 },
      "functions in team": { account: 1, program: 1, total: 2, limit: 2, over: false },
      layers: { account: 2, program: 0, total: 2 },
      "versions of layer others": { account: 7, limit: 200 },
      "namespaces' own concurrency": { account: 20_000, program: 0, total: 20_000, limit: 128_000 },
      "reserved concurrency": { account: 1920, program: 0, total: 1920, limit: 115_200 },
      "reserved concurrency in team": { account: 0, program: 0, total: 0, limit: 7200 },
      "provisioned concurrency": { account: 256, program: 0, total: 256, limit: 128_000 },
      "fixed egress addresses": { account: undefined, program: 0 },
      "test events in all regions": { account: 1, program: 0, total: 1, limit: 5 },
    });
    expect(lines(table, 1)).toMatchObject({ "functions in default": { ...unknown, program: 1, limit: 7 } });
    expect(lines(table, 1)).toMatchObject({
      "reserved concurrency": { ...unknown, program: 0, total: 0, limit: 51_200 },
    });
    // They are the account's: the first of its regions shows them.
    expect(lines(table, 1)).not.toHaveProperty("test events in all regions");
    expect(lines(table, 2)).toMatchObject({ "test events in all regions": { ...unknown, program: 0 } });
    expect(lines(table, 2)).toMatchObject({ "functions in default": { ...unknown, program: 1, limit: 50 } });
  });

  test("counts concurrency of the program and of the account together, what is in both once", () => {
    const program = new Program();
    const shop = program.stack("shop", snapshot);
    const stock = program.stack("stock", snapshot);
    const orders = shop.function("orders");
    shop.reserve(orders, { reservedMb: 1920 });
    stock.reserve(stock.function("items"), { reservedMb: 128 });
    stock.namespaceQuota("quota", "team", 30_000);
    const old = stock.function("old", { namespace: "team" });
    const actions = [1, 2].map((number) => ({ name: `at-${number}`, cron: "0 0 8 * * * *", instances: 1 }));
    const warm = { type: "static", instances: 3 };
    stock.provision("first", old, { provisioning: warm });
    stock.provision("second", old, { qualifier: "2", provisioning: { ...warm, actions } });
    shop.testEvent("old", orders);
    shop.testEvent("new", orders);
    expect(lines(quotaTable(program.model()))).toMatchObject({
      "namespaces' own concurrency": { account: 20_000, program: 30_000, total: 30_000 },
      "reserved concurrency": { account: 1920, program: 2048, total: 3328 },
      "provisioned concurrency": { account: 256, program: 768, total: 768 },
      "scheduled actions of old:2": { account: undefined, program: 2, total: 2, limit: 10 },
      "test events in all regions": { account: 1, program: 2, total: 2 },
    });
    expect(lines(quotaTable(program.model()))).not.toHaveProperty("reserved concurrency in team");
  });

  test("says over where the rule says so, and nowhere else", () => {
    const program = new Program();
    const stack = program.stack("shop", {
      ...snapshot,
      account: { namespaces: { default: { functions: ["old"], reservedMb: { old: 115_200 } } } },
    });
    const over = (): unknown => lines(quotaTable(program.model()))["reserved concurrency"]?.over;
    expect(over()).toBe(false);
    stack.reserve(stack.function("orders"), { reservedMb: 128 });
    expect(over()).toBe(true);
  });

  test("counts provisioned instances as they are while scheduled actions set their highest numbers", () => {
    const program = new Program();
    const stack = program.stack("shop", {
      ...snapshot,
      account: { namespaces: { team: { functions: ["old"], provisionedMb: { old: { 1: 256 } } } } },
    });
    const scheduled = (id: string, instances: number): void => {
      const actions = [
        { name: "open", cron: "0 0 8 * * * *", instances },
        { name: "close", cron: "0 0 20 * * * *", instances: 1 },
      ];
      const provisioning = { type: "static", instances: 2, actions };
      stack.provision(`${id}-warm`, stack.function(id), { provisioning });
    };
    const name = "provisioned concurrency at the peak";
    const table = (): Record<string, Partial<QuotaLine>> => lines(quotaTable(program.model()));
    scheduled("orders", 900);
    expect(table()).not.toHaveProperty("provisioned concurrency");
    expect(table()[name]).toEqual({
      account: 256,
      program: 900 * 128,
      total: 900 * 128 + 256,
      limit: 128_000,
      over: false,
    });
    // More than there is room for only if both windows are open at once: a warning.
    scheduled("items", 200);
    expect(table()[name]).toMatchObject({ total: 1100 * 128 + 256, over: false });
    scheduled("reports", 1001);
    expect(table()[name]).toMatchObject({ over: true });
  });

  test("counts a fixed egress address once for all functions that share it", () => {
    const program = new Program();
    const stack = program.stack();
    const fixedEgressIp = true;
    stack.function("a", { fixedEgressIp });
    stack.function("b", { fixedEgressIp });
    stack.function("c", { fixedEgressIp, vpc: { vpcId: "vpc-1", subnetId: "subnet-1" } });
    stack.function("d", { fixedEgressIp, vpc: { vpcId: "vpc-1", subnetId: "subnet-1" } });
    stack.function("e", { fixedEgressIp, vpc: { vpcId: "vpc-1", subnetId: "subnet-2" } });
    stack.function("f", { fixedEgressIp: false });
    stack.function("h", {
      fixedEgressIp,
      publicAccess: false,
      vpc: { vpcId: "vpc-1", subnetId: "subnet-3" },
    });
    stack.function("g");
    expect(lines(quotaTable(program.model()))["fixed egress addresses"]).toMatchObject({
      program: 3,
      limit: 5,
    });
  });

  test("shows the function with the most triggers of a type", () => {
    const program = new Program();
    const stack = program.stack();
    const [orders, returns] = [stack.function("orders"), stack.function("returns")];
    stack.timer("a", orders);
    for (const id of ["b", "c"]) stack.timer(id, returns);
    stack.cos("d", orders);
    stack.trigger("scf_ckafka_trigger", "e", orders);
    stack.trigger("scf_cls_trigger", "f", returns);
    stack.trigger("scf_mps_trigger", "g", returns);
    stack.api("h", returns);
    stack.trigger("scf_cmq_trigger", "i", returns);
    stack.binding("j", stack.rule("k", stack.listener("l")), orders);
    const one = { account: undefined, program: 1, limit: 10 };
    expect(lines(quotaTable(program.model()))).toMatchObject({
      "timer triggers of returns": { program: 2, limit: 10 },
      "COS triggers of orders": one,
      "CKafka triggers of orders": one,
      "CLS triggers of returns": one,
      "MPS triggers of returns": one,
      "API gateway triggers of returns": one,
      "CMQ triggers of returns": one,
      "load balancer bindings of orders": one,
    });
  });

  test("takes the smaller of two quotas that contradict each other", () => {
    const program = new Program();
    program.stack("shop", { quotas: { layers: 30 } });
    program.stack("stock", { quotas: { layers: 25 } });
    expect(lines(quotaTable(program.model()))).toMatchObject({ layers: { limit: 25 } });
  });

  test("knows a share of a quota of nothing", () => {
    const line = { name: "layers", account: undefined, program: 0, over: false };
    expect(share({ ...line, total: 0, limit: 0 })).toBe(0);
    expect(share({ ...line, total: 1, limit: 0 })).toBe(Infinity);
  });
});
