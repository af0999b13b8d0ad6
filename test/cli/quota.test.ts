import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { expectGolden } from "./golden";
import { orders, shopProgram, TestProject, type RunResult } from "./project";

/** Two stacks in one region and one in another; the snapshot is named by one. */
const program = (quotas = "functionsPerNamespace: 8, namespaces: 10"): string => `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const add = (name, region, props = {}) => {
  const stack = new TerraformStack(app, name);
  new scf.ScfProvider(stack, "scf", { region, platform: scf.Platform.local(), ...props });
  return stack;
};
const props = {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
};
const shop = add("shop", "ap-guangzhou", { account: { snapshot: "scf.account.json" }, quotas: { ${quotas} } });
const team = new scf.Namespace(shop, "team", { name: "team" });
const first = new scf.Function(shop, "orders", { ...props, namespace: team });
first.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
new scf.Function(shop, "returns", props);
const stock = add("stock", "ap-guangzhou");
new scf.Function(stock, "count", props);
new scf.Function(stock, "order", props);
const abroad = add("abroad", "ap-singapore");
new scf.Layer(abroad, "deps", { code: scf.Code.fromInline("1"), compatibleRuntimes: [scf.Runtime.NODEJS_16_13] });
app.synth();
`;

function project(text = program()): TestProject {
  return new TestProject({ files: { "main.js": text } });
}

/** Calls the project's platform as somebody else would. */
async function onPlatform(
  target: TestProject,
  use: (platform: LocalPlatform) => Promise<void>,
): Promise<void> {
  const platform = openLocalPlatform({ path: target.file(".cdktf-scf/local.db"), region: "ap-guangzhou" });
  try {
    await use(platform);
  } finally {
    await platform.close();
  }
}

function addFunctions(target: TestProject, ...names: readonly string[]): Promise<void> {
  return onPlatform(target, async (platform) => {
    for (const FunctionName of names) {
      await platform.call("scf", "CreateFunction", {
        FunctionName,
        Runtime: "Nodejs16.13",
        Handler: "index.main_handler",
        Code: {
          CosBucketName: "code-1250000000",
          CosObjectName: "/code.zip",
          CosBucketRegion: "ap-guangzhou",
        },
      });
    }
  });
}

/** Times differ from run to run. */
function timeless(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d( \d\d:\d\d UTC)?/g, (_, clock) => (clock ? "<time> UTC" : "<date>"));
}

const width = (columns: number): string => `
process.stdout.columns = ${columns};`;

function onWidth(target: TestProject, columns: number, argv: readonly string[]): RunResult {
  target.write({ "terminal.js": width(columns) });
  return target.run(argv, { NODE_OPTIONS: `--require ${target.file("terminal.js")}` });
}

describe("quota", () => {
  test("shows what the program needs in every region, and what is closest to its limit", () => {
    const target = project();
    const { exitCode, stdout } = target.run(["quota"]);
    expect(exitCode).toBe(0);
    expectGolden("quota-program", stdout);
    expect(target.has("cdktf.out")).toBe(false);
    expect(target.has(".cdktf-scf/local.db")).toBe(false);
  });

  test("counts what the platform holds now, what is in both once", async () => {
    const target = project();
    await addFunctions(target, "shop-returns", "old1", "old2", "old3");
    const { exitCode, stdout, stderr } = target.run(["quota", "--live"]);
    // Without a snapshot there is a warning, which asking now makes old.
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expectGolden("quota-live", stdout);
    expect(target.has("scf.account.json")).toBe(false);
  });

  test("saves what the platform answers; synthesis counts with it until it is saved again", async () => {
    const target = project();
    await addFunctions(target, "shop-returns", "old1", "old2", "old3", "old4", "old5");
    const saved = target.run(["quota", "--save"]);
    expect(saved).toMatchObject({ exitCode: 0, stderr: "" });
    expect(saved.stdout).toContain(
      'Saved in scf.account.json.\nSynthesis counts with it where the provider names it, as that of abroad does not: account: { snapshot: "scf.account.json" }.\n',
    );
    expect(target.json("scf.account.json")).toMatchObject({
      format: "cdktf-scf/account",
      formatVersion: 1,
      regions: [
        {
          region: "ap-guangzhou",
          quotas: { functionsPerNamespace: 8, namespaces: 10 },
          namespaces: {
            default: { functions: ["old1", "old2", "old3", "old4", "old5", "shop-returns"] },
          },
        },
        { region: "ap-singapore", layers: {} },
      ],
    });
    expect(target.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(target.read("cdktf.out/stacks/stock/scf.plan.json")).not.toContain("old1");
    const later = target.run(["quota", "--skip-synth"]);
    expect(later.exitCode).toBe(0);
    expectGolden("quota-snapshot", timeless(later.stdout));

    await addFunctions(target, "old6");
    expect(target.run(["synth"]).exitCode).toBe(0);
    const again = target.run(["quota", "--save", "--json"]);
    expect(again.exitCode).toBe(1);
    expect(target.run(["synth"]).stderr).toContain(
      "ERROR QTA-FN  9 functions in namespace `default` of ap-guangzhou: 6 in the account that this program does not declare",
    );
  });

  test("fails and shows the table of a program that needs too much, also for machines", () => {
    const target = project(program("functionsPerNamespace: 2"));
    const people = target.run(["quota"]);
    expect(people.exitCode).toBe(1);
    expect(people.stderr).toContain("ERROR QTA-FN  3 functions in namespace `default`");
    expectGolden("quota-over", people.stdout);
    const machines = target.run(["quota", "--json"]);
    expect(machines.exitCode).toBe(1);
    const { regions, closest } = JSON.parse(machines.stdout) as {
      regions: { region: string; source: string; quotas: { name: string; over: boolean }[] }[];
      closest: object;
    };
    expect(regions.map(({ region, source }) => [region, source])).toEqual([
      ["ap-guangzhou", "program"],
      ["ap-singapore", "program"],
    ]);
    expect(regions[0]?.quotas.find(({ name }) => name === "functions in default")).toEqual({
      rule: "QTA-FN",
      unit: "number",
      name: "functions in default",
      account: null,
      program: 3,
      total: 3,
      limit: 2,
      over: true,
    });
    expect(closest).toEqual({ region: "ap-guangzhou", quota: "functions in default" });
    expect(target.has("cdktf.out/stacks")).toBe(false);
  });

  test("works for a program that an old snapshot does not let through", async () => {
    const target = project(program("functionsPerNamespace: 4"));
    await addFunctions(target, "old1", "old2");
    expect(target.run(["quota", "--save"]).exitCode).toBe(1);
    expect(target.run(["synth"]).exitCode).toBe(1);
    expect(target.run(["local", "reset"]).exitCode).toBe(0);
    const again = target.run(["quota", "--save"]);
    expect(again).toMatchObject({ exitCode: 0, stderr: "" });
    expect(target.run(["synth"]).exitCode).toBe(0);
  });

  test("still fails for what else is wrong with the program", () => {
    const target = project(shopProgram(orders("memory: 320,")));
    const { exitCode, stdout, stderr } = target.run(["quota", "--live"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("ERROR FN-MEM");
    expect(stdout).toContain("functions in default");
  });

  test("leaves out bars, then columns, then parts of names on narrow terminals", () => {
    const target = project();
    expectGolden(
      "quota-narrow",
      [100, 80, 60, 40]
        .map((columns) => `${columns} columns\n${onWidth(target, columns, ["quota", "--live"]).stdout}`)
        .join("\n"),
    );
  });

  test("has colours where the rest has", () => {
    const target = project(program("functionsPerNamespace: 2"));
    const { stdout } = target.run(["quota"], { FORCE_COLOR: "1" });
    expect(stdout).toContain("\u001B[31m███");
    expect(target.run(["quota"]).stdout).not.toContain("\u001B[");
  });

  test("keeps what a snapshot says of other accounts and regions, and writes over nothing else", () => {
    const target = project();
    const other = {
      region: "ap-tokyo",
      uin: "100000000009",
      takenAt: "2026-01-01T00:00:00Z",
      quotas: {},
      triggersOfType: {},
      namespaces: {},
      layers: {},
    };
    const format = { format: "cdktf-scf/account", formatVersion: 1 };
    target.write({
      "team.json": JSON.stringify({ ...format, regions: [other, { ...other, region: "ap-guangzhou" }] }),
      "notes.json": '{"mine":true}',
    });
    expect(target.run(["quota", "--save", "team.json"]).exitCode).toBe(0);
    const { regions } = target.json("team.json") as { regions: { region: string; uin?: string }[] };
    expect(regions.map(({ region, uin }) => [uin, region])).toEqual([
      [undefined, "ap-guangzhou"],
      [undefined, "ap-singapore"],
      ["100000000009", "ap-guangzhou"],
      ["100000000009", "ap-tokyo"],
    ]);
    const refused = target.run(["quota", "--save", "notes.json"]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toContain(
      "Error: notes.json is no snapshot of an account.\nIf it is something else, name another file.",
    );
    expect(target.read("notes.json")).toBe('{"mine":true}');
  });

  test("refuses to ask for several accounts with the credentials of one", () => {
    const target = project(`
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
for (const uin of ["100000000001", "100000000002"]) {
  const stack = new TerraformStack(app, "of" + uin);
  new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou", account: { uin } });
}
app.synth();`);
    const several = target.run(["quota", "--live"]);
    expect(several).toMatchObject({ exitCode: 1, stdout: "" });
    expect(several.stderr).toContain("--account 100000000001");
    const one = target.run(["quota", "--live", "--account", "100000000002"]);
    expect(one.stderr).toContain("TENCENTCLOUD_SECRET_ID");
    const table = target.run(["quota", "--account", "100000000002"]);
    expect(table.exitCode).toBe(0);
    expect(table.stdout).toContain("ap-guangzhou, account 100000000002\n");
    expect(table.stdout).not.toContain("100000000001");
    const unknown = target.run(["quota", "--account", "3"]);
    expect(unknown.stderr).toContain("They name: 100000000001, 100000000002.");
  });

  test("keeps columns and bars beside long names, and lines up Chinese ones", () => {
    const target = project();
    const there = { functions: ["orders"] };
    const namespaces = { default: there, ["long-".repeat(12)]: there, 订单与库存的命名空间: there };
    const region = {
      region: "ap-guangzhou",
      takenAt: "2026-11-01T08:00:00Z",
      quotas: {},
      triggersOfType: {},
    };
    target.write({
      "scf.account.json": JSON.stringify({
        format: "cdktf-scf/account",
        formatVersion: 1,
        regions: [{ ...region, namespaces, layers: {} }],
      }),
    });
    expectGolden(
      "quota-names",
      [120, 80]
        .map((columns) => `${columns} columns\n${onWidth(target, columns, ["quota"]).stdout}`)
        .join("\n"),
    );
  });

  test("counts reservations of functions that others have made, and saves them", async () => {
    const target = project(
      program().replace(
        'new scf.Function(shop, "returns", props)',
        'new scf.Function(shop, "returns", props).reserveConcurrency(scf.Concurrency.megabytes(15360))',
      ),
    );
    await addFunctions(target, "shop-returns", "old");
    await onPlatform(target, async (platform) => {
      for (const [FunctionName, ReservedConcurrencyMem] of [
        ["old", 99_968] as const,
        ["shop-returns", 1280] as const,
      ]) {
        await platform.call("scf", "PutReservedConcurrencyConfig", { FunctionName, ReservedConcurrencyMem });
      }
    });
    const live = target.run(["quota", "--live"]);
    expect(live.exitCode).toBe(1);
    expect(live.stderr).toContain(
      "ERROR CON-RES  functions of ap-guangzhou reserve 115,328 MB together: 99,968 MB in the account that this program does not declare (as it is now), 15,360 MB declared here; 115,200 MB are allowed",
    );
    expect(live.stderr).not.toContain("save the snapshot again");
    expect(live.stdout).toMatch(
      /reserved concurrency +101,248 MB +15,360 MB +115,328 MB +115,200 MB .* 101 % {2}over/,
    );
    const saved = target.run(["quota", "--save"]);
    expect(saved.exitCode).toBe(1);
    expect(target.json("scf.account.json")).toMatchObject({
      regions: [{ namespaces: { default: { reservedMb: { old: 99_968, "shop-returns": 1280 } } } }, {}],
    });
    expect(target.run(["synth"]).stderr).toContain("save the snapshot again with `cdktf-scf quota --save`");
  });

  test("keeps what is wrong with a quota apart from what the account holds", () => {
    const target = project(
      program().replace(
        'new scf.Function(shop, "returns", props)',
        'new scf.Function(shop, "returns", props).reserveConcurrency(scf.Concurrency.megabytes(0.5))',
      ),
    );
    const { exitCode, stderr } = target.run(["quota", "--live"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("ERROR CON-RES  0.5 MB cannot be reserved");
  });

  test.each([
    ["folder", "folder cannot be written: a folder is in the way."],
    ["none/x.json", "none/x.json cannot be written: there is no folder none."],
    ["", ". cannot be written: a folder is in the way."],
    ["damaged.json", "damaged.json is not JSON:"],
    ["newer.json", "newer.json has snapshot format 2; this cdktf-scf reads format 1."],
  ])("refuses to save in %j, and asks nobody", (file, sentence) => {
    const target = project();
    const newer = JSON.stringify({ format: "cdktf-scf/account", formatVersion: 2, regions: [] });
    target.write({ "folder/file": "", "damaged.json": "{", "newer.json": newer });
    const { exitCode, stdout, stderr } = target.run(["quota", "--save", file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`Error: ${sentence}`);
    expect(target.has(".cdktf-scf/local.db")).toBe(false);
    expect([target.read("damaged.json"), target.read("newer.json")]).toEqual(["{", newer]);
  });

  test("fails with a sentence when the snapshot of the program is a folder", () => {
    const target = project();
    target.write({ "scf.account.json/file": "" });
    const { exitCode, stderr } = target.run(["quota"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Error: scf.account.json cannot be read: it is a folder.");
  });

  test("writes nothing when the platform cannot be reached", () => {
    const target = project(`
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
const platform = scf.Platform.tencentCloud({ endpoint: "http://127.0.0.1:9" });
new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou", platform });
app.synth();`);
    const credentials = { TENCENTCLOUD_SECRET_ID: "id", TENCENTCLOUD_SECRET_KEY: "key" };
    const { exitCode, stdout, stderr } = target.run(["quota", "--save"], credentials);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^Error: No answer to scf GetAccount: .*ECONNREFUSED.*\nNothing was sent\./);
    expect(target.has("scf.account.json")).toBe(false);
  });

  test("says so when there is nothing to count", () => {
    const target = project(`const { App } = require("cdktf"); new App().synth();`);
    expect(target.run(["quota"])).toEqual({
      exitCode: 0,
      stdout: "The program has no stack with functions, so it needs no quota.\n",
      stderr: "",
    });
  });
});
