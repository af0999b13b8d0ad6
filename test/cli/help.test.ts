import * as fs from "node:fs";
import * as path from "node:path";
import { expectGolden } from "./golden";
import { checkout, TestProject } from "./project";

const project = new TestProject({ config: null });

test("--version prints the version, in either form", () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(checkout, "package.json"), "utf8")) as {
    version: string;
  };
  expect(project.run(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  expect(project.run(["-V"]).stdout).toBe(`${version}\n`);
});

const commands = [
  [],
  ["init"],
  ["synth"],
  ["validate"],
  ["graph"],
  ["explain"],
  ["diff"],
  ["deploy"],
  ["destroy"],
  ["drift"],
  ["refresh"],
  ["import"],
  ["quota"],
  ["output"],
  ["state"],
  ["state", "list"],
  ["state", "show"],
  ["state", "rm"],
  ["state", "mv"],
  ["state", "to-terraform"],
  ["state", "from-terraform"],
  ["unlock"],
  ["terraform"],
  ["terraform", "deploy"],
  ["terraform", "destroy"],
  ["local"],
  ["local", "start"],
  ["local", "calls"],
  ["local", "call"],
  ["local", "reset"],
  ["local", "fault"],
  ["local", "fault", "add"],
  ["local", "fault", "list"],
  ["local", "fault", "clear"],
];

test.each(commands.map((words) => [words.join(" "), words] as const))(
  "`cdktf-scf %s --help` says what it does, with examples",
  (_, words) => {
    const { exitCode, stdout, stderr } = project.run([...words, "--help"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Examples:\n  $ cdktf-scf ");
    expectGolden(`help${["", ...words].join("-")}`, stdout);
  },
);

test("without a command, help is what is missing", () => {
  const { exitCode, stdout, stderr } = project.run([]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toBe(project.run(["--help"]).stdout);
});

test("help does not load what synthesis and the platforms need", () => {
  const names = ["zod", "libsql", "cdktf", "tencentcloud-sdk-nodejs-common", "typescript"];
  project.write({
    "loaded.js": `process.on("exit", () => {
      const names = ${JSON.stringify(names)};
      const files = Object.keys(require.cache);
      for (const name of names) {
        if (files.some((file) => file.includes("/node_modules/" + name + "/"))) console.log("LOADED " + name);
      }
    });`,
  });
  for (const words of [["--version"], ["--help"], ["deploy", "--help"], ["synht"]]) {
    const { stdout } = project.run(words, { NODE_OPTIONS: `--require ${project.file("loaded.js")}` });
    expect(stdout).not.toContain("LOADED");
  }
});

test("an unknown command or option names the closest one", () => {
  const command = project.run(["synht"]);
  expect(command).toMatchObject({ exitCode: 1, stdout: "" });
  expect(command.stderr).toContain("unknown command 'synht'\n(Did you mean synth?)");
  const option = project.run(["deploy", "--auto-aprove"]);
  expect(option).toMatchObject({ exitCode: 1, stdout: "" });
  expect(option.stderr).toContain("unknown option '--auto-aprove'\n(Did you mean --auto-approve?)");
  expect(option.stderr).toContain("`cdktf-scf <command> --help`");
});

test("an option that needs a number says so", () => {
  const { exitCode, stderr } = project.run(["local", "start", "--port", "http"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("It has to be a whole number.");
});
