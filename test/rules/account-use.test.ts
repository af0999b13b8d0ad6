import { usedBesides } from "../../lib/rules/account-use";
import { accountAndRegion } from "../../lib/rules/identity";
import { quotaTable, share, type QuotaLine, type RegionQuotas } from "../../lib/rules/quota-table";
import { Program, type StackOptions } from "./program";

const snapshot: StackOptions = {
  snapshot: "scf.account.json",
  account: {
    namespaces: {
      default: { functions: ["old", "orders"] },
      team: { functions: ["old"], functionLimit: 2 },
    },
    layers: { deps: 3, others: 7 },
    reservedConcurrencyMb: 1280,
    provisionedConcurrencyMb: 256,
  },
};

describe("what is used besides", () => {
  test("is everything in the account that the program does not declare", () => {
    const program = new Program();
    const stack = program.stack("shop", snapshot);
    stack.function("orders");
    stack.function("returns");
    stack.layer("deps");
    const app = program.model();
    const [orders, returns] = app.ofKind("scf_function");
    if (!orders || !returns) throw new Error("two functions are declared");
    const used = usedBesides(app, accountAndRegion(orders));
    expect(used).toMatchObject({
      snapshot: "scf.account.json of 2026-11-01",
      namespaces: 1,
      layers: 1,
      reservedConcurrencyMb: 1280,
      provisionedConcurrencyMb: 256,
    });
    expect([used?.hasFunction(orders), used?.hasFunction(returns)]).toEqual([true, false]);
  });

  test("is not known without a snapshot, nor in another region", () => {
    const program = new Program();
    program.stack("shop", snapshot);
    program.stack("stock", { region: "ap-shanghai" });
    expect(usedBesides(program.model(), "|ap-shanghai")).toBeUndefined();
    expect(usedBesides(program.model(), "|ap-tokyo")).toBeUndefined();
    expect(usedBesides(program.model(), "|ap-guangzhou")).toBeDefined();
  });
});

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
      "reserved concurrency": { account: 1280, total: 1280, limit: 115_200 },
      "provisioned concurrency": { account: 256, total: 256, limit: 128_000 },
    });
    expect(lines(table, 1)).toMatchObject({ "functions in default": { ...unknown, program: 1, limit: 7 } });
    expect(lines(table, 1)).not.toHaveProperty("reserved concurrency");
    expect(lines(table, 2)).toMatchObject({ "functions in default": { ...unknown, program: 1, limit: 50 } });
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
    expect(lines(quotaTable(program.model()))).toMatchObject({
      "timer triggers of returns": { program: 2, limit: 10 },
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
