import * as fs from "node:fs";
import { deploy, filesBelow, Shop, shop } from "./shop";

/*
 * One life of a stack with marked secrets, with every command, with failures, and with a platform that repeats in its errors
 * what it was sent. Nothing that was printed or written holds a secret in any form; the platform's own file is not searched.
 */
const first = 'marked "first" \\ 5f2c/+=é';
const second = 'marked "second" \\ 8d1a/+=é';
const literal = "marked-literal-77c0";

const program = shop(`
const orders = new scf.Function(stack, "orders", {
  runtime, handler, code: code("orders"),
  environment: { TOKEN: scf.Secret.fromEnvironment("SHOP_TOKEN"), GIVEN: process.env.SHOP_LITERAL },
});
const live = orders.addAlias("live", { version: orders.currentVersion });
live.addTrigger("nightly", nightly);
`);

/** A secret as it may stand in a text. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(secret)];
  return [...new Set([...forms, Buffer.from(secret).toString("base64").replace(/=+$/, "")])];
}

describe("a life with marked secrets", () => {
  let made: Shop;
  /** Everything that was printed, and the files as they were after it, by what made them. */
  const texts = new Map<string, string>();
  const exitCodes = new Map<string, number | null>();

  async function step(
    name: string,
    argv: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    const end = await made.run(argv, { SHOP_TOKEN: first, SHOP_LITERAL: literal, ...environment });
    texts.set(`${name}: stdout`, end.stdout).set(`${name}: stderr`, end.stderr);
    exitCodes.set(name, end.exitCode);
    keepFiles(name);
  }

  function keepFiles(name: string): void {
    for (const file of filesBelow(made.project.directory)) {
      if (file.startsWith(made.project.database)) continue;
      texts.set(`${name}: ${made.project.anonymous(file)}`, fs.readFileSync(file, "utf8"));
    }
  }

  beforeAll(async () => {
    made = await Shop.make(program.replace("process.env.SHOP_LITERAL", '"none"'));
    made.project.write({ "main.js": program });
    await step("synth", ["synth"]);
    await step("validate", ["validate", "--json"]);
    await step("diff", ["diff"]);
    await step("diff as JSON", ["diff", "--json"]);
    await step("saved plan", ["diff", "--skip-synth", "--out", "plan.saved"]);

    const echo = { do: "fail", code: "InvalidParameterValue", message: "refused: {request}" } as const;
    await made.fault({ ...echo, match: { action: "CreateFunction" } });
    await step("refused create", deploy);
    await made.fault({ ...echo, match: { action: "CreateFunction" } });
    await step("refused create as JSON", [...deploy, "--json"]);
    await made.fault({ ...echo, match: { action: "CreateFunction" } });
    await step("refused create, debugged", deploy, { CDKTF_SCF_DEBUG: "1" });

    await made.start();
    const environment = { ...made.environment, SHOP_TOKEN: first, SHOP_LITERAL: literal };
    const killed = await made.project.killed("after scf.CreateFunction", deploy, environment);
    expect(killed.signal).toBe("SIGKILL");
    texts.set("killed: stdout", killed.stdout);
    keepFiles("killed");
    await step("deploy", deploy);
    await step("deploy as JSON, debugged", [...deploy, "--json"], { CDKTF_SCF_DEBUG: "1" });

    for (const debug of ["0", "1"]) {
      await made.fault({
        do: "fail",
        code: "AuthFailure.Forbidden",
        message: `no ${first}`,
        match: { action: "GetFunction" },
      });
      await step(`refused read, debug ${debug}`, deploy, { CDKTF_SCF_DEBUG: debug });
    }
    await made.fault({
      do: "fail",
      code: "InternalError",
      message: `lost ${second}`,
      match: { action: "UpdateFunctionConfiguration" },
    });
    await step("refused update", deploy, { SHOP_TOKEN: second, CDKTF_SCF_DEBUG: "1" });
    await step("rotation shown", ["diff", "--skip-synth"], { SHOP_TOKEN: second });
    await step("rotation", deploy, { SHOP_TOKEN: second });
    await step("drift", ["drift", "shop"], { SHOP_TOKEN: second });
    await step("refresh", ["refresh", "shop", "--auto-approve"], { SHOP_TOKEN: second });
    await step("state list", ["state", "list", "--json"]);
    await step("state show", ["state", "show", "shop/orders", "--json"]);
    await step("state show for people", ["state", "show", "shop/orders"]);
    await step("output", ["output", "shop", "--json"]);
    await step("destroy", ["destroy", "shop", "--auto-approve"], { CDKTF_SCF_DEBUG: "1" });
  });

  afterAll(() => Shop.stopAll());

  const holding = (secret: string): string[] =>
    [...texts]
      .filter(([, text]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([name]) => name);

  test("the platform was given the secrets, and repeated them", () => {
    expect(exitCodes.get("refused create")).toBe(1);
    expect(exitCodes.get("refused read, debug 1")).toBe(1);
    for (const name of ["deploy", "rotation", "destroy"])
      expect([name, exitCodes.get(name)]).toEqual([name, 0]);
    expect(texts.get("refused create: stdout")).toContain("refused: ");
    expect(texts.get("refused read, debug 1: stderr")).toMatch(/\n\s+at /);
    expect([...texts.keys()].filter((name) => name.includes("journal")).length).toBeGreaterThan(3);
    expect([...texts.keys()].filter((name) => name.includes("lock.json")).length).toBeGreaterThan(0);
  });

  test.each([
    ["the first secret", first],
    ["the second secret", second],
    ["the key that calls are signed with", "faults-key-7f3a"],
  ])("%s stands nowhere", (_, secret) => {
    expect(holding(secret)).toEqual([]);
  });

  // Such a value may be any word; what the platform says in its own words is not combed for it.
  test("a value that the program itself gives to a secret place stands in the plan, in no state and no difference", () => {
    const elsewhere = holding(literal).filter(
      (name) => !/\/cdktf\.out\/|plan\.saved|^refused create.*: stdout$/.test(name),
    );
    expect(elsewhere).toEqual([]);
  });

  test.each(["saved plan", "drift", "refresh"])("`%s` is part of that life", (name) => {
    expect([name, exitCodes.get(name)]).not.toEqual([name, 1]);
  });
});
