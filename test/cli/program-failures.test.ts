import { shopProgram, orders, TestProject, typeScriptProject } from "./project";

/** Every sentence ends up on standard error, alone: no stack trace, nothing on standard output. */
function failure(project: TestProject, argv: readonly string[] = ["synth"]): string {
  const { exitCode, stdout, stderr } = project.run(argv);
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/node:internal|\/node_modules\/|dist\/cli|<checkout>/);
  return stderr;
}

describe("cdktf.json", () => {
  test("missing", () => {
    const project = new TestProject({ config: null });
    expect(failure(project)).toBe(
      "Error: There is no cdktf.json in <project> or in a folder above it.\n" +
        "Change to the folder of your project, or begin one: `cdktf-scf init shop`. By hand, make a cdktf.json with " +
        '{ "language": "typescript", "app": "ts-node --transpile-only main.ts" }.\n',
    );
  });

  test("not JSON", () => {
    const project = new TestProject({ config: '{ "app": ' });
    expect(failure(project)).toMatch(
      /^Error: <project>\/cdktf.json cannot be used: .*JSON.*\.\nCorrect the file/,
    );
  });

  test.each([
    ["a list", "[]", "it is not a JSON object"],
    ["without app", "{}", "it does not say how to run the program"],
    ["app is a number", '{ "app": 1 }', "`app` is not text"],
    ["context is a text", '{ "app": "node main.js", "context": "x" }', "`context` is not an object"],
  ])("%s", (_, config, problem) => {
    expect(failure(new TestProject({ config }))).toContain(
      `<project>/cdktf.json cannot be used: ${problem}.\n`,
    );
  });

  test("is found from a folder below it", () => {
    const project = new TestProject({
      config: { app: "node main.js" },
      files: { "main.js": shopProgram(orders()), "deep/down/file": "" },
    });
    const { exitCode, stderr } = project.run(["synth", "--json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});

describe("the program", () => {
  test("throws: its own lines in TypeScript, without those of libraries", () => {
    const project = typeScriptProject(`
interface Removed {
  readonly byTranslation: string;
}
import { App, TerraformStack } from "cdktf";

class Shop extends TerraformStack {
  constructor(app: App) {
    super(app, "shop");
    const nothing = undefined as unknown as Removed;
    console.log(nothing.byTranslation);
  }
}
new Shop(new App());
`);
    expect(failure(project)).toBe(
      "Error: main.ts:11 threw a TypeError: Cannot read properties of undefined (reading 'byTranslation').\n" +
        "  at main.ts:11  new Shop\n" +
        "  at main.ts:14\n",
    );
  });

  test("does not compile", () => {
    const project = typeScriptProject('import { App } from "cdktf";\nconst app = new App(;\n');
    expect(failure(project)).toBe(
      "Error: main.ts:2:21 does not compile: ')' expected.\n" +
        "Correct the line; `npx tsc --noEmit` checks the types of the whole program too.\n",
    );
  });

  test("is JavaScript and does not compile", () => {
    const project = new TestProject({ files: { "main.js": "const a = 1;\nconst a = 2;\n" } });
    expect(failure(project)).toBe(
      "Error: main.js:2 threw a SyntaxError: Identifier 'a' has already been declared.\n",
    );
  });

  test("needs a package that is not installed", () => {
    const project = typeScriptProject('import "@acme/templates/queue";\n');
    expect(failure(project)).toBe(
      "Error: main.ts:1 needs @acme/templates/queue, which cannot be found.\nRun `npm install @acme/templates`.\n",
    );
  });

  test("needs a file that is not there", () => {
    const project = typeScriptProject('import "./stacks/shop";\n');
    expect(failure(project)).toBe(
      "Error: main.ts:1 needs ./stacks/shop, which cannot be found.\nCorrect the path.\n",
    );
  });

  test("rejects", () => {
    const project = new TestProject({
      files: { "main.js": `setTimeout(() => Promise.reject(new RangeError("no prices")), 10);` },
    });
    expect(failure(project)).toBe("Error: main.js:1 threw a RangeError: no prices.\n");
  });

  test("throws something that is not an error", () => {
    const project = new TestProject({ files: { "main.js": `throw "prices";` } });
    expect(failure(project)).toContain('main.js threw "prices", which is not an Error.');
  });

  test("ends itself", () => {
    const project = new TestProject({ files: { "main.js": `console.error("no prices"); process.exit(3);` } });
    expect(failure(project)).toMatch(/^no prices\nError: main.js ended itself with exit code 3\.\n/);
  });

  test("sets an exit code", () => {
    const project = new TestProject({ files: { "main.js": `process.exitCode = 4;` } });
    expect(failure(project)).toContain("main.js ended itself with exit code 4.");
  });

  test("never synthesizes", () => {
    const project = new TestProject({ files: { "main.js": `new (require("cdktf").App)();` } });
    expect(failure(project)).toBe(
      "Error: The program ended without writing anything to <project>/cdktf.out.\n" +
        "End it with `app.synth()`, on an App that has no `outdir` of its own.\n",
    );
  });

  test("does not exist", () => {
    expect(failure(new TestProject({}))).toBe(
      "Error: cdktf.json runs `node main.js`, and there is no main.js.\n" +
        "Correct `app` in cdktf.json, or write the program.\n",
    );
  });

  test("misuses a construct: the sentence, the fix and the user's line", () => {
    const project = new TestProject({
      files: {
        "main.js": shopProgram(`new scf.ScfProvider(stack, "again", { region: "ap-shanghai" });`),
      },
    });
    const text = failure(project);
    expect(text).toContain("Error: Stack shop has two ScfProvider constructs");
    expect(text).toMatch(/\n {2}at main\.js:\d+\n/);
    expect(text).toMatch(/Keep one of them/);
  });

  test("succeeds after work that takes time", () => {
    const project = new TestProject({
      files: { "main.js": `setTimeout(() => { ${shopProgram(orders())} }, 50);` },
    });
    expect(project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("ends itself after it has synthesized", () => {
    const project = new TestProject({ files: { "main.js": `${shopProgram(orders())} process.exit(0);` } });
    expect(project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("the program runs by another command", () => {
  const config = { app: "true && node main.js" };

  test("and succeeds", () => {
    const project = new TestProject({ config, files: { "main.js": shopProgram(orders()) } });
    expect(project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.has("cdktf.out/stacks/shop/scf.plan.json")).toBe(true);
  });

  test("and fails: what it wrote is shown", () => {
    const project = new TestProject({
      config,
      files: { "main.js": `console.error("no prices"); process.exit(3);` },
    });
    expect(failure(project)).toBe(
      "Error: The program failed (exit code 3, `true && node main.js`):\n  no prices\n" +
        "Run the command by itself to look closer.\n",
    );
  });

  test("and breaks a rule: the findings alone are shown", () => {
    const project = new TestProject({
      config,
      files: { "main.js": shopProgram(orders("memory: 320")) },
    });
    const text = failure(project);
    expect(text).toMatch(/^ERROR FN-MEM /);
    expect(text).toContain("1 error\n");
  });
});

describe("the output folder", () => {
  test("is a file", () => {
    const project = new TestProject({ files: { "main.js": shopProgram(orders()), "cdktf.out": "" } });
    expect(failure(project)).toBe(
      "Error: <project>/cdktf.out cannot be written: a file is in the way.\n" +
        "Choose another folder with --output, or as `output` in cdktf.json.\n",
    );
    expect(project.read("cdktf.out")).toBe("");
  });

  test("cannot be made", () => {
    const project = new TestProject({
      config: { app: "node main.js", output: "/proc/cdktf-scf" },
      files: { "main.js": shopProgram(orders()) },
    });
    expect(failure(project)).toMatch(
      /^Error: \/proc\/cdktf-scf cannot be written: .*\nChoose another folder/,
    );
  });
});
