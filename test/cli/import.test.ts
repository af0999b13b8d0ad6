import * as fs from "node:fs";
import { orders, shopProgram, TestProject } from "./project";

const named = orders('name: "orders",');

/** A project whose function exists already: made by hand, by nobody's stack. */
function projectWith(program = shopProgram(named)): TestProject {
  const project = new TestProject({ files: { "main.js": program } });
  makeFunction(project, "orders");
  return project;
}

function makeFunction(project: TestProject, FunctionName: string): void {
  const request = {
    FunctionName,
    Runtime: "Nodejs16.13",
    Handler: "index.main_handler",
    MemorySize: 256,
    Timeout: 3,
    InitTimeout: 60,
    Code: { CosBucketName: "code-1250000000", CosObjectName: "orders.zip", CosBucketRegion: "ap-guangzhou" },
  };
  const { exitCode, stdout } = project.run([
    "local",
    "call",
    "scf",
    "CreateFunction",
    JSON.stringify(request),
  ]);
  expect({ exitCode, stdout: exitCode === 0 ? "" : stdout }).toEqual({ exitCode: 0, stdout: "" });
}

const yes = "--auto-approve";

test("an object that exists comes under management: shown, marked, recorded, and brought to what is declared", () => {
  const project = projectWith();
  const imported = project.run(["import", "shop/orders", "default/orders", yes]);
  expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
  expect(imported.stdout).toContain("  < import   function default/orders  shop/orders\n");
  expect(imported.stdout).toContain("        the next deploy would update it\n");
  expect(imported.stdout).toContain("        memory: 256 → 128\n");
  expect(imported.stdout).toContain(
    "shop: 1 imported.\nOne of them is not as declared: look at `cdktf-scf diff`",
  );
  expect(project.run(["state", "list"]).stdout).toBe("shop/orders  scf_function\n");
  const tags = project.run(["local", "call", "scf", "GetFunction", '{"FunctionName":"orders"}']).stdout;
  expect(tags).toContain('"Key": "cdktf-scf"');

  expect(project.run(["deploy", yes]).stdout).toContain("✓ updated function default/orders");
  expect(project.run(["diff"]).stdout).toContain("shop: nothing to do, 1 resource as declared.");
  expect(project.run(["destroy", yes]).exitCode).toBe(0);
});

test("as JSON it says what was found and what the next deploy would do", () => {
  const project = projectWith();
  const { exitCode, stdout } = project.run(["import", "shop/orders", "default/orders", yes, "--json"]);
  expect(exitCode).toBe(0);
  const { stacks } = JSON.parse(stdout) as { stacks: unknown[] };
  expect(stacks).toMatchObject([
    {
      stack: "shop",
      imported: ["shop/orders"],
      importedBefore: [],
      found: [
        { address: "shop/orders", id: "default/orders", kind: "scf_function", identity: "default/orders" },
      ],
    },
  ]);
  expect(stdout).toContain('"operation": "update"');
});

test("a file of addresses and ids is worked through, and a second time there is nothing left to do", () => {
  const body = `${named}\norders.addAlias("live", { version: orders.latest });`;
  const project = projectWith(shopProgram(body));
  const alias = { FunctionName: "orders", Name: "live", FunctionVersion: "$LATEST" };
  expect(project.run(["local", "call", "scf", "CreateAlias", JSON.stringify(alias)]).exitCode).toBe(0);
  const pairs = [
    { address: "shop/orders/live", id: "default/orders:live" },
    { address: "shop/orders", id: "default/orders" },
  ];
  project.write({ "imports.json": JSON.stringify(pairs) });
  expect(project.run(["import", "--from", "imports.json", yes]).stdout).toContain("shop: 2 imported.\n");
  const again = project.run(["import", "--from", "imports.json", yes]);
  expect(again).toMatchObject({ exitCode: 0, stdout: "shop: 0 to import; 2 imported before.\n" });
});

/** Runs it, and gives what it says of why it fails. */
function refused(project: TestProject, ...words: string[]): string {
  const { exitCode, stderr } = project.run(["import", ...words, yes]);
  expect(exitCode).toBe(1);
  return stderr;
}

test("a file without any is said to be empty", () => {
  const project = projectWith();
  project.write({ "imports.json": "[]" });
  expect(project.run(["import", "--from", "imports.json"])).toEqual({
    exitCode: 0,
    stdout: "There is nothing to import in imports.json.\n",
    stderr: "",
  });
});

test("fails for an address that is not in the program, with the one that was probably meant", () => {
  expect(refused(projectWith(), "shop/ordres", "default/orders")).toBe(
    "Error: shop/ordres is not in the program.\n" +
      "Did you mean shop/orders? An object that no construct declares yet needs one first.\n",
  );
});

test("fails for an id of another form, and says the right one", () => {
  expect(refused(projectWith(), "shop/orders", "orders")).toBe(
    'Error: shop/orders: "orders" is no id of the kind function: one has the form namespace/name.\n' +
      "Write it as namespace/name.\n",
  );
});

test("fails where there is nothing of that id, and names what is near", () => {
  const project = projectWith();
  for (const name of ["invoices", "order-log", "orders-old", "mail", "report"]) makeFunction(project, name);
  expect(refused(project, "shop/orders", "default/order")).toBe(
    "Error: shop/orders: there is no function default/order in ap-guangzhou.\n" +
      "Of the 6 functions that there are, the nearest are default/orders, default/order-log, default/mail, " +
      "default/orders-old, default/report.\n",
  );
});

test("refuses an object that is recorded already, and says where", () => {
  const project = projectWith();
  expect(project.run(["import", "shop/orders", "default/orders", yes]).exitCode).toBe(0);
  expect(refused(project, "shop/orders", "default/orders")).toContain(
    "Error: shop/orders is recorded already, as just this object.\n",
  );
  const second = orders('name: "other",')
    .replaceAll("orders =", "other =")
    .replace('"orders", {', '"other", {');
  project.write({ "main.js": shopProgram(`${named}\n${second}`) });
  expect(refused(project, "shop/other", "default/orders")).toContain(
    "Error: shop/other: the function default/orders is recorded already, at shop/orders.\n",
  );
});

test("refuses what another stack has marked, unless it is told to take it over", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(named) } });
  expect(project.run(["deploy", yes]).exitCode).toBe(0);
  // Another project, or this one after its state was lost.
  const other = new TestProject({ files: { "main.js": shopProgram(named) } });
  const database = JSON.stringify(project.file(".cdktf-scf/local.db"));
  other.write({
    "main.js": other
      .read("main.js")
      .replace("scf.Platform.local()", `scf.Platform.local({ path: ${database} })`),
  });
  expect(refused(other, "shop/orders", "default/orders")).toBe(
    "Error: shop/orders: the function default/orders carries the mark of another stack, which may still manage it.\n" +
      "If that stack is gone, or its state is lost, run the command again with --take-over.\n",
  );
  const taken = other.run(["import", "shop/orders", "default/orders", "--take-over", yes]);
  expect(taken.exitCode).toBe(0);
  expect(taken.stdout).toContain("it carries the mark of another stack, and gets ours instead\n");
  expect(other.run(["diff"]).stdout).toContain("shop: nothing to do, 1 resource as declared.");
});

test("says of what is taken over whether it gets our mark: a version's is what it was published with", () => {
  const project = new TestProject({
    files: {
      "main.js": shopProgram(`${named}\norders.addAlias("live", { version: orders.currentVersion });`),
    },
  });
  expect(project.run(["deploy", yes]).exitCode).toBe(0);
  fs.rmSync(project.file(".cdktf-scf/shop"), { recursive: true });
  const pairs = ["shop/orders", "default/orders", "shop/orders/CurrentVersion", "default/orders:1"];
  const { stdout } = project.run(["import", ...pairs, "--take-over", yes]);
  expect(stdout).toContain(
    "shop/orders\n        it carries the mark of another stack, and gets ours instead\n",
  );
  expect(stdout).toContain(
    "shop/orders/CurrentVersion\n        it carries the mark of another stack, and keeps it: no call changes it\n",
  );
});

test("refuses several at once, and imports none of them", () => {
  const project = projectWith(shopProgram(`${named}\norders.addAlias("live", { version: orders.latest });`));
  const text = refused(project, "shop/orders/live", "default/orders", "shop/orders", "default/none");
  expect(text).toContain("Error: 2 objects cannot be imported:\n");
  expect(text).toContain(
    '  shop/orders/live: "default/orders" is no id of the kind alias: one has the form namespace/function:alias.\n',
  );
  expect(text).toContain("  shop/orders: there is no function default/none in ap-guangzhou.\n");
  expect(text).toContain("    There is default/orders.\n");
  expect(project.run(["state", "list"]).stdout).toContain("Nothing is recorded here");
  expect(refused(project, "shop/orders", "default/orders", "shop/orders", "default/orders")).toContain(
    "Error: shop/orders is named more than once.\n",
  );
});

test("a version that is imported with a function counts as published before what the program changes in it", () => {
  const project = projectWith(
    shopProgram(`${named}\norders.addAlias("live", { version: orders.currentVersion });`),
  );
  const call = (action: string, request: object): void => {
    expect(project.run(["local", "call", "scf", action, JSON.stringify(request)]).exitCode).toBe(0);
  };
  call("PublishVersion", { FunctionName: "orders" });
  call("CreateAlias", { FunctionName: "orders", Name: "live", FunctionVersion: "1" });
  const pairs = ["", "/CurrentVersion", "/live"].flatMap((below, index) => [
    `shop/orders${below}`,
    `default/orders${["", ":1", ":live"][index] ?? ""}`,
  ]);
  const imported = project.run(["import", ...pairs, yes]);
  expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
  expect(imported.stdout).toContain("shop: 3 imported.\n3 of them are not as declared");
  const deployed = project.run(["deploy", yes]);
  expect(deployed.exitCode).toBe(0);
  expect(deployed.stdout).toContain("✓ published version default/orders");
  expect(
    project.run(["local", "call", "scf", "GetAlias", '{"FunctionName":"orders","Name":"live"}']).stdout,
  ).toContain('"FunctionVersion": "2"');
});

test("fails without a terminal to ask on, and records nothing", () => {
  const project = projectWith();
  const { exitCode, stderr } = project.run(["import", "shop/orders", "default/orders"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("`cdktf-scf import` asks before it changes anything");
  expect(project.run(["state", "list"]).stdout).toContain("Nothing is recorded here");
});

test.each([
  [[], "Error: It is not said what to import: an address of the program and an id belong together.\n"],
  [["shop/orders"], "Error: shop/orders has no id: an address of the program and an id belong together.\n"],
  [["--from", "none.json"], "Error: <project>/none.json cannot be used: it is not there.\n"],
  [["--from", "main.js"], "Error: <project>/main.js cannot be used: "],
  [["--from", "."], "Error: <project> cannot be used: it is a folder.\n"],
  [["a", "b", "--region", "ap-beijing"], "Error: --region belongs to --all.\n"],
  [
    ["--all", "a", "b"],
    "Error: --all writes a program and imports nothing: it takes no addresses and ids.\n",
  ],
  [["--all", "--output", "shop"], "it takes no --output.\nThe folder that it writes to is `--out`.\n"],
  [["--all", "--skip-synth", "--app", "x"], "it takes no --app, --skip-synth.\n"],
  [["--all", "--local", "none.db"], "Error: There is no local platform at <project>/none.db.\n"],
  [["--all", "--local", "none.db", "--stack", "a b"], 'Error: "a b" cannot be the name of a stack.\n'],
])("refuses %p", (words, message) => {
  const project = new TestProject({ files: { "main.js": shopProgram(named) } });
  const { exitCode, stderr } = project.run(["import", ...words]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

test("--all never overwrites a file", () => {
  const project = projectWith();
  project.write({ "main.ts": "// mine\n" });
  const { exitCode, stderr } = project.run(["import", "--all", "--local"]);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    "Error: <project> has main.ts already, and nothing is overwritten.\nWrite into another folder: `--out imported`.\n",
  );
  expect(project.read("main.ts")).toBe("// mine\n");
  const config = project.read("cdktf.json");
  const written = project.run(["import", "--all", "--local", "--out", "imported", "--json"]);
  expect(written.exitCode).toBe(0);
  expect(JSON.parse(written.stdout)).toMatchObject({
    imports: [{ address: "imported/orders", id: "default/orders" }],
    placeholders: [{ owner: "function default/orders" }],
  });
  expect(project.read("cdktf.json")).toBe(config);
  expect(project.has("imported/cdktf.json")).toBe(true);
});

test("--all writes names and texts as they are, whatever they contain", () => {
  const project = projectWith();
  const event = {
    FunctionName: "orders",
    TestModelName: "new",
    TestModelValue: JSON.stringify({ "it's": '"$`\\' }),
  };
  expect(
    project.run(["local", "call", "scf", "CreateFunctionTestModel", JSON.stringify(event)]).exitCode,
  ).toBe(0);
  expect(project.run(["import", "--all", "--local", "--out", "imported"]).exitCode).toBe(0);
  const program = project.read("imported/main.ts");
  expect(program).toContain(`event: { "it's": '"$\`\\\\' },`);
  // `new` is a word of the language.
  expect(program).toContain('new scf.TestEvent(stack, "new", {');
});

test("--all says so when there is nothing", () => {
  const project = projectWith();
  const { exitCode, stderr } = project.run([
    "import",
    "--all",
    "--local",
    "--region",
    "ap-beijing",
    "--out",
    "imported",
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Error: There is nothing in ap-beijing that a program could declare.\n");
  expect(project.has("imported")).toBe(false);
});
