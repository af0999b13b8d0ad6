import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { atLength } from "../at-length";
import { installPackedInto } from "../installed";
import { codeBlocks } from "../readme/page";
import { temporaryFolder, writeFiles } from "../temporary-folder";

jest.setTimeout(120_000);

interface Result {
  readonly status: number | null;
  readonly output: string;
}

type Change = readonly [file: string, before: string, after: string];

/** What somebody has who began with a template: the package as it would be published, and what init has written. */
class Begun {
  readonly folder: string;

  constructor(name: string, template: string) {
    this.folder = path.join(temporaryFolder(), name);
    installPackedInto(this.file("node_modules"), []);
    const { status, output } = this.commandLine("init", "--template", template, "--json");
    if (status !== 0) throw new Error(output);
    this.written = (JSON.parse(output) as { files: string[] }).files;
  }

  readonly written: readonly string[];

  file(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): string {
    return fs.readFileSync(this.file(name), "utf8");
  }

  commandLine(...words: string[]): Result {
    return this.run(process.execPath, this.file("node_modules/cdktf-scf/dist/cli/bin.js"), ...words);
  }

  /** Runs a command as a pipeline would. */
  run(command: string, ...words: string[]): Result {
    return runIn(this.folder, command, ...words);
  }

  /** Its own tests, once one text of each of these files is another. */
  testsWith(...changes: readonly Change[]): Result {
    const texts = changes.map(([name]) => this.read(name));
    changes.forEach(([name, before, after], index) => {
      expect(texts[index]).toContain(before);
      fs.writeFileSync(this.file(name), (texts[index] as string).replace(before, after));
    });
    try {
      return this.run("npm", "test");
    } finally {
      changes.forEach(([name], index) => fs.writeFileSync(this.file(name), texts[index] as string));
    }
  }

  /** What Git would keep, without the files that init has written. */
  keptBesides(): string[] {
    if (!fs.existsSync(this.file(".git"))) this.run("git", "init", "--quiet");
    const { output } = this.run("git", "ls-files", "--others", "--exclude-standard");
    return output.split("\n").filter((name) => name !== "" && !this.written.includes(name));
  }
}

function runIn(folder: string, command: string, ...words: string[]): Result {
  const environment: NodeJS.ProcessEnv = { ...process.env, CI: "true", npm_config_loglevel: "error" };
  for (const name of Object.keys(environment)) {
    if (/^(TENCENTCLOUD_|CDKTF_|FORCE_COLOR|NODE_OPTIONS|NODE_ENV|JEST_|TS_JEST)/.test(name)) {
      delete environment[name];
    }
  }
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

function expectPassed({ status, output }: Result, count: number): void {
  expect(output).toContain(`Tests:       ${count} passed, ${count} total`);
  expect(output).not.toMatch(/warn/i);
  expect(status).toBe(0);
}

describe("a new project", () => {
  let project: Begun;
  beforeAll(() => {
    project = new Begun("shop", "project");
  });

  test("compiles", () => {
    expect(project.run("npx", "tsc", "--noEmit")).toEqual({ status: 0, output: "" });
  });

  test("passes its own tests, without a warning", () => {
    expectPassed(project.run("npm", "test"), 4);
    expect(project.keptBesides()).toEqual([]);
  });

  atLength("fails its own tests", () => {
    test.each([
      [
        "a memory that there is not",
        "memory: 128",
        "memory: 100",
        /lib\/greeting-stack\.ts.* TS2322: .*100/s,
      ],
      ["an alias of another name", 'addAlias("live"', 'addAlias("current"', /has no alias at "live"/],
    ])("with %s", (_, before, after, said) => {
      const { status, output } = project.testsWith(["lib/greeting-stack.ts", before, after]);
      expect(status).toBe(1);
      expect(output).toMatch(said);
    });
  });

  test("is deployed, and has no difference then", () => {
    expect(project.commandLine("deploy", "--auto-approve")).toMatchObject({ status: 0 });
    const { status, output } = project.commandLine("diff");
    expect(output.trim()).toBe("greeting: nothing to do, 3 resources as declared.");
    expect(status).toBe(0);
    const folders = new Set(project.keptBesides().map((name) => path.dirname(name)));
    expect([...folders]).toEqual([".cdktf-scf/greeting"]);
  });
});

describe("a new package of templates", () => {
  let templates: Begun;
  beforeAll(() => {
    templates = new Begun("our-templates", "package");
  });

  test("compiles", () => {
    expect(templates.run("npx", "tsc", "--noEmit")).toEqual({ status: 0, output: "" });
  });

  test("passes its own tests, without a warning", () => {
    expectPassed(templates.run("npm", "test"), 5);
    expect(templates.keptBesides()).toEqual([]);
  });

  atLength("fails its own tests", () => {
    test("with a guardrail that lets its failing example pass, and an alias of another name", () => {
      const { status, output } = templates.testsWith(
        ["lib/guardrails.ts", "> 512", "> 1024"],
        ["lib/service.ts", 'addAlias("live"', 'addAlias("current"'],
      );
      expect(status).toBe(1);
      expect(output).toMatch(/ORG-MEM/);
      expect(output).toMatch(/has no alias at "live"/);
    });
  });

  test("is packed with what it compiles to, and is used as its README says", () => {
    expect(templates.run("npm", "run", "build")).toMatchObject({ status: 0 });
    const packed = templates.run("npm", "pack", "--ignore-scripts", "--silent");
    expect(packed).toEqual({ status: 0, output: "our-templates-0.1.0.tgz\n" });
    const names = ["guardrails", "index", "organization", "service"];
    expect(templates.run("tar", "-tzf", "our-templates-0.1.0.tgz").output.trim().split("\n").sort()).toEqual(
      [
        ...names.flatMap((name) => [`package/dist/${name}.d.ts`, `package/dist/${name}.js`]),
        "package/README.md",
        "package/package.json",
      ].sort(),
    );
    expect(templates.keptBesides()).toEqual([]);

    const installed = templates.file("node_modules/our-templates");
    fs.mkdirSync(installed);
    templates.run("tar", "-xzf", "our-templates-0.1.0.tgz", "-C", installed, "--strip-components=1");
    const team = temporaryFolder();
    fs.symlinkSync(templates.file("node_modules"), path.join(team, "node_modules"));
    writeFiles(team, {
      "main.ts": codeBlocks(templates.read("README.md"), "ts").join(""),
      "cdktf.json": JSON.stringify({ app: "npx ts-node --transpile-only main.ts" }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: { module: "commonjs", strict: true, esModuleInterop: true, noEmit: true },
      }),
      "functions/orders/index.js": "exports.main_handler = async () => 'thank you';\n",
    });
    expect(runIn(team, "npx", "tsc")).toEqual({ status: 0, output: "" });
    const validated = runIn(team, process.execPath, "node_modules/cdktf-scf/dist/cli/bin.js", "validate");
    expect(validated.output).toContain("No rule is broken: 3 resources in 1 stack checked.");
    expect(validated.status).toBe(0);
  });
});
