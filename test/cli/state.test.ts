import * as fs from "node:fs";
import * as os from "node:os";
import { copiesOf, ended, orders, shopProgram, TestProject } from "./project";

const published = `orders.addAlias("live", { version: orders.currentVersion });`;

const deployedShop = copiesOf(() => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders() + published) } });
  const { exitCode, stderr } = project.run(["deploy", "--auto-approve"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return project;
});

function writeCalls(project: TestProject): string[] {
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as {
    calls: { action: string; write: boolean }[];
  };
  return calls.filter(({ write }) => write).map(({ action }) => action);
}

const addresses = (project: TestProject): string[] =>
  (
    JSON.parse(project.run(["state", "list", "--json"]).stdout) as { resources: { address: string }[] }
  ).resources.map(({ address }) => address);

describe("state rm", () => {
  test("forgets a resource and leaves the object alone", () => {
    const project = deployedShop();
    const before = writeCalls(project);
    const { exitCode, stdout, stderr } = project.run(["state", "rm", "shop/orders/live", "--auto-approve"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(
      "shop/orders/live  scf_alias, generation 1\n" +
        "The object stays on the platform as it is: nothing changes or deletes it any more.\n" +
        "Forgotten. `cdktf-scf import shop/orders/live ID` brings it back.\n",
    );
    expect(addresses(project)).toEqual(["shop/orders", "shop/orders/CurrentVersion"]);
    expect(writeCalls(project)).toEqual(before);
    expect(
      project.run(["local", "call", "scf", "ListAliases", '{"FunctionName":"shop-orders"}']).stdout,
    ).toContain('"live"');
  });

  test("names what refers to it, as JSON for machines", () => {
    const project = deployedShop();
    const { stdout, stderr } = project.run(["state", "rm", "shop/orders", "--auto-approve", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      forgotten: { address: "shop/orders", kind: "scf_function", generation: 1 },
    });
    expect(stderr).toContain("It is referred to by shop/orders/CurrentVersion, shop/orders/live.\n");
  });

  test("refuses without anybody to ask, and says how to agree", () => {
    const project = deployedShop();
    const { exitCode, stderr } = project.run(["state", "rm", "shop/orders/live"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("`cdktf-scf state rm` asks before it changes anything");
    expect(stderr).toContain("Look at what it has shown, then run it again with --auto-approve.");
    expect(addresses(project)).toContain("shop/orders/live");
  });

  test.each(["shop/nothing", "nothing/orders", "shop", "shop/orders#7"])(
    "refuses %s, which is not recorded",
    (address) => {
      const { exitCode, stderr } = deployedShop().run(["state", "rm", address, "--auto-approve"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: `Error: Nothing is recorded at ${address}.\n\`cdktf-scf state list\` prints the addresses that are.\n`,
      });
    },
  );
});

describe("state mv", () => {
  test("gives a resource another address, and the program that has it there finds nothing to do", () => {
    const project = deployedShop();
    const { exitCode, stdout } = project.run(["state", "mv", "shop/orders/live", "shop/orders/current"]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        "shop/orders/live is shop/orders/current from now on. The object stays as it is on the platform.\n",
    });
    expect(project.run(["state", "show", "shop/orders/current"]).stdout).toContain("scf_alias, generation 1");
    expect(addresses(project)).not.toContain("shop/orders/live");
    // Back again, and nothing has changed for the program.
    expect(project.run(["state", "mv", "shop/orders/current", "shop/orders/live", "--json"]).stdout).toBe(
      '{\n  "moved": {\n    "from": "shop/orders/current",\n    "to": "shop/orders/live",\n    "kind": "scf_alias"\n  }\n}\n',
    );
    expect(project.run(["diff"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("what refers to it names the new address, so that destroy keeps its order", () => {
    const project = deployedShop();
    expect(project.run(["state", "mv", "shop/orders", "shop/sales"]).exitCode).toBe(0);
    expect(project.run(["state", "show", "shop/orders/live"]).stdout).toContain(
      "refers to shop/orders/CurrentVersion, shop/sales\n",
    );
    expect(project.run(["destroy", "--auto-approve"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test.each([
    ["shop/orders", "shop/orders/live", "There is a resource at shop/orders/live already (scf_alias)."],
    ["shop/orders", "shop/orders", "There is a resource at shop/orders already (scf_function)."],
    ["shop/nothing", "shop/x", "Nothing is recorded at shop/nothing."],
    ["shop/orders", "shed/orders", "shed/orders is in another stack than shop."],
    ["shop/orders", "orders", "orders is not an address."],
    ["shop/orders", "shop//x", "shop//x is not an address."],
    ["shop/orders", "shop/x#1", "shop/x#1 is not an address."],
  ])("refuses %s to %s", (from, to, sentence) => {
    const project = deployedShop();
    const before = addresses(project);
    const { exitCode, stdout, stderr } = project.run(["state", "mv", from, to]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`Error: ${sentence}\n`);
    expect(addresses(project)).toEqual(before);
  });

  test("refuses an address at which the program declares another kind", () => {
    const project = deployedShop();
    project.write({
      "main.js": shopProgram(orders() + published + orders().replace(/orders/g, "more")),
    });
    const synth = project.run(["synth"]);
    if (synth.exitCode !== 0) throw new Error(synth.stderr);
    const { exitCode, stderr } = project.run(["state", "mv", "shop/orders/live", "shop/more"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^Error: The program declares shop\/more as scf_function; this one is scf_alias\.\n/,
    );
  });
});

test("an interrupted operation is shown, and can be forgotten", async () => {
  const project = new TestProject({
    files: {
      "main.js": shopProgram(orders()).replace("Platform.local()", "Platform.local({ delayMs: 60000 })"),
    },
  });
  const child = project.start(["deploy", "--auto-approve"]);
  const end = ended(child);
  const begun = (): boolean => {
    const journal = ".cdktf-scf/shop/journal.1.log";
    return project.has(journal) && project.read(journal).includes('"type":"begin"');
  };
  while (!begun()) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill("SIGKILL");
  await end;
  const shown = project.run(["state", "show", "shop/orders"]).stdout;
  expect(shown).toContain("shop/orders  scf_function, generation 1  create was interrupted\n  properties\n");
  expect(JSON.parse(project.run(["state", "show", "shop/orders", "--json"]).stdout)).toMatchObject({
    address: "shop/orders",
    unfinished: { operation: "create", kind: "scf_function" },
  });
  const { exitCode, stdout, stderr } = project.run(["state", "rm", "shop/orders", "--auto-approve"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    "An operation on it was interrupted: what that left on the platform is not looked for",
  );
  expect(stderr).toMatch(/^The lock of `deploy` of .* was taken over: that process is gone\.\n$/);
  expect(addresses(project)).toEqual([]);
});

describe("unlock", () => {
  const lock = ".cdktf-scf/shop/lock.json";
  const holder = (more: object): string =>
    `${JSON.stringify({
      pid: process.pid,
      host: os.hostname(),
      user: "ada",
      since: new Date().toISOString(),
      purpose: "deploy",
      token: "0123456789abcdef01234567",
      ...more,
    })}\n`;

  function locked(more: object, idleSeconds = 0): TestProject {
    const project = deployedShop();
    project.write({ [lock]: holder(more) });
    const then = Date.now() / 1_000 - idleSeconds;
    fs.utimesSync(project.file(lock), then, then);
    return project;
  }

  test("says that a state is not locked", () => {
    const project = deployedShop();
    expect(project.run(["unlock", "shop"])).toEqual({
      exitCode: 0,
      stdout: "The state of shop is not locked.\n",
      stderr: "",
    });
    expect(JSON.parse(project.run(["unlock", "shop", "--json"]).stdout)).toEqual({
      stack: "shop",
      locked: false,
    });
  });

  test("frees what a run on another machine has not renewed for a minute", () => {
    const project = locked({ host: "elsewhere" }, 3_600);
    const refused = project.run(["deploy", "--auto-approve"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("`cdktf-scf unlock shop` frees the state.");
    const { exitCode, stdout, stderr } = project.run(["unlock", "shop", "--auto-approve"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      new RegExp(
        `^The state of shop is locked by \`deploy\` of ada \\(process ${process.pid} on elsewhere since \\d\\d:\\d\\d:\\d\\d\\)\\.\n` +
          "That process cannot be seen from here; the lock was renewed 60 minutes ago\\.\n" +
          "The state of shop is free\\. The next deploy looks up what was cut off and goes on from there\\.\n$",
      ),
    );
    expect(project.has(lock)).toBe(false);
    expect(project.run(["deploy", "--auto-approve"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("frees that of another container of the same name, too", () => {
    const project = locked({ machine: "another boot pid:[1]", pid: 1 }, 120);
    const refused = project.run(["deploy", "--auto-approve"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("frees the state");
    expect(project.run(["unlock", "shop", "--auto-approve"]).exitCode).toBe(0);
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  });

  test("refuses while a run on another machine renews its lock", () => {
    const project = locked({ host: "elsewhere" }, 10);
    const { exitCode, stderr } = project.run(["unlock", "shop", "--auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^Error: The state of shop was not freed: that process cannot be seen from here; the lock was renewed \d+ seconds ago\.\nWait until it has ended\. If it was cut off, run this again in \d+ seconds\. With --force/,
    );
    expect(project.has(lock)).toBe(true);
  });

  test("refuses while the run works on this machine, however old its lock is; --force takes it away", () => {
    const project = locked({}, 3_600);
    const { exitCode, stderr } = project.run(["unlock", "shop", "--auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "Error: The state of shop was not freed: that process is working on this machine; the lock was renewed 60 minutes ago.\n" +
        `Wait until it has ended, or end it: \`kill ${process.pid}\`. With --force`,
    );
    const forced = project.run(["unlock", "shop", "--force", "--auto-approve", "--json"]);
    expect(forced.exitCode).toBe(0);
    expect(JSON.parse(forced.stdout)).toMatchObject({
      stack: "shop",
      locked: false,
      holder: { user: "ada" },
    });
    expect(project.has(lock)).toBe(false);
  });

  test("refuses without anybody to ask", () => {
    const project = locked({ host: "elsewhere" }, 3_600);
    const { exitCode, stderr } = project.run(["unlock", "shop"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("there is no terminal to ask on");
    expect(project.has(lock)).toBe(true);
  });

  test("refuses a stack that there is not", () => {
    const { exitCode, stderr } = deployedShop().run(["unlock", "shed"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("There is no stack shed deployed from here.");
  });
});
