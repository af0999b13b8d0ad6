import { zipSync } from "fflate";
import { packageText, type CodePackage } from "../../lib/assets";
import { openZip } from "../../lib/assets/archive";
import type { PackageContents } from "../../lib/model/package-contents";
import { interpreters } from "../../lib/model/start-file";
import type { Choices } from "./choices";

/** A package with its bytes, as the platform gets them, and with what the rules see in it. */
export interface MadePackage {
  readonly package: CodePackage;
  readonly hash: string;
  contents(): PackageContents;
}

/** Programs share packages: each is made and opened once. */
const made = new Map<string, MadePackage>();
const byHash = new Map<string, CodePackage>();

function known(key: string, make: () => CodePackage): MadePackage {
  let found = made.get(key);
  if (!found) {
    const code = make();
    const contents = code.contents();
    found = { package: code, hash: code.hash, contents: () => contents };
    made.set(key, found);
    byHash.set(code.hash, code);
  }
  return found;
}

/** What a file holds is the same everywhere: only where it lies counts here. */
export function packageAt(path: string): MadePackage {
  return known(path, () => packageText(path, "exports.main_handler = async () => 1;\n"));
}

/** Code of an event function: runtime, handler, and the path of the one file. */
export interface EventCode {
  readonly runtime: string;
  readonly handler: string;
  readonly path: string;
}

export function eventCode(choices: Choices): EventCode {
  return choices.mostly<EventCode>(
    [
      { runtime: "Nodejs16.13", handler: "index.main_handler", path: "index.js" },
      { runtime: "Nodejs18.15", handler: "app.handler", path: "app.js" },
      { runtime: "Python3.7", handler: "index.main_handler", path: "index.py" },
      { runtime: "Php7", handler: "index.main", path: "index.php" },
      { runtime: "Java11", handler: "example.Hello::mainHandler", path: "hello.jar" },
      { runtime: "Go1", handler: "main", path: "main" },
    ],
    [
      { runtime: "Nodejs16.13", handler: "index.main_handler", path: "index.py" },
      { runtime: "Nodejs16.13", handler: "index.main_handler", path: "src/index.js" },
      { runtime: "Nodejs16.13", handler: "index", path: "index.js" },
      { runtime: "Nodejs16.13", handler: "src/index.main", path: "src/index.js" },
      { runtime: "Python3.6", handler: "index.", path: "index.py" },
      { runtime: "Python3.6", handler: "a.b.c", path: "a.py" },
      { runtime: "Php8.0", handler: "", path: "index.php" },
      { runtime: "Java8", handler: "index.main_handler", path: "hello.jar" },
      { runtime: "Java8", handler: "example.Hello::", path: "hello.jar" },
      { runtime: "Go1", handler: "main.main", path: "main" },
    ],
  );
}

/** Code of a web function: runtime and the package with the start file. */
export interface WebCode {
  readonly runtime: string;
  readonly code: MadePackage;
}

export function webCode(choices: Choices): WebCode {
  const runtime = choices.from([
    "Nodejs16.13",
    "Python3.7",
    "Php7",
    "Java11",
    "Nodejs12.16",
    "Python2.7",
    "Go1",
  ]);
  const name = choices.mostly<string>(
    ["scf_bootstrap"],
    ["bootstrap", "scf_bootstrap.sh", "src/scf_bootstrap"],
  );
  const mode = choices.mostly([0o755, 0o777], [0o644, 0o700, 0o775, undefined]);
  const content = startFile(choices, runtime);
  return {
    runtime,
    code: known(`${name} ${String(mode)} ${content.toString("latin1")}`, () =>
      openZip(
        zipSync({
          // Modes are no part of what tells packages apart: contents are.
          "app.js": [Buffer.from(String(mode)), {}],
          [name]: [content, mode === undefined ? { os: 0 } : { os: 3, attrs: (0o100000 | mode) << 16 }],
        }),
        "package.zip",
      ),
    ),
  };
}

interface Words {
  /** The interpreter, its other versions and names, and an interpreter of another language. */
  readonly right: string;
  readonly bare: string;
  readonly otherVersion: string;
  readonly elsewhere: string;
  readonly foreign: string;
  readonly foreignBare: string;
  /** A program that comes with the interpreter. */
  readonly companion: string;
}

function wordsOf(runtime: string): Words | undefined {
  const right = interpreters[runtime];
  if (right === undefined) return undefined;
  const python = runtime.startsWith("Python");
  const other = python
    ? "/var/lang/python3/bin/python3"
    : runtime.startsWith("Nodejs")
      ? "/var/lang/node14/bin/node"
      : runtime.startsWith("Php")
        ? "/var/lang/php80/bin/php"
        : "/var/lang/java8/bin/java";
  return {
    right,
    bare: right.slice(right.lastIndexOf("/") + 1),
    otherVersion: other,
    elsewhere: `/usr/bin/${right.slice(right.lastIndexOf("/") + 1)}`,
    foreign: python ? "/var/lang/node16/bin/node" : "/var/lang/python37/bin/python3",
    foreignBare: python ? "node" : "python3",
    companion: python ? "gunicorn" : runtime.startsWith("Nodejs") ? "npm" : "tool",
  };
}

function startFile(choices: Choices, runtime: string): Buffer {
  const words = wordsOf(runtime);
  if (!words) {
    return choices.from([
      Buffer.from("#!/bin/bash\n./main\n"),
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]),
      Buffer.from("#!/bin/bash\nexport PORT=9000\nnode app.js &\nexec /var/user/server --port 9000\n"),
    ]);
  }
  const { right, bare, otherVersion, elsewhere, foreign, foreignBare } = words;
  const folder = right.slice(0, right.lastIndexOf("/"));
  if (choices.chance(10)) {
    return Buffer.from(
      choices.mostly<string>(
        [`#!${right}\nserve()\n`],
        [`#!/usr/bin/env ${bare}\nserve()\n`, `#!${otherVersion}\nserve()\n`, `#!${foreign}\nserve()\n`],
      ),
    );
  }
  const shebang = choices.mostly<string>(
    ["#!/bin/bash\n", "#!/usr/bin/env bash\n", "#!/bin/bash -e\n", "#! /bin/bash\n", "#!/bin/bash\n\n"],
    ["", "#!/bin/sh\n", "\n#!/bin/bash\n", "\uFEFF#!/bin/bash\n", "#!bash\n", "#!/usr/bin/env bash -e\n"],
  );
  const before = choices.several(2, () =>
    choices.mostly<string>(
      [
        "/var/lang/bin/nscd -f /var/lang/conf/nscd.conf",
        `# ${bare} app.js is what people try first`,
        `cat > /tmp/run.sh <<EOF\n${bare} app.js\n${otherVersion} app.js\nEOF`,
        `cat <<-'END' > /tmp/run.sh\n${bare} app.js\n\tEND`,
        `echo "${bare} app.js; ${otherVersion} app.js"`,
        `echo '${bare}' && cd /var/user`,
        `export APP=${bare}`,
        `${foreign} warm.py &`,
        `${foreignBare} warm.py &`,
        `${folder}/helper install`,
        `${folder}/${words.companion} install`,
        "if [ -f .env ]; then\n  . ./.env\nfi",
        `STARTED=$(date) # ${bare}`,
        "mkdir -p /tmp/cache || true",
        `command -v ${foreignBare}`,
      ],
      [
        `${bare} warm.js`,
        `${otherVersion} warm.js &`,
        `cd /var/user && ${bare} warm.js`,
        `export PATH=${otherVersion.slice(0, otherVersion.lastIndexOf("/"))}:$PATH\n${bare} warm.js`,
        `nohup ${bare} warm.js > /tmp/log 2>&1 &`,
        `A=1 ${bare} warm.js`,
        `if true; then ${bare} warm.js; fi`,
        `bash -c '${bare} warm.js'`,
        `  ${elsewhere} warm.js`,
      ],
    ),
  );
  const start = choices.mostly<string>(
    [
      `${right} app.js`,
      `exec ${right} app.js`,
      `export PORT=9000\nexec env NODE_ENV=production ${right} app.js`,
      `nohup ${right} \\\n  app.js`,
      `exec "${right}" app.js`,
      `SERVER=${right}\n$SERVER app.js`,
      `bash -c '${right} app.js'`,
      `PORT=9000 ${right} app.js 2>&1 | tee /tmp/log`,
      `export PATH=${folder}:$PATH\n${bare} app.js`,
      `cd /var/user && ${right} app.js`,
      `${right} app.js --port 8080`,
      `${words.companion} start`,
      `${folder}/${words.companion} start`,
    ],
    [
      `${bare} app.js`,
      `exec ${bare} app.js`,
      `${otherVersion} app.js`,
      `${elsewhere} app.js`,
      `${foreign} app.js`,
      `${foreignBare} app.js`,
      `${right.slice(1)} app.js`,
      "echo started",
      "",
    ],
  );
  const end = choices.mostly<string>(["\n"], ["", "\r\n"]);
  const text = `${shebang}${[...before, start].join("\n")}${end}`;
  const isCrLf = choices.seldom();
  return Buffer.from(isCrLf ? text.replaceAll("\n", "\r\n") : text);
}

/** A package that was handed out. */
export function packageOf(hash: string): CodePackage | undefined {
  return byHash.get(hash);
}
