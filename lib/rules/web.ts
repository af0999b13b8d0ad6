import { limits } from "../model/quotas";
import { SERVER_PORT, START_FILE } from "../model/start-file";
import { isEmpty } from "../model/value";
import { UNKNOWN, type ModelResource, type PropertyName } from "./app-model";
import { closest } from "./edit-distance";
import { isEventFunction, isImageFunction, isWebFunction } from "./function-type";
import { functionOf } from "./identity";
import { interpreterProblems } from "./interpreters";
import { listeningMentions, startsServer, type ListeningMention } from "./listening";
import { perApp } from "./per-app";
import type { Report, Rule } from "./rule";
import { lineOf, startFilesOf, type StartContent, type StartFile } from "./start-file";
import { count, grouped, listed, quote } from "./text";
import { eachNumber, eachValue, notKnownYet } from "./unchecked";

/** Restrictions of web functions and of the file that starts them: section 3 of the rules. */

const startFile = { document: "scf-operation-guide", section: "启动文件说明" } as const;
const overview = { document: "scf-operation-guide", section: "Web 函数管理 函数概述" } as const;
const requestConcurrency = { document: "scf-operation-guide", section: "Web 函数请求并发管理" } as const;
const dnsCache = { document: "scf-operation-guide", section: "DNS 缓存配置" } as const;
const webSocket = { document: "scf-operation-guide", section: "WebSocket 协议支持" } as const;

const RIGHT_SHEBANG = "#!/bin/bash";
const MODE_FIX = `run \`chmod 755 ${START_FILE}\` where the package is made; Git keeps it with \`git update-index --chmod=+x ${START_FILE}\``;

export const webRules: readonly Rule[] = [
  {
    id: "WEB-ASYNC",
    severity: "error",
    statement: "web functions have no asynchronous execution, no asynchronous invocation and no retries",
    source: overview,
    fix: "remove the setting, or use an event function",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (!isWebFunction(resource)) continue;
        const places = [{ address: resource.address }];
        const asynchronous: unknown = resource.get("asyncExecution");
        if (asynchronous === true) {
          report({ message: "a web function has no asynchronous execution", places });
        } else if (asynchronous === UNKNOWN && app.hasForeignToken(resource.raw("asyncExecution"))) {
          report(notKnownYet(resource.address, "asyncExecution"));
        }
        if (!isEmpty(resource.raw("deadLetterQueue"))) {
          report({
            message: "a web function has no dead letter queue: it is not invoked asynchronously",
            places,
          });
        }
      }
      for (const settings of app.ofKind("scf_async_invocation")) {
        const target = functionOf(settings);
        if (!target || !isWebFunction(target)) continue;
        report({
          message: "a web function is not invoked asynchronously, so that nothing is tried again",
          places: [{ address: settings.address }, { address: target.address, note: "web function" }],
        });
      }
    },
  },
  {
    id: "WEB-BOOT",
    severity: "error",
    statement: `the package of a web function holds a start file named exactly \`${START_FILE}\` at its root, which starts the server`,
    source: startFile,
    fix: `add a file ${START_FILE} that starts the server`,
    check(app, report) {
      for (const { resource, contents, file } of startFilesOf(app)) {
        const problem = file.entry
          ? emptinessOf(file.content)
          : (brokenLink(file) ?? missing(contents.entries.map(({ path }) => path)));
        if (problem) report({ ...problem, places: [{ address: resource.address }] });
      }
    },
  },
  {
    id: "WEB-MODE",
    severity: "error",
    statement: `the start file \`${START_FILE}\` has the mode 777 or 755`,
    source: startFile,
    fix: MODE_FIX,
    check(app, report) {
      for (const { resource, contents, file } of startFilesOf(app)) {
        if (!file.entry) continue;
        const { mode, executable } = file.entry;
        const places = [{ address: resource.address }];
        if (contents.zippedHere === false && mode === undefined) {
          report({
            message: `the ZIP does not say which mode ${START_FILE} has, so that nothing may execute it`,
            places,
            fix: "make the ZIP with a tool that keeps the modes of files, or give the folder with `Code.fromAsset`",
          });
        } else if (mode !== undefined ? !rightModes.has(mode) : !executable) {
          const text = mode === undefined ? undefined : mode.toString(8).padStart(3, "0");
          report({
            message:
              text === undefined
                ? `${START_FILE} is not executable: its mode must be 777 or 755`
                : `${START_FILE} has the mode ${text}: it must be 777 or 755`,
            places,
          });
        }
      }
    },
  },
  {
    id: "WEB-SHEBANG",
    severity: "error",
    statement: `the first line of a start file that is a shell script is \`${RIGHT_SHEBANG}\``,
    source: startFile,
    fix: `make ${quote(RIGHT_SHEBANG)} the first line`,
    check(app, report) {
      eachContent(app, report, "WEB-SHEBANG", shebangProblem);
    },
  },
  {
    id: "WEB-LF",
    severity: "error",
    statement: "every line of the start file ends with LF, the last one as well",
    source: startFile,
    fix: "end the file with a line feed",
    check(app, report) {
      eachContent(app, report, "WEB-LF", lineEndProblem);
    },
  },
  {
    id: "WEB-PATH",
    severity: "error",
    statement: "the start file calls the interpreter of the function's runtime by its absolute path",
    source: { document: "scf-operation-guide", section: "标准语言环境绝对路径" },
    fix: "use the absolute path that the platform has for the runtime",
    check(app, report) {
      const known = pathProblems(app);
      for (const { resource, contents, file } of startFilesOf(app)) {
        const runtime: unknown = resource.get("runtime");
        if (file.content.type !== "text" || typeof runtime !== "string") continue;
        const key = `${contents.hash} ${runtime}`;
        const problems = known.get(key) ?? interpreterProblems(file.content, runtime);
        known.set(key, problems);
        for (const { message, fix, warning, line } of problems) {
          report({
            message,
            places: [{ address: resource.address, note: `${START_FILE}, line ${line}` }],
            ...(fix === undefined ? {} : { fix }),
            ...(warning ? { severity: "warning" } : {}),
          });
        }
      }
    },
  },
  {
    id: "WEB-PORT",
    severity: "warning",
    statement: `the server of a web function listens on 0.0.0.0:${SERVER_PORT}, never on a loopback address`,
    source: startFile,
    fix: `have the server listen on 0.0.0.0:${SERVER_PORT}`,
    check(app, report) {
      const known = portMentions(app);
      for (const { resource, contents, file } of startFilesOf(app)) {
        if (file.content.type !== "text" || !file.content.script) continue;
        const mentions = known.get(contents.hash) ?? wrongMentions(listeningMentions(file.content.script));
        known.set(contents.hash, mentions);
        for (const mention of mentions) {
          const named = [
            ...(mention.loopback ? ["a loopback address"] : []),
            ...(isOtherPort(mention) ? [`port ${mention.port}`] : []),
          ];
          report({
            message: `${START_FILE} names ${listed(named)} with ${quote(mention.shown)}, and requests come to 0.0.0.0:${SERVER_PORT}`,
            places: [{ address: resource.address, note: `${START_FILE}, line ${mention.line}` }],
            fix: `use ${quote(corrected(mention))}`,
          });
        }
      }
    },
  },
  {
    id: "WEB-CONC",
    severity: "error",
    statement:
      "an instance of a web function answers 2–100 requests at a time where that is set; event functions have no such setting",
    source: requestConcurrency,
    fix: "remove the setting",
    check(app, report) {
      eachValue(app, report, "scf_function", "instanceConcurrency", (value, resource) => {
        const places = [{ address: resource.address }];
        if (isEventFunction(resource)) {
          report({
            message:
              "an instance of an event function runs one event at a time: only web functions answer several requests at once",
            places,
            fix: "remove the instance concurrency, or use a web function",
          });
        } else if (isWebFunction(resource) && typeof value === "number") {
          const { smallest, largest } = limits.instanceConcurrency;
          if (Number.isInteger(value) && value >= smallest && value <= largest) return;
          report({
            message: `an instance concurrency of ${grouped(value)} is not allowed: it is ${smallest} to ${largest} requests`,
            places,
            fix:
              value === 1
                ? "leave it out: one request at a time is the default"
                : `use ${within(value, smallest, largest)}`,
          });
        }
      });
    },
  },
  {
    id: "WEB-DNS",
    severity: "error",
    statement: "the DNS cache is a setting of event functions that run a package",
    source: dnsCache,
    fix: "remove the setting",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (resource.raw("dnsCache") === undefined) continue;
        const isWeb = isWebFunction(resource);
        const isImage = isImageFunction(resource);
        if (!isWeb && !isImage) continue;
        const cached: unknown = resource.get("dnsCache");
        if (cached === UNKNOWN && app.hasForeignToken(resource.raw("dnsCache"))) {
          report(notKnownYet(resource.address, "dnsCache"));
        }
        if (cached !== true) continue;
        report({
          message: `${isImage ? "an image function" : "a web function"} has no DNS cache to switch on`,
          places: [{ address: resource.address }],
          fix: isImage
            ? "install nscd in the image, and start it before the server"
            : `add the line \`/var/lang/bin/nscd -f /var/lang/conf/nscd.conf\` to ${START_FILE}`,
        });
      }
    },
  },
  {
    id: "WEB-LOGFMT",
    severity: "error",
    statement: "the format of logs cannot be chosen for web and image functions",
    source: { document: "scf-operation-guide", section: "创建函数" },
    fix: "remove the log format, and write lines in that format in the code",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        // No property of ours: programs in plain JavaScript may name it all the same.
        if (resource.planned.properties["logFormat"] === undefined) continue;
        const what = isWebFunction(resource)
          ? "a web function"
          : isImageFunction(resource)
            ? "an image function"
            : undefined;
        if (what === undefined) continue;
        report({
          message: `the format of the logs of ${what} cannot be chosen`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "WS-IDLE",
    severity: "error",
    statement:
      "WebSocket belongs to web functions; its idle timeout is 10–7200 seconds, and the execution timeout is at least as long",
    source: webSocket,
    fix: "remove the setting",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (resource.get("webSocket") === true && isEventFunction(resource)) {
          report({
            message: "an event function does not speak WebSocket: only web functions do",
            places: [{ address: resource.address }],
            fix: "use a web function",
          });
        }
      }
      eachNumber(app, report, "scf_function", "webSocketIdleTimeout", (idle, resource) =>
        checkIdleTimeout(idle, resource, report),
      );
    },
  },
];

const rightModes: ReadonlySet<number> = new Set([0o777, 0o755]);

const pathProblems = perApp(() => new Map<string, ReturnType<typeof interpreterProblems>>());
const portMentions = perApp(() => new Map<string, ListeningMention[]>());

interface Problem {
  readonly message: string;
  readonly fix?: string;
}

function brokenLink(file: StartFile): Problem | undefined {
  return file.brokenLink === undefined
    ? undefined
    : {
        message: `${START_FILE} is a link to ${quote(file.brokenLink)}, which is not a file of the package`,
        fix: `make ${START_FILE} a file`,
      };
}

/** What there is in place of the start file. */
function missing(paths: readonly string[]): Problem {
  const message = `the package has no file ${START_FILE} at its root`;
  const deeper = paths.find((path) => path.endsWith(`/${START_FILE}`));
  if (deeper !== undefined) {
    const folder = deeper.slice(0, -START_FILE.length - 1);
    return {
      message: `${message}: it lies in the folder ${quote(folder)}`,
      fix: `package the files of ${quote(folder)} instead of the folder around it`,
    };
  }
  if (paths.some((path) => path.startsWith(`${START_FILE}/`))) {
    return {
      message: `${message}: ${START_FILE} is a folder`,
      fix: `rename the folder, and add a file ${START_FILE}`,
    };
  }
  // Names without these letters are no misspelling of it, and a package may have thousands.
  const similar = paths.filter((path) => !path.includes("/") && /b.?o.?o?.?t|scf/i.test(path));
  const meant =
    similar.find((path) => plainName(path) === plainName(START_FILE)) ??
    similar.find((path) => closest(path.replace(/\.[A-Za-z]+$/, ""), [START_FILE]) !== undefined) ??
    similar.find((path) => /^(bootstrap|start|scf_start)(\.sh)?$/i.test(path));
  return meant === undefined
    ? {
        message,
        fix: `add ${START_FILE}, a script that begins with ${quote(RIGHT_SHEBANG)} and starts the server`,
      }
    : { message: `${message}, but ${quote(meant)}`, fix: `rename ${quote(meant)} to ${START_FILE}` };
}

function plainName(path: string): string {
  return path
    .replace(/\.(sh|bash|txt)$/i, "")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}

/** A start file that starts nothing. */
function emptinessOf(content: StartContent): Problem | undefined {
  switch (content.type) {
    case "empty":
      return { message: `${START_FILE} is empty` };
    case "program":
      return content.system === "Linux"
        ? undefined
        : {
            message: `${START_FILE} is a program for ${content.system}, and functions run on Linux`,
            fix: "build it for Linux",
          };
    case "text":
      return !content.script || startsServer(content.script)
        ? undefined
        : { message: `${START_FILE} starts no program`, fix: "add the command that starts the server" };
    default:
      return undefined;
  }
}

/** Reports one problem of the contents of each start file; functions that share a package share the answer. */
function eachContent(
  app: ModelResource["app"],
  report: Report,
  key: string,
  problemOf: (content: StartContent) => Problem | undefined,
): void {
  const known = contentProblems(app);
  for (const { resource, contents, file } of startFilesOf(app)) {
    const id = `${key} ${contents.hash}`;
    if (!known.has(id)) known.set(id, problemOf(file.content));
    const problem = known.get(id);
    if (problem) report({ ...problem, places: [{ address: resource.address, note: START_FILE }] });
  }
}

const contentProblems = perApp(() => new Map<string, Problem | undefined>());

const bash = /^\/bin\/bash(\s+-\S.*)?$/;
const ENV_BASH = /^\/usr\/bin\/env\s+bash$/;

function shebangProblem(content: StartContent): Problem | undefined {
  if (content.type === "utf-16") {
    return {
      message: `${START_FILE} is UTF-16 text, which no shell reads`,
      fix: "save it as UTF-8 without a byte order mark",
    };
  }
  if (content.type !== "text") return undefined;
  const { text, interpreter, script } = content;
  if (text.startsWith("\uFEFF")) {
    return {
      message: `${START_FILE} begins with a byte order mark, so that its first line is not read`,
      fix: "save it as UTF-8 without a byte order mark",
    };
  }
  // Scripts of other languages name their own interpreter: that is WEB-PATH's business.
  if (!script || (interpreter !== undefined && (bash.test(interpreter) || ENV_BASH.test(interpreter))))
    return undefined;
  if (interpreter === undefined) {
    const later = firstShebang(text);
    return {
      message: `the first line of ${START_FILE} is ${quote(lineOf(text, 0))}: a shell script begins with ${quote(RIGHT_SHEBANG)}`,
      ...(later === undefined
        ? {}
        : { fix: later === 1 ? 'remove what stands in front of "#!"' : `move line ${later} to the front` }),
    };
  }
  const options = /^\/usr\/bin\/env\s+bash\s+(-.*)$/.exec(interpreter)?.[1];
  return {
    message: `the first line of ${START_FILE} is ${quote(lineOf(text, 0))}: it must be ${quote(RIGHT_SHEBANG)}`,
    ...(options === undefined ? {} : { fix: `use ${quote(`${RIGHT_SHEBANG} ${options}`)}` }),
  };
}

/** Number of the line that was meant to be the first. */
function firstShebang(text: string): number | undefined {
  const found = text.split("\n", 20).findIndex((line) => /^\s*#!\s*\//.test(line));
  return found < 0 ? undefined : found + 1;
}

function lineEndProblem(content: StartContent): Problem | undefined {
  if (content.type !== "text") return undefined;
  const { text } = content;
  const crlf = text.split("\r\n").length - 1;
  const cr = text.split("\r").length - 1 - crlf;
  const unfinished = !text.endsWith("\n");
  if (crlf + cr === 0 && !unfinished) return undefined;
  const parts = [
    ...(crlf > 0 ? [`ends ${count(crlf, "line")} with CR LF`] : []),
    ...(cr > 0 ? [`has ${count(cr, "carriage return")} inside of lines`] : []),
    ...(unfinished ? ["does not end with LF"] : []),
  ];
  return {
    message: `${START_FILE} ${listed(parts)}: every line must end with LF alone`,
    fix:
      cr > 0
        ? "save it with LF as the ending of every line"
        : crlf > 0
          ? `convert it with \`sed -i 's/\\r$//' ${START_FILE}\`, and put \`${START_FILE} text eol=lf\` into .gitattributes`
          : "add a line feed at the end of the last line",
  };
}

function isOtherPort({ port }: ListeningMention): boolean {
  return port !== undefined && port !== SERVER_PORT;
}

/** The same words with the address that requests come to. */
function corrected({ port, shown }: ListeningMention): string {
  const open = shown.replace(/127\.\d+\.\d+\.\d+|localhost|\[?::1\]?/i, "0.0.0.0");
  return port === undefined ? open : open.replace(new RegExp(`${port}(?!.*${port})`), String(SERVER_PORT));
}

/** One of each kind; other ports count only where nothing says the right one. */
function wrongMentions(mentions: readonly ListeningMention[]): ListeningMention[] {
  const namesRightPort = mentions.some(({ port }) => port === SERVER_PORT);
  const seen = new Set<string>();
  return mentions.flatMap((mention) => {
    const judged = namesRightPort && isOtherPort(mention) ? { ...mention, port: undefined } : mention;
    if (!judged.loopback && !isOtherPort(judged)) return [];
    const key = judged.loopback ? "loopback" : `port ${judged.port}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [judged];
  });
}

function within(value: number, smallest: number, largest: number): number {
  return Math.min(largest, Math.max(smallest, Math.round(value)));
}

function checkIdleTimeout(idle: number, resource: ModelResource<"scf_function">, report: Report): void {
  const places = [{ address: resource.address }];
  const { app } = resource;
  const speaks: unknown = resource.get("webSocket");
  const { smallest, largest } = limits.webSocketIdleTimeout;
  if (speaks !== true && speaks !== UNKNOWN) {
    report({
      message: "there is a WebSocket idle timeout, and WebSocket is not switched on",
      places,
      fix: "switch WebSocket on, or remove the idle timeout",
    });
  } else if (!Number.isInteger(idle) || idle < smallest || idle > largest) {
    report({
      message: `a WebSocket idle timeout of ${grouped(idle)} seconds is not allowed: it is ${smallest} to ${grouped(largest)} whole seconds`,
      places,
      fix: `use ${within(idle, smallest, largest)}`,
    });
  } else {
    const timeout: unknown = resource.get("timeout");
    if (timeout === UNKNOWN && app.hasForeignToken(resource.raw("timeout"))) {
      report(notKnownYet(resource.address, "timeout" satisfies PropertyName<"scf_function">));
    }
    if (typeof timeout !== "number" || !(timeout < idle)) return;
    const whole = Math.floor(timeout);
    const isLongEnough = whole >= smallest;
    report({
      message: `the execution timeout of ${count(timeout, "second")} is shorter than the WebSocket idle timeout of ${grouped(idle)}`,
      places,
      fix:
        idle <= limits.timeoutSeconds
          ? `raise the execution timeout to ${idle} seconds${isLongEnough ? `, or lower the idle timeout to ${whole}` : ""}`
          : isLongEnough
            ? `lower the idle timeout to ${whole} seconds: an execution takes at most ${limits.timeoutSeconds}`
            : `lower the idle timeout to ${limits.timeoutSeconds} seconds, which is as long as an execution takes, and raise the execution timeout to as many`,
    });
  }
}
