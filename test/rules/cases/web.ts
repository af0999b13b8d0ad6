import { interpreters } from "../../../lib/model/start-file";
import { reference, type Value } from "../../../lib/model/value";
import type { Program, TestFile } from "../program";
import { settingsOf } from "./execution";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };
const NODE = "/var/lang/node16/bin/node";
const NSCD = "/var/lang/bin/nscd -f /var/lang/conf/nscd.conf";

type Some = { readonly [name: string]: Value };

function web(properties: Some) {
  return (program: Program): void => {
    program.stack().webFunction("shop", properties);
  };
}

function event(properties: Some) {
  return (program: Program): void => {
    program.stack().function("shop", properties);
  };
}

/** A web function whose package holds exactly these files. */
function packaged(files: { readonly [path: string]: TestFile }, options?: { zippedHere: boolean }) {
  return (program: Program): void => {
    program.stack().webFunction("shop", { code: { asset: program.packageOf("code", files, options) } });
  };
}

/** A web function with this start file. */
function starting(text: string | Buffer, runtime = "Nodejs16.13") {
  return (program: Program): void => {
    program.stack().webFunction("shop", { runtime, code: { asset: program.startPackage("code", text) } });
  };
}

/** A start file of these lines behind the usual first one. */
function script(...lines: readonly string[]): string {
  return ["#!/bin/bash", ...lines, ""].join("\n");
}

const started: TestFile = { text: script(`${NODE} app.js`), executable: true };

/** Every program that the documents print, and others that are right; no rule of start files has anything to say. */
const rightPrograms: readonly (readonly [title: string, text: string, runtime: string])[] = [
  [
    "the document's Node.js template",
    script("export PORT=9000", "/var/lang/node12/bin/node app.js # 改为您自己的启动函数名"),
    "Nodejs12.16",
  ],
  [
    "the document's Python template",
    script("export PORT=9000", "/var/lang/python3/bin/python3 app.py # 改为您自己的启动文件名"),
    "Python3.6",
  ],
  [
    "the document's PHP template",
    script("/var/lang/php7/bin/php -c /var/runtime/php7 -S 0.0.0.0:9000 hello.php # 改为您自己的入口函数名"),
    "Php7",
  ],
  ["what the console writes", "#!/usr/bin/env bash\n/var/lang/python37/bin/python3 -u app.py\n", "Python3.7"],
  ["the DNS cache before the server", script(NSCD, `${NODE} app.js`), "Nodejs16.13"],
  [
    "comments that name others",
    script("# node app.js on 127.0.0.1:8080", `exec ${NODE} app.js # not python3`),
    "Nodejs16.13",
  ],
  [
    "several commands",
    script(
      "set -euo pipefail",
      "cd /var/user && mkdir -p /tmp/cache",
      `PORT=9000 exec ${NODE} --max-old-space-size=100 app.js`,
    ),
    "Nodejs16.13",
  ],
  [
    "a here-document",
    script("cat > /tmp/run.conf <<EOF", "node app.js --host 127.0.0.1 --port 8080", "EOF", `${NODE} app.js`),
    "Nodejs16.13",
  ],
  [
    "an indented here-document",
    script("cat > /tmp/run.conf <<-'EOF'", "node app.js", "\tEOF", `${NODE} app.js`),
    "Nodejs16.13",
  ],
  [
    "variables",
    script(
      "BIN=/var/lang/node16/bin",
      'NODE="$BIN/node"',
      "export PORT=${PORT:-9000}",
      '"$NODE" app.js --port "$PORT"',
    ),
    "Nodejs16.13",
  ],
  ["a variable from outside", script('"$NODE_HOME/bin/node" app.js'), "Nodejs16.13"],
  ["a line that goes on", script(`${NODE} \\`, "  --enable-source-maps \\", "  app.js"), "Nodejs16.13"],
  ["tools beside the interpreter", script(`${NODE} /var/lang/node16/bin/npm start`), "Nodejs16.13"],
  [
    "a module of Python",
    script("/var/lang/python37/bin/python3 -m gunicorn -b 0.0.0.0:9000 app:app"),
    "Python3.7",
  ],
  ["an interpreter of its own version", script("/var/lang/python37/bin/python3.7 app.py"), "Python3.7"],
  ["an interpreter from a layer", script("/opt/node-20/bin/node app.js"), "Nodejs16.13"],
  ["an interpreter from the package", script("./bin/node app.js"), "Nodejs16.13"],
  [
    "a helper in another language",
    script("/var/lang/python3/bin/python3 prepare.py", `${NODE} app.js`),
    "Nodejs16.13",
  ],
  [
    "Java's options",
    script(
      "/var/lang/java11/bin/java -Xmx256m -Dserver.port=9000 -jar app.jar --spring.profiles.active=prod",
    ),
    "Java11",
  ],
  ["a Go program", script("./main"), "Go1"],
  ["a runtime of its own", script("node app.js"), "CustomRuntime"],
  ["a runtime that is newer than the documents", script("/var/lang/node18/bin/node app.js"), "Nodejs18.15"],
  [
    "databases elsewhere",
    script(
      "export DB_PORT=3306 REDIS_HOST=127.0.0.1",
      `${NODE} app.js --redis-host 127.0.0.1 --db-port 3306`,
    ),
    "Nodejs16.13",
  ],
  [
    "a sidecar in the background",
    script("redis-server --bind 127.0.0.1 --port 6379 &", `${NODE} app.js`),
    "Nodejs16.13",
  ],
  [
    "a question whether something answers",
    script(`${NODE} app.js &`, "until curl -s http://127.0.0.1:9000/health; do sleep 1; done", "wait"),
    "Nodejs16.13",
  ],
  [
    "conditions and functions",
    script(
      "start() {",
      `  ${NODE} "$@"`,
      "}",
      'if [ -n "$DEBUG" ]; then',
      "  start --inspect app.js",
      "else",
      "  start app.js",
      "fi",
    ),
    "Nodejs16.13",
  ],
  [
    "patterns of a case",
    script('case "$1" in', `  node) ${NODE} app.js ;;`, "  *) exit 1 ;;", "esac"),
    "Nodejs16.13",
  ],
  [
    "a question for a program's place",
    script("command -v node > /dev/null 2>&1", `${NODE} app.js`),
    "Nodejs16.13",
  ],
  ["another script of the package", script("source ./env.sh", "exec ./run.sh"), "Nodejs16.13"],
  ["arguments from outside", script('exec "$@"'), "Nodejs16.13"],
  [
    "a script in the language itself",
    "#!/var/lang/python37/bin/python3\nimport app\napp.run(host='0.0.0.0', port=9000)\n",
    "Python3.7",
  ],
  ["options of the shell", `#!/bin/bash -e\n${NODE} app.js\n`, "Nodejs16.13"],
  ["a space behind #!", `#! /bin/bash\n${NODE} app.js\n`, "Nodejs16.13"],
  ["redirected output", script(`${NODE} app.js 2>&1 | tee /tmp/log`), "Nodejs16.13"],
  ["9000 in words", script(`${NODE} app.js --host 0.0.0.0 --port 9000`), "Nodejs16.13"],
];

const startFileRules = ["WEB-BOOT", "WEB-MODE", "WEB-SHEBANG", "WEB-LF", "WEB-PATH", "WEB-PORT"] as const;

function severities(ruleCase: RuleCase, ...given: RuleCase["severities"]): RuleCase {
  return { ...ruleCase, severities: given };
}

export const startFileCases: readonly RuleCase[] = [
  ...rightPrograms.flatMap(([title, text, runtime]) =>
    startFileRules.map((rule) => passes(rule, title, starting(text, runtime))),
  ),

  passes(
    "WEB-BOOT",
    "code in a bucket, which cannot be opened",
    web({ code: { bucket: "b", object: "/o", region: "ap-guangzhou" } }),
  ),
  passes("WEB-BOOT", "an event function", event({})),
  passes("WEB-BOOT", "a web function from an image", (program) => {
    program.stack().imageFunction("shop", { type: "HTTP" });
  }),
  passes("WEB-BOOT", "a package that could not be opened", web({ code: { asset: "elsewhere" } })),
  passes(
    "WEB-BOOT",
    "a Linux program",
    starting(Buffer.from("\u007fELF\u0002\u0000\u0000\u0000", "latin1"), "Go1"),
  ),
  fails("WEB-BOOT", "no start file", packaged({ "app.js": {} })),
  fails(
    "WEB-BOOT",
    "the start file in a folder",
    packaged({ "shop/app.js": {}, "shop/scf_bootstrap": started }),
  ),
  ...[
    "scf_bootstrap.sh",
    "scf-bootstrap",
    "SCF_BOOTSTRAP",
    "scf_boostrap",
    "bootstrap",
    "scf_bootstrap.txt",
    "scfbootstrap",
  ].map((name) => fails("WEB-BOOT", `named ${name}`, packaged({ "app.js": {}, [name]: started }))),
  ...["BOOTSTRAP.SH", "Start_Boot.sh", "my-bootstrap", "bootstrap.py", "SCF-BOOTSTRAP.TXT"].map((name) =>
    fails("WEB-BOOT", `named ${name}`, packaged({ "app.js": {}, [name]: started })),
  ),
  fails("WEB-BOOT", "a part of its name in a folder", packaged({ "app.js": {}, "scf/bootstrap": started })),
  fails("WEB-BOOT", "a folder of its name", packaged({ "app.js": {}, "scf_bootstrap/start.sh": started })),
  fails("WEB-BOOT", "an empty file", starting("")),
  fails("WEB-BOOT", "white space", starting("\n \n")),
  fails("WEB-BOOT", "nothing but comments", starting(script("# node app.js"))),
  fails("WEB-BOOT", "nothing but settings", starting(script("export PORT=9000", "cd /var/user"))),
  fails("WEB-BOOT", "nothing but the DNS cache", starting(script(NSCD))),
  fails("WEB-BOOT", "a Windows program", starting(Buffer.from("MZ\u0090\u0000", "latin1"), "Go1")),
  fails("WEB-BOOT", "a macOS program", starting(Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0]), "Go1")),
  passes(
    "WEB-BOOT",
    "a link to a script of the package",
    packaged({ "bin/start": started, scf_bootstrap: { link: "./bin/start" } }),
  ),
  fails(
    "WEB-BOOT",
    "a link that leads nowhere",
    packaged({ "bin/start": started, scf_bootstrap: { link: "start" } }),
  ),
  fails("WEB-BOOT", "a runtime of its own without a start file", (program) => {
    program
      .stack()
      .webFunction("shop", { runtime: "CustomRuntime", code: { asset: program.package("code", ["main"]) } });
  }),

  ...[0o755, 0o777].map((mode) =>
    passes("WEB-MODE", `mode ${mode.toString(8)}`, packaged({ scf_bootstrap: { ...started, mode } })),
  ),
  ...[0o644, 0o666, 0o600, 0o700, 0o744, 0o711, 0o754, 0o0].map((mode) =>
    fails("WEB-MODE", `mode ${mode.toString(8)}`, packaged({ scf_bootstrap: { ...started, mode } })),
  ),
  ...[0o775, 0o757, 0o555].map((mode) =>
    fails(
      "WEB-MODE",
      `mode ${mode.toString(8)}, which everybody may execute`,
      packaged({ scf_bootstrap: { ...started, mode } }),
    ),
  ),
  passes("WEB-MODE", "an executable file of a folder", packaged({ scf_bootstrap: started })),
  passes("WEB-MODE", "no start file, which is another rule's", packaged({ "app.js": {} })),
  fails(
    "WEB-MODE",
    "a file of a folder that is not executable",
    packaged({ scf_bootstrap: { ...started, executable: false } }),
  ),
  fails(
    "WEB-MODE",
    "a ZIP that keeps no modes",
    packaged({ scf_bootstrap: { ...started, executable: false } }, { zippedHere: false }),
  ),
  passes(
    "WEB-MODE",
    "a link to an executable file",
    packaged({ start: started, scf_bootstrap: { link: "start" } }),
  ),
  fails(
    "WEB-MODE",
    "a link to a file that is not executable",
    packaged({ start: { ...started, executable: false }, scf_bootstrap: { link: "start" } }),
  ),
  passes(
    "WEB-MODE",
    "another file that is not executable",
    packaged({ scf_bootstrap: started, "app.js": { mode: 0o644 } }, { zippedHere: true }),
  ),

  ...[
    ["#!/bin/sh", "sh"],
    ["#!/usr/bin/bash", "another place of bash"],
    ["#!/usr/bin/env sh", "sh by its name"],
    ["#!/usr/bin/env bash -e", "options behind env"],
    ["#!/bin/bash# start", "a comment in it"],
    ["#!/bin/bash-e", "options that nothing separates"],
    ["#!/usr/bin/env bash-e", "bash by its name, and options that nothing separates"],
    ["#!bash", "no path"],
    ["#/bin/bash", "no exclamation mark"],
    ["export PORT=9000", "none"],
    ["// start", "a comment of another language"],
  ].map(([first, title]) => fails("WEB-SHEBANG", title ?? "", starting(`${first}\n${NODE} app.js\n`))),
  fails("WEB-SHEBANG", "an empty line before it", starting(`\n#!/bin/bash\n${NODE} app.js\n`)),
  fails("WEB-SHEBANG", "a space before it", starting(` #!/bin/bash\n${NODE} app.js\n`)),
  ...[19, 20].map((lines) =>
    fails(
      "WEB-SHEBANG",
      `${lines} comments before it`,
      starting(`${"# app\n".repeat(lines)}#!/bin/bash\n${NODE} app.js\n`),
    ),
  ),
  fails("WEB-SHEBANG", "a comment that names it", starting(`# not #!/bin/bash\n${NODE} app.js\n`)),
  fails("WEB-SHEBANG", "a byte order mark", starting(`\uFEFF#!/bin/bash\n${NODE} app.js\n`)),
  fails("WEB-SHEBANG", "UTF-16", starting(Buffer.from(`\uFEFF#!/bin/bash\r\n${NODE} app.js\r\n`, "utf16le"))),
  passes("WEB-SHEBANG", "CR LF, which is another rule's", starting(`#!/bin/bash\r\n${NODE} app.js\r\n`)),
  passes("WEB-SHEBANG", "a program", starting(Buffer.from("\u007fELF\u0002\u0000", "latin1"), "Go1")),

  fails("WEB-LF", "CR LF", starting(`#!/bin/bash\r\n${NODE} app.js\r\n`)),
  fails("WEB-LF", "one line with CR LF", starting(`#!/bin/bash\n${NODE} app.js\r\n`)),
  fails("WEB-LF", "CR alone", starting(`#!/bin/bash\n${NODE} app.js\r`)),
  fails("WEB-LF", "no end of the last line", starting(`#!/bin/bash\n${NODE} app.js`)),
  fails("WEB-LF", "CR LF, and no end of the last line", starting(`#!/bin/bash\r\n${NODE} app.js`)),
  passes("WEB-LF", "empty lines at the end", starting(`${script(`${NODE} app.js`)}\n\n`)),
  passes("WEB-LF", "a program", starting(Buffer.from("\u007fELF\r\n\u0000", "latin1"), "Go1")),

  ...Object.entries(interpreters).map(([runtime, path]) =>
    passes("WEB-PATH", `${path} of ${runtime}`, starting(script(`${path} app`), runtime)),
  ),
  ...Object.entries(interpreters).map(([runtime, path]) =>
    fails(
      "WEB-PATH",
      `${path.slice(path.lastIndexOf("/") + 1)} by its name for ${runtime}`,
      starting(script(`${path.slice(path.lastIndexOf("/") + 1)} app`), runtime),
    ),
  ),
  fails("WEB-PATH", "another version", starting(script("/var/lang/node14/bin/node app.js"))),
  fails(
    "WEB-PATH",
    "another version of Python",
    starting(script("/var/lang/python3/bin/python3 app.py"), "Python3.7"),
  ),
  fails(
    "WEB-PATH",
    "another version of Java",
    starting(script("/var/lang/java8/bin/java -jar app.jar"), "Java11"),
  ),
  fails(
    "WEB-PATH",
    "another version of PHP",
    starting(script("/var/lang/php7/bin/php -S 0.0.0.0:9000"), "Php7.4"),
  ),
  fails(
    "WEB-PATH",
    "another version beside the right one",
    starting(script("/var/lang/node14/bin/node prepare.js", `${NODE} app.js`)),
  ),
  fails(
    "WEB-PATH",
    "an older version for a newer runtime",
    starting(script(`${NODE} app.js`), "Nodejs18.15"),
  ),
  fails("WEB-PATH", "a name for a newer runtime", starting(script("node app.js"), "Nodejs18.15")),
  fails("WEB-PATH", "another language", starting(script("/var/lang/python37/bin/python3 app.py"))),
  fails("WEB-PATH", "another language by its name", starting(script("python3 app.py"))),
  fails("WEB-PATH", "a version that does not exist", starting(script("/var/lang/node15/bin/node app.js"))),
  fails("WEB-PATH", "a misspelt program", starting(script("/var/lang/node16/bin/nodejs app.js"))),
  fails(
    "WEB-PATH",
    "python for python3",
    starting(script("/var/lang/python37/bin/python app.py"), "Python3.7"),
  ),
  fails("WEB-PATH", "no folder bin", starting(script("/var/lang/node16/node app.js"))),
  fails("WEB-PATH", "no slash in front", starting(script("var/lang/node16/bin/node app.js"))),
  fails("WEB-PATH", "the system's place", starting(script("/usr/bin/node app.js"))),
  fails(
    "WEB-PATH",
    "the system's place for own programs",
    starting(script("/usr/local/bin/python3 app.py"), "Python3.7"),
  ),
  fails("WEB-PATH", "by way of env", starting(script("/usr/bin/env node app.js"))),
  fails("WEB-PATH", "behind settings and exec", starting(script("NODE_ENV=production exec node app.js"))),
  fails("WEB-PATH", "behind &&", starting(script("cd /var/user && node app.js"))),
  fails("WEB-PATH", "in a shell of its own", starting(script('bash -c "node app.js"'))),
  fails("WEB-PATH", "in the background", starting(script("nohup node app.js > /tmp/log 2>&1 &", "wait"))),
  fails("WEB-PATH", "in a condition", starting(script('if [ "$A" ]; then', "  node app.js", "fi"))),
  fails("WEB-PATH", "by a variable", starting(script("NODE=node", "$NODE app.js"))),
  fails("WEB-PATH", "a script in the language itself", starting("#!/usr/bin/env node\nrequire('./app')\n")),
  fails(
    "WEB-PATH",
    "a script in another version of the language",
    starting("#!/var/lang/node14/bin/node\nrequire('./app')\n"),
  ),
  fails(
    "WEB-PATH",
    "another version in PATH",
    starting(script("export PATH=/var/lang/node14/bin:$PATH", "node app.js")),
  ),
  warns(
    "WEB-PATH",
    "the right version in PATH",
    starting(script("export PATH=/var/lang/node16/bin:$PATH", "node app.js")),
  ),
  warns("WEB-PATH", "npm by its name", starting(script("npm start"))),
  warns("WEB-PATH", "npm by its path", starting(script("/var/lang/node16/bin/npm start"))),
  passes(
    "WEB-PATH",
    "npm by its path, with its interpreter in PATH",
    starting(script("export PATH=/var/lang/node16/bin:$PATH\n/var/lang/node16/bin/npm start")),
  ),
  warns(
    "WEB-PATH",
    "gunicorn by its name",
    starting(script("gunicorn -b 0.0.0.0:9000 app:app"), "Python3.7"),
  ),
  severities(
    fails("WEB-PATH", "two functions of different runtimes with one package", (program) => {
      const asset = program.startPackage("code", script(`${NODE} app.js`));
      const stack = program.stack();
      stack.webFunction("right", { code: { asset } });
      stack.webFunction("left", { code: { asset }, runtime: "Nodejs14.18" });
      stack.webFunction("middle", { code: { asset }, runtime: "Nodejs12.16" });
    }),
    "error",
    "error",
  ),
  passes(
    "WEB-PATH",
    "a runtime from another provider",
    starting(script("node app.js"), token as unknown as string),
  ),

  ...[
    "export PORT=8080",
    "PORT=3000",
    "export SERVER_PORT=8080",
    "export HOST=127.0.0.1",
    "export HOST=localhost PORT=9000",
  ].map((line) => warns("WEB-PORT", line, starting(script(line, `${NODE} app.js`)))),
  ...[
    "--port 8080",
    "--port=8080",
    "-p 8080",
    "--host 127.0.0.1 --port 9000",
    "--host=localhost",
    "127.0.0.1:9000",
    "0.0.0.0:80",
    "127.0.0.1:8080",
    "--host LOCALHOST",
    "--host 127.10.11.12",
    "--host 127.0.0.1 --host localhost",
    "--port 8080 --port 8080",
  ].map((args) => warns("WEB-PORT", `node app.js ${args}`, starting(script(`${NODE} app.js ${args}`)))),
  warns(
    "WEB-PORT",
    "PHP on the loopback address",
    starting(script("/var/lang/php7/bin/php -S 127.0.0.1:9000 index.php"), "Php7"),
  ),
  warns(
    "WEB-PORT",
    "PHP on another port",
    starting(script("/var/lang/php7/bin/php -S 0.0.0.0:8000 index.php"), "Php7"),
  ),
  warns(
    "WEB-PORT",
    "Java on another port",
    starting(script("/var/lang/java11/bin/java -Dserver.port=8080 -jar app.jar"), "Java11"),
  ),
  warns(
    "WEB-PORT",
    "Spring on another port",
    starting(script("/var/lang/java11/bin/java -jar app.jar --server.port=8080"), "Java11"),
  ),
  warns(
    "WEB-PORT",
    "gunicorn on another port",
    starting(script("/var/lang/python37/bin/python3 -m gunicorn --bind :8000 app:app"), "Python3.7"),
  ),
  warns(
    "WEB-PORT",
    "Python's own server",
    starting(script("/var/lang/python37/bin/python3 -m http.server 8000"), "Python3.7"),
  ),
  warns(
    "WEB-PORT",
    "Django on another port",
    starting(script("/var/lang/python37/bin/python3 manage.py runserver 0.0.0.0:8000"), "Python3.7"),
  ),
  warns(
    "WEB-PORT",
    "the loopback address with the port of something else",
    starting(script("export PORT=9000", `${NODE} app.js --listen 127.0.0.1:8080`)),
  ),
  warns("WEB-PORT", "a port by a variable", starting(script("P=8080", `${NODE} app.js --port $P`))),
  severities(
    warns(
      "WEB-PORT",
      "another port and the loopback address",
      starting(script("export PORT=8080", `${NODE} app.js --host 127.0.0.1`)),
    ),
    "warning",
    "warning",
  ),
];

export const webCases: readonly RuleCase[] = [
  passes("WEB-LOGFMT", "a web function", web({})),
  fails("WEB-LOGFMT", "a web function with a format", web({ logFormat: "json" })),
  fails("WEB-LOGFMT", "an image function with a format", (program) => {
    program.stack().imageFunction("shop", { logFormat: "json" } as Some);
  }),
  passes("WEB-LOGFMT", "an event function with a format", event({ logFormat: "json" })),
  passes("WEB-ASYNC", "a web function", web({})),
  passes("WEB-ASYNC", "an event function with all of it", (program) => {
    const stack = program.stack();
    const worker = stack.function("worker", {
      asyncExecution: true,
      deadLetterQueue: { type: "queue", name: "lost" },
    });
    settingsOf(stack, worker, { retryAttempts: 0 });
  }),
  fails("WEB-ASYNC", "asynchronous execution", web({ asyncExecution: true })),
  waits("WEB-ASYNC", "a switch from another provider", web({ asyncExecution: token })),
  passes(
    "WEB-ASYNC",
    "a switch of a resource that is not there",
    web({ asyncExecution: reference("shop/other", "asyncExecution") }),
  ),
  passes("WEB-ASYNC", "settings of a function that the app does not declare", (program) => {
    program.stack().add("scf_async_invocation", "settings", {
      namespace: "default",
      functionName: "elsewhere",
      retryAttempts: 2,
      maximumEventAge: 60,
    });
  }),
  fails("WEB-ASYNC", "a dead letter queue", web({ deadLetterQueue: { type: "queue", name: "lost" } })),
  fails("WEB-ASYNC", "settings of asynchronous invocation", (program) => {
    const stack = program.stack();
    settingsOf(stack, stack.webFunction("shop"));
  }),
  fails("WEB-ASYNC", "settings that name the function by its names", (program) => {
    const stack = program.stack();
    settingsOf(stack, stack.webFunction("shop"), {
      namespace: "default",
      functionName: "shop",
    });
  }),
  fails("WEB-ASYNC", "an image that answers requests", (program) => {
    program.stack().imageFunction("shop", { type: "HTTP", asyncExecution: true });
  }),

  ...[2, 50, 100].map((value) =>
    passes("WEB-CONC", `${value} requests`, web({ instanceConcurrency: value })),
  ),
  ...[-1, 0, 1, 101, 2.5].map((value) =>
    fails("WEB-CONC", `${value} requests`, web({ instanceConcurrency: value })),
  ),
  fails("WEB-CONC", "an event function", event({ instanceConcurrency: 10 })),
  passes("WEB-CONC", "an event function without it", event({})),
  passes("WEB-CONC", "an image that answers requests", (program) => {
    program.stack().imageFunction("shop", { type: "HTTP", instanceConcurrency: 10 });
  }),
  fails("WEB-CONC", "an image that answers events", (program) => {
    program.stack().imageFunction("shop", { instanceConcurrency: 10 });
  }),
  passes("WEB-CONC", "no number, which is another rule's", web({ instanceConcurrency: "1" })),
  passes("WEB-CONC", "a type from another provider", web({ type: token, instanceConcurrency: 1 })),
  waits("WEB-CONC", "a value from another provider", web({ instanceConcurrency: token })),

  passes("WEB-DNS", "an event function from code", event({ dnsCache: true })),
  passes("WEB-DNS", "switched off", web({ dnsCache: false })),
  fails("WEB-DNS", "a web function", web({ dnsCache: true })),
  fails("WEB-DNS", "an image", (program) => {
    program.stack().imageFunction("shop", { dnsCache: true });
  }),
  passes(
    "WEB-DNS",
    "a switch of a resource that is not there",
    web({ dnsCache: reference("shop/other", "dnsCache") }),
  ),
  waits("WEB-DNS", "a switch from another provider", web({ dnsCache: token })),

  ...[10, 11, 900].map((idle) =>
    passes("WS-IDLE", `${idle} s`, web({ webSocket: true, webSocketIdleTimeout: idle, timeout: 900 })),
  ),
  passes(
    "WS-IDLE",
    "as long as the execution timeout",
    web({ webSocket: true, webSocketIdleTimeout: 60, timeout: 60 }),
  ),
  ...[-1, 0, 9, 7201, 10.5].map((idle) =>
    fails("WS-IDLE", `${idle} s`, web({ webSocket: true, webSocketIdleTimeout: idle, timeout: 900 })),
  ),
  fails(
    "WS-IDLE",
    "an execution timeout that is one second shorter",
    web({ webSocket: true, webSocketIdleTimeout: 61, timeout: 60 }),
  ),
  fails(
    "WS-IDLE",
    "7200 s, which no execution timeout reaches",
    web({ webSocket: true, webSocketIdleTimeout: 7200, timeout: 900 }),
  ),
  fails(
    "WS-IDLE",
    "900 s, which an execution timeout reaches",
    web({ webSocket: true, webSocketIdleTimeout: 900, timeout: 899 }),
  ),
  fails(
    "WS-IDLE",
    "901 s, which no execution timeout reaches",
    web({ webSocket: true, webSocketIdleTimeout: 901, timeout: 900 }),
  ),
  ...[10, 900, 901].map((idle) =>
    fails(
      "WS-IDLE",
      `${idle} s, and an execution timeout that is shorter than any idle timeout`,
      web({ webSocket: true, webSocketIdleTimeout: idle, timeout: 9 }),
    ),
  ),
  fails(
    "WS-IDLE",
    "an execution timeout as long as the shortest idle timeout",
    web({ webSocket: true, webSocketIdleTimeout: 11, timeout: 10 }),
  ),
  passes(
    "WS-IDLE",
    "an execution timeout of a resource that is not there",
    web({ webSocket: true, webSocketIdleTimeout: 60, timeout: reference("shop/other", "timeout") }),
  ),
  passes(
    "WS-IDLE",
    "WebSocket that another provider switches on",
    web({ webSocket: token, webSocketIdleTimeout: 60, timeout: 60 }),
  ),
  fails("WS-IDLE", "no WebSocket", web({ webSocketIdleTimeout: 60, timeout: 60 })),
  fails("WS-IDLE", "an event function", event({ webSocket: true })),
  passes("WS-IDLE", "WebSocket that is switched off", event({ webSocket: false })),
  waits(
    "WS-IDLE",
    "an execution timeout from another provider",
    web({ webSocket: true, webSocketIdleTimeout: 60, timeout: token }),
  ),
  passes("WS-IDLE", "the execution timeout of another function", (program) => {
    const stack = program.stack();
    const other = stack.webFunction("other", { timeout: 60 });
    stack.webFunction("shop", {
      webSocket: true,
      webSocketIdleTimeout: 60,
      timeout: reference(other, "timeout"),
    });
  }),
];
