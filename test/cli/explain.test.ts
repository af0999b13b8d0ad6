import { renderEntry, renderTable } from "../../lib/cli/render/explanation";
import { Style } from "../../lib/cli/render/style";
import { readExamples } from "../../lib/cli/rule-examples";
import { columns } from "../../lib/rules/columns";
import { reference } from "../../lib/rules/reference";
import { expectGolden } from "./golden";
import { TestProject } from "./project";

const project = new TestProject({ config: null });

test("a rule: what it asks for, when, why, what to do, and what breaks it", () => {
  const { exitCode, stdout, stderr } = project.run(["explain", "CLB-REGION"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expectGolden("explain", stdout);
});

test("an id in small letters, and a status code without its prefix", () => {
  expect(project.run(["explain", "clb-region"]).stdout).toBe(project.run(["explain", "CLB-REGION"]).stdout);
  const { exitCode, stdout } = project.run(["explain", "432"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^FACT STATUS-432 {2}432 ResourceLimitReached: /);
  expect(stdout).toContain("nothing to check before it runs");
});

test("a warning says how it is acknowledged, an error does not", () => {
  expect(project.run(["explain", "CLB-BETA"]).stdout).toContain(
    'scf.Findings.of(construct).acknowledge("CLB-BETA", "why it does not matter here")',
  );
  expect(project.run(["explain", "FN-MEM"]).stdout).not.toContain("acknowledge");
});

test("without an id all of them are listed, and the beginning of ids lists those", () => {
  const all = project.run(["explain"]);
  expect(all.exitCode).toBe(0);
  for (const { id } of reference()) expect(all.stdout).toMatch(new RegExp(`^ {2}${id} `, "m"));
  const some = project.run(["explain", "clb"]).stdout;
  expect(some).toMatch(/^ {2}CLB-PROTO +error +only HTTP and HTTPS listeners bind functions$/m);
  expect(some).not.toContain("FN-MEM");
});

test("--json gives programs the same", () => {
  const one = JSON.parse(project.run(["explain", "FN-MEM", "--json"]).stdout) as object;
  expect(one).toMatchObject({
    id: "FN-MEM",
    severity: "error",
    section: { number: 2 },
    when: ["prop"],
    source: { document: "scf-operation-guide", section: "配额限制说明" },
    example: { wrong: ["shop/orders (scf_function) memory: 0"], refused: "InvalidParameterValue.Memory" },
  });
  const { rules } = JSON.parse(project.run(["explain", "--json"]).stdout) as { rules: { id: string }[] };
  expect(rules.map(({ id }) => id)).toEqual(reference().map(({ id }) => id));
});

test("fails on an id that does not exist, and names the closest one", () => {
  expect(project.run(["explain", "FN-MEN"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "Error: There is no rule FN-MEN.\nDid you mean FN-MEM? `cdktf-scf explain` lists all of them.\n",
  });
  expect(project.run(["explain", "nonsense"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "Error: There is no rule nonsense.\n`cdktf-scf explain` lists all of them.\n",
  });
});

test("does not load what deploying needs", () => {
  project.write({
    "loaded.js": `process.on("exit", () => {
      const heavy = /node_modules.(libsql|cdktf|tencentcloud-sdk-nodejs-common|typescript)./;
      for (const file of Object.keys(require.cache)) if (heavy.test(file)) console.log("LOADED " + file);
    });`,
  });
  const { stdout } = project.run(["explain", "FN-MEM"], {
    NODE_OPTIONS: `--require ${project.file("loaded.js")}`,
  });
  expect(stdout).toContain("FN-MEM");
  expect(stdout).not.toContain("LOADED");
});

describe("in a narrow terminal", () => {
  const options = { style: new Style(false), width: 60 };
  const examples = readExamples();

  test("every sentence is broken between words, its further lines below its beginning", () => {
    const [entry] = reference().filter(({ id }) => id === "FN-MEM");
    if (!entry) throw new Error("FN-MEM is gone");
    expect(renderEntry(entry, undefined, options)).toBe(`\
ERROR FN-MEM  memory is 64 MB, or a multiple of 128 MB from
    128 to 3072 MB

  checked  at synthesis, on the property alone
  source   scf-operation-guide, 配额限制说明
  to do    use 64, or a multiple of 128 up to 3072`);
    const lines = renderTable(reference(), options).split("\n");
    expect(lines.filter((line) => columns(line) > 60 && line.trim().includes(" ", 40))).toEqual([]);
  });

  test("colours change nothing but the colours", () => {
    for (const entry of reference()) {
      const colored = renderEntry(entry, examples[entry.id], { ...options, style: new Style(true) });
      expect(colored).toContain("\u001b[");
      // eslint-disable-next-line no-control-regex
      expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(renderEntry(entry, examples[entry.id], options));
    }
  });
});
