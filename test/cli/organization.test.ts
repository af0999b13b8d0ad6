import { orders, shopProgram, TestProject } from "./project";

/** The usual program of these tests, with what an organization says of it. */
function project(said: string): TestProject {
  const program = shopProgram(orders());
  return new TestProject({
    files: { "main.js": program.replace(/(const app = new App\([^\n]*\);)/, `$1\n${said}`) },
  });
}

const guardrail = `const { defineGuardrail, Defaults, Guardrails, Function: ScfFunction } = require("cdktf-scf");
Defaults.of(app).set(ScfFunction, { timeZone: "Asia/Shanghai" });
Guardrails.of(app).add(defineGuardrail({
  id: "ACME-DESC", severity: "warning", statement: "a function says what it does", source: { document: "handbook", section: "2" },
  fix: "give it a description", kind: "function",
  check(fn, report) { if (!fn.properties.description) report({ message: "the function has no description" }); },
}));`;

test("explain knows the guardrails of the project", () => {
  const { exitCode, stdout, stderr } = project(guardrail).run(["explain", "acme-desc"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toBe(`WARNING ACME-DESC  a function says what it does

  checked      at synthesis, in unit tests and by \`cdktf-scf validate\`; a deploy does not check it again
  source       handbook, 2
  to do        give it a description
  acknowledge  scf.Findings.of(construct).acknowledge("ACME-DESC", "why it does not matter here")
`);
});

test("explain knows them where the program breaks a rule, and as JSON", () => {
  const wrong = project(`${guardrail}\nDefaults.of(app).set(ScfFunction, { description: "x!" });`);
  const { exitCode, stdout } = wrong.run(["explain", "ACME-DESC", "--json"]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    id: "ACME-DESC",
    severity: "warning",
    statement: "a function says what it does",
    source: { document: "handbook", section: "2" },
    fix: "give it a description",
    acknowledgeable: true,
  });
});

test("explain fails on an id that neither we nor the project have, and names the closest of both", () => {
  const { exitCode, stderr } = project(guardrail).run(["explain", "ACME-DESK"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("There is no rule ACME-DESK.\nDid you mean ACME-DESC?");
});

test("explain fails where the program does, and says that its guardrails are not known", () => {
  const { exitCode, stderr } = project("throw new Error('broken');").run(["explain", "ACME-DESC"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "There is no rule ACME-DESC. The program of this project fails, so its guardrails are not known.",
  );
});

test("synth and validate say what defaults gave, also as JSON", () => {
  const said = project(guardrail);
  const line =
    /Values that constructs are not given themselves:\n {2}timeZone "Asia\/Shanghai" {2}from the defaults set at main\.js:\d+ {2}1 construct\n/;
  expect(said.run(["synth"]).stdout).toMatch(line);
  expect(said.run(["validate"]).stdout).toMatch(line);
  expect(JSON.parse(said.run(["validate", "--json"]).stdout)).toMatchObject({
    given: [{ property: "timeZone", value: "Asia/Shanghai", by: "defaults", location: { file: "main.js" } }],
    guardrails: [{ id: "ACME-DESC" }],
  });
});
