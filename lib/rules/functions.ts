import { OWNER_TAG } from "../model/owner-tag";
import { FUNCTION_SERVICE } from "../model/permissions";
import { limits } from "../model/quotas";
import { IMAGE_RUNTIME, runtimeFacts, type HandlerForm } from "../model/runtime";
import { isEmpty, isForeignToken, isSymbolic } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { packageOf, pathsIn } from "./code";
import { descriptionProblem, markedDescriptionProblem } from "./description-form";
import { knownSize, mostBytes, variableOf, variablesOf } from "./environment";
import { isEventFunction, isImageFunction, isPackageFunction, isWebFunction } from "./function-type";
import { account, functionName, functionsByIdentity } from "./identity";
import { nameProblem } from "./name-form";
import { groupBy, perApp } from "./per-app";
import { perValue } from "./per-value";
import type { Rule } from "./rule";
import { runtimeProblem } from "./runtime-names";
import { bytes, bytesOver, count, grouped, listed, quote } from "./text";
import { eachNumber, eachText, notKnownYet } from "./unchecked";

/** Restrictions of functions, runtimes and handlers: section 2 of the rules. */

const overview = { document: "scf-operation-guide", section: "函数概述" } as const;
const quotas = { document: "scf-operation-guide", section: "配额限制说明" } as const;
const roles = { document: "scf-operation-guide", section: "角色与授权" } as const;
const create = { document: "scf-operation-guide", section: "创建函数" } as const;

const SMALLEST_MEMORY = 64;
const MEMORY_STEP = 128;
const LARGEST_MEMORY = 3072;

const functionRules: readonly Rule[] = [
  {
    id: "FN-NAME",
    severity: "error",
    statement:
      "a function's name has 2–60 letters, digits, `_` and `-`, begins with a letter and ends with a letter or digit",
    source: create,
    fix: "choose another name",
    check(app, report) {
      eachText(app, report, "scf_function", "functionName", (name, { address }) => {
        const problem = nameProblem("function name", name);
        if (problem) report({ ...problem, places: [{ address }] });
      });
    },
  },
  {
    id: "FN-NAMELEN",
    severity: "error",
    statement: "namespace and function name together have at most 118 characters",
    source: quotas,
    fix: "shorten one of the two names",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const namespace: unknown = resource.get("namespace");
        const name: unknown = resource.get("functionName");
        if (typeof namespace !== "string" || typeof name !== "string") continue;
        const length = namespace.length + name.length;
        if (length <= limits.namespaceAndFunctionName) continue;
        report({
          message: `namespace and function name together have ${count(length, "character")}: ${limits.namespaceAndFunctionName} are allowed`,
          places: [{ address: resource.address, note: `${namespace.length} + ${name.length}` }],
          fix: `shorten one of the two names by ${count(length - limits.namespaceAndFunctionName, "character")}`,
        });
      }
    },
  },
  {
    id: "FN-UNIQUE",
    severity: "error",
    statement: "a function's name is unique in its namespace",
    source: overview,
    fix: "rename one of the functions, or put it into another namespace",
    check(app, report) {
      for (const same of functionsByIdentity(app).values()) {
        const first = same[0];
        if (!first || same.length < 2) continue;
        const namespace: unknown = first.get("namespace");
        const name = functionName(first);
        report({
          message: `${count(same.length, "function")} are named ${name === undefined ? "alike" : quote(name)} in ${
            typeof namespace === "string" ? `namespace ${quote(namespace)}` : "the same namespace"
          } of ${first.region}`,
          places: same.map(({ address }) => ({ address })),
        });
      }
    },
  },
  {
    id: "FN-DESC",
    severity: "error",
    statement:
      "a function's description has at most 1000 letters, digits, spaces, commas and periods, and a version's at most 1000 characters",
    source: create,
    fix: "rewrite the description with letters, digits, spaces, commas and periods only",
    check(app, report) {
      eachText(app, report, "scf_function", "description", (text, { address }) => {
        const message = descriptionProblem("description of the function", text, limits.descriptionCharacters);
        if (message !== undefined) report({ message, places: [{ address }] });
      });
      eachText(app, report, "scf_version", "description", (text, { address }) => {
        const problem = markedDescriptionProblem("description of the version", text);
        if (problem) report({ ...problem, places: [{ address }] });
      });
    },
  },
  {
    id: "FN-MEM",
    severity: "error",
    statement: "memory is 64 MB, or a multiple of 128 MB from 128 to 3072 MB",
    source: quotas,
    fix: "use 64, or a multiple of 128 up to 3072",
    check(app, report) {
      eachNumber(app, report, "scf_function", "memory", (memory, { address }) => {
        if (isMemory(memory)) return;
        report({
          message: `${grouped(memory)} MB of memory is not allowed: it is ${SMALLEST_MEMORY} MB, or a multiple of ${MEMORY_STEP} MB up to ${grouped(LARGEST_MEMORY)} MB`,
          places: [{ address }],
          fix: `use ${listed(closestMemory(memory), "or")}`,
        });
      });
    },
  },
  {
    id: "FN-TIMEOUT",
    severity: "error",
    statement: "the execution timeout is 1–900 seconds, and up to 86,400 seconds with asynchronous execution",
    source: overview,
    fix: "use whole seconds from 1 to 900",
    check(app, report) {
      eachNumber(app, report, "scf_function", "timeout", (timeout, resource) => {
        const places = [{ address: resource.address }];
        const asyncExecution: unknown = resource.get("asyncExecution");
        const longest = asyncExecution === true ? limits.asyncTimeoutSeconds : limits.timeoutSeconds;
        if (Number.isInteger(timeout) && timeout >= 1 && timeout <= longest) return;
        const fitsAsync =
          Number.isInteger(timeout) && timeout > longest && timeout <= limits.asyncTimeoutSeconds;
        if (fitsAsync && asyncExecution === UNKNOWN) {
          if (app.hasForeignToken(resource.raw("asyncExecution"))) {
            report(notKnownYet(resource.address, "asyncExecution"));
          }
          return;
        }
        report({
          message: `an execution timeout of ${seconds(timeout)} is not allowed${
            asyncExecution === true ? " with asynchronous execution" : ""
          }: it is 1 to ${grouped(longest)} whole seconds`,
          places,
          fix:
            fitsAsync && !isWebFunction(resource)
              ? `use ${limits.timeoutSeconds}, or switch asynchronous execution on, which allows up to ${grouped(limits.asyncTimeoutSeconds)} seconds`
              : `use ${closestWhole(timeout, 1, longest)}`,
        });
      });
    },
  },
  {
    id: "FN-INIT",
    severity: "error",
    statement: "the initialization timeout is 3–300 seconds",
    source: overview,
    fix: "use whole seconds from 3 to 300",
    check(app, report) {
      eachNumber(app, report, "scf_function", "initTimeout", (timeout, resource) => {
        const shortest = limits.initTimeoutMinimumSeconds;
        const longest = resource.quotas.initTimeoutSeconds;
        if (Number.isInteger(timeout) && timeout >= shortest && timeout <= longest) return;
        report({
          message: `an initialization timeout of ${seconds(timeout)} is not allowed: it is ${shortest} to ${grouped(longest)} whole seconds`,
          places: [{ address: resource.address }],
          fix: `use ${closestWhole(timeout, shortest, longest)}`,
        });
      });
    },
  },
  {
    id: "FN-ENV",
    severity: "error",
    statement:
      "environment variables take at most 4 KB, keys and values together, the variable of the time zone included",
    source: quotas,
    fix: "move large values into a file of the package or into a parameter store",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const variables = variablesOf(resource);
        if (!variables) {
          if (app.hasForeignToken(resource.raw("environment"))) {
            report(notKnownYet(resource.address, "environment"));
          }
          continue;
        }
        const limit = limits.environmentBytes;
        const timeZone = resource.raw("timeZone");
        // It is what is sent as `TZ`, also where FN-TZ finds a variable that says something else.
        const replaced = timeZone ? "TZ" : undefined;
        let most = timeZone ? mostBytes(app, "TZ") + mostBytes(app, timeZone) : 0;
        for (const name of Object.keys(variables)) {
          if (name !== replaced) most += mostBytes(app, name) + mostBytes(app, variables[name]);
        }
        if (most <= limit) continue;
        let size = 0;
        const open: string[] = [];
        const names = Object.keys(variables).filter((name) => name !== replaced);
        for (const name of replaced ? [...names, replaced] : names) {
          const known = knownSize(app, name === replaced ? timeZone : variables[name]);
          size += Buffer.byteLength(name) + known.bytes;
          if (known.open) open.push(name);
        }
        if (size <= limit && open.length === 0) continue;
        const places = [
          {
            address: resource.address,
            note: `${count(names.length, "variable")}${timeZone ? " and the time zone" : ""}`,
          },
        ];
        if (size > limit) {
          report({
            message: `environment variables take ${open.length > 0 ? "at least " : ""}${bytesOver(size, limit)}; ${bytes(limit)} are allowed, keys and values together`,
            places,
          });
        } else {
          const room = limit - size;
          report({
            severity: "unchecked",
            message: `${listed(open)} ${open.length === 1 ? "is" : "are"} not known yet and may take ${bytes(room)} in the environment`,
            places,
            fix: "nothing to do now: the size is checked again on deploy",
          });
        }
      }
    },
  },
  {
    id: "FN-ENVSEC",
    severity: "warning",
    statement: "the variables that carry a run role's credentials are not set by hand",
    source: roles,
    fix: "remove the variables: the platform sets them and renews them",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const role = resource.raw("role");
        if (role === undefined || role === null || role === "") continue;
        const set = credentialVariables.filter((name) => variableOf(resource, name) !== undefined);
        if (set.length === 0) continue;
        report({
          message: `${listed(set)} ${set.length === 1 ? "hides" : "hide"} the credentials of the function's run role`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "FN-TZ",
    severity: "error",
    statement: "the time zone and the variable `TZ` do not contradict each other",
    source: overview,
    fix: "set the time zone only",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const timeZone: unknown = resource.get("timeZone");
        const raw = variableOf(resource, "TZ");
        if (timeZone === undefined || raw === undefined) continue;
        const variable = app.follow(raw);
        if (timeZone === UNKNOWN || variable === UNKNOWN) {
          const property = timeZone === UNKNOWN ? "timeZone" : "environment";
          if (app.hasForeignToken(timeZone === UNKNOWN ? resource.raw("timeZone") : raw)) {
            report(notKnownYet(resource.address, property));
          }
        } else if (timeZone !== variable) {
          report({
            message: `time zone ${quote(timeZone)} contradicts the variable TZ, which is ${quote(variable)}`,
            places: [{ address: resource.address }],
            fix: `remove the variable TZ: the time zone sets it`,
          });
        }
      }
    },
  },
  {
    id: "FN-ROLE",
    severity: "error",
    statement: `a function's run role trusts the service \`${FUNCTION_SERVICE}\``,
    source: roles,
    fix: `add "${FUNCTION_SERVICE}" to the services that the role trusts`,
    check(app, report) {
      const byName = groupBy(app.ofKind("cam_role"), (role) => {
        const name: unknown = role.get("roleName");
        return typeof name === "string" ? `${account(role)}|${name}` : undefined;
      });
      for (const resource of app.ofKind("scf_function")) {
        const name: unknown = resource.get("role");
        const role =
          resource.targetOfKind("role", "cam_role") ??
          (typeof name === "string" ? byName.get(`${account(resource)}|${name}`)?.[0] : undefined);
        if (!role) continue;
        const trusted: unknown = role.get("trustedServices");
        if (trusted === UNKNOWN && app.hasForeignToken(role.raw("trustedServices"))) {
          report(notKnownYet(role.address, "trustedServices"));
        }
        if (!Array.isArray(trusted) || trusted.includes(FUNCTION_SERVICE)) continue;
        report({
          message: `the function's run role does not trust ${FUNCTION_SERVICE}`,
          places: [
            { address: resource.address },
            {
              address: role.address,
              note: `trusts ${trusted.length === 0 ? "nobody" : listed(trusted.map(String))}`,
            },
          ],
        });
      }
    },
  },
  {
    id: "TAG-RESERVED",
    severity: "error",
    statement: `the tag \`${OWNER_TAG}\` of a function or role is the mark of ownership that the reconciler sets`,
    source: { document: "api", section: "CreateFunction.Tags" },
    fix: "remove the tag, or choose another key for it",
    check(app, report) {
      for (const resource of [...app.ofKind("scf_function"), ...app.ofKind("cam_role")]) {
        const tags = app.dereference(resource.raw("tags"));
        if (typeof tags !== "object" || tags === null || Array.isArray(tags)) continue;
        if (isSymbolic(tags)) {
          if (isForeignToken(tags)) report(notKnownYet(resource.address, "tags"));
        } else if (Object.hasOwn(tags, OWNER_TAG)) {
          report({
            message: `the ${resource.is("cam_role") ? "role" : "function"} has a tag ${quote(OWNER_TAG)}, and this key is the mark of ownership that deploying sets`,
            places: [{ address: resource.address }],
          });
        }
      }
    },
  },
];

const runtimeRules: readonly Rule[] = [
  {
    id: "RT-LIST",
    severity: "error",
    statement: "a runtime has one of the names that the platform gives it",
    source: overview,
    fix: "use the platform's name of the runtime",
    check(app, report) {
      eachText(app, report, "scf_function", "runtime", (runtime, resource) => {
        const places = [{ address: resource.address }];
        const problem = runtimeProblem(runtime);
        if (problem) report({ ...problem, places });
        else if (runtime === IMAGE_RUNTIME && isPackageFunction(resource)) {
          report({
            message: `${IMAGE_RUNTIME} runs container images, and the function's code is a package`,
            places,
            fix: "use the runtime that the package is made for, or give an image as the code",
          });
        }
      });
      for (const layer of app.ofKind("scf_layer")) {
        const names: unknown = layer.get("compatibleRuntimes");
        if (!Array.isArray(names)) continue;
        for (const name of names as readonly unknown[]) {
          const problem = typeof name === "string" ? runtimeProblem(name) : undefined;
          if (problem) report({ ...problem, places: [{ address: layer.address }] });
        }
      }
    },
  },
  handlerRule({
    id: "RT-H1",
    form: "file",
    statement: "a Go function's handler is the name of a file: `[file]`",
    fix: 'use the name of the program in the package, for example "main"',
  }),
  handlerRule({
    id: "RT-H2",
    form: "file.function",
    statement:
      "the handler of Python, Node.js and PHP is `[file].[function]`, and the file lies at the root of the package",
    fix: 'use the file without its ending and the function, for example "index.main_handler"',
  }),
  handlerRule({
    id: "RT-H3",
    form: "package.class::method",
    statement: "a Java function's handler is `[package].[class]::[method]`",
    fix: 'use package, class and method, for example "example.Hello::mainHandler"',
  }),
];

const typeRules: readonly Rule[] = [
  {
    id: "RT-NOH",
    severity: "error",
    statement: "web functions and image functions take no handler",
    source: { document: "scf-operation-guide", section: "命令行部署 Web 函数" },
    fix: "remove the handler",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const isImage = isImageFunction(resource);
        if ((!isImage && !isWebFunction(resource)) || isEmpty(resource.raw("handler"))) continue;
        const handler: unknown = resource.get("handler");
        report({
          message: `${isImage ? "an image function" : "a web function"} takes no handler${
            typeof handler === "string" ? `, and has ${quote(handler)}` : ""
          }`,
          places: [{ address: resource.address }],
          fix: isImage
            ? "remove the handler: the image's entry point is what starts"
            : "remove the handler: the server is started by scf_bootstrap",
        });
      }
    },
  },
  {
    id: "FN-GPU",
    severity: "error",
    statement: "a GPU function's size is the type of its node, and a CPU function's its memory",
    source: overview,
    fix: "name a type of GPU node, or leave it out and choose the memory",
    check(app, report) {
      eachText(app, report, "scf_function", "gpuNode", (node, resource) => {
        const places = [{ address: resource.address }];
        if (!isNodeType(node)) {
          report({
            message: /^\d+ *([MG]i?B?)?$/i.test(node)
              ? `${quote(node)} is a size of memory and no type of GPU node`
              : `${quote(node)} is not the name of a type of GPU node`,
            places,
          });
          return;
        }
        const memory: unknown = resource.get("memory");
        if (typeof memory !== "number" || memory === DEFAULT_MEMORY || !isMemory(memory)) return;
        report({
          severity: "warning",
          message: `${grouped(memory)} MB of memory is a size of CPU functions, and the size of this one is its GPU node ${node}`,
          places,
          fix: "leave the memory out",
        });
      });
    },
  },
];

const DEFAULT_MEMORY = 128;

/** The documents name no types, and the API takes any name: only what cannot be one is told apart. */
function isNodeType(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._*-]*$/.test(name) && !/^(cpu|gpu|none|true|false|default)$/i.test(name);
}

export const functionSectionRules: readonly Rule[] = [...functionRules, ...runtimeRules, ...typeRules];

const credentialVariables = [
  "TENCENTCLOUD_SECRETID",
  "TENCENTCLOUD_SECRETKEY",
  "TENCENTCLOUD_SESSIONTOKEN",
] as const;

function isMemory(memory: number): boolean {
  return (
    memory === SMALLEST_MEMORY ||
    (memory >= MEMORY_STEP && memory <= LARGEST_MEMORY && memory % MEMORY_STEP === 0)
  );
}

/** The valid sizes just below and just above. */
function closestMemory(memory: number): string[] {
  if (!(memory > SMALLEST_MEMORY)) return [String(SMALLEST_MEMORY)];
  if (memory < MEMORY_STEP) return [String(SMALLEST_MEMORY), String(MEMORY_STEP)];
  if (memory > LARGEST_MEMORY) return [String(LARGEST_MEMORY)];
  const below = Math.floor(memory / MEMORY_STEP) * MEMORY_STEP;
  return [String(below), String(below + MEMORY_STEP)];
}

function seconds(amount: number): string {
  return `${grouped(amount)} ${amount === 1 ? "second" : "seconds"}`;
}

function closestWhole(value: number, smallest: number, largest: number): number {
  return Math.min(largest, Math.max(smallest, Math.round(value)));
}

const patterns: Readonly<Record<HandlerForm, RegExp>> = {
  file: /^[^.:/\\\s]+$/,
  "file.function": /^[^.:/\\\s]+\.[^.:/\\\s]+$/,
  "package.class::method": /^[^.:/\\\s]+(\.[^.:/\\\s]+)+::[^.:/\\\s]+$/,
};

/** Event functions that run a package, by how the handlers of their runtimes are written; RT-NOH speaks of others. */
const functionsByForm = perApp((app: AppModel) => {
  const factsOf = perValue(runtimeFacts);
  return groupBy(app.ofKind("scf_function"), (resource): HandlerForm | undefined => {
    if (!isEventFunction(resource) || isImageFunction(resource)) return undefined;
    const runtime: unknown = resource.get("runtime");
    return typeof runtime === "string" ? factsOf(runtime)?.handlerForm : undefined;
  });
});

function handlerRule(rule: { id: string; form: HandlerForm; statement: string; fix: string }): Rule {
  return {
    id: rule.id,
    severity: "error",
    statement: rule.statement,
    source: { document: "scf-operation-guide", section: "函数执行方法" },
    fix: rule.fix,
    check(app, report) {
      for (const resource of functionsByForm(app).get(rule.form) ?? []) {
        const handler: unknown = resource.get("handler");
        const runtime = String(resource.get("runtime"));
        if (handler === UNKNOWN && app.hasForeignToken(resource.raw("handler"))) {
          report(notKnownYet(resource.address, "handler"));
        }
        if (handler === undefined || handler === null) {
          report({
            message: `the function has no handler, and ${runtime} needs one: ${formNames[rule.form]}`,
            places: [{ address: resource.address }],
          });
        }
        if (typeof handler !== "string") continue;
        if (!patterns[rule.form].test(handler)) {
          report({
            message: `handler ${quote(handler)} does not have the form that ${runtime} needs: ${formNames[rule.form]}`,
            places: [{ address: resource.address }],
            fix: closestHandler(rule.form, handler) ?? rule.fix,
          });
        } else {
          const missing = missingFile(resource, runtime, handler);
          if (missing) report({ ...missing, places: [{ address: resource.address }] });
        }
      }
    },
  };
}

const formNames: Readonly<Record<HandlerForm, string>> = {
  file: "[file]",
  "file.function": "[file].[function]",
  "package.class::method": "[package].[class]::[method]",
};

/** The handler that was probably meant: a path or an ending too many, or dots for the colons. */
function closestHandler(form: HandlerForm, handler: string): string | undefined {
  const lastName = handler.split(/[/\\]/).pop() ?? "";
  const parts = lastName.split(/[.:]+/).filter((part) => part !== "");
  const candidate =
    form === "file"
      ? parts[0]
      : form === "file.function"
        ? parts.length === 3 && /^(js|mjs|cjs|ts|py|php)$/.test(parts[1] ?? "")
          ? `${parts[0]}.${parts[2]}`
          : parts.length === 1
            ? `${parts[0]}.main_handler`
            : parts.length === 2
              ? parts.join(".")
              : undefined
        : parts.length >= 3
          ? `${parts.slice(0, -1).join(".")}::${parts[parts.length - 1]}`
          : undefined;
  return candidate !== undefined && patterns[form].test(candidate) ? `use ${quote(candidate)}` : undefined;
}

/** RT-H2's second half: the file lies at the root of the package, with the language's own ending. */
function missingFile(
  resource: ModelResource<"scf_function">,
  runtime: string,
  handler: string,
): { message: string; fix: string } | undefined {
  const extension = runtimeFacts(runtime)?.extension;
  const contents = packageOf(resource);
  if (extension === undefined || !contents || contents.entries.length === 0) return undefined;
  const stem = handler.slice(0, handler.indexOf("."));
  const file = `${stem}${extension}`;
  if (pathsIn(contents).has(file)) return undefined;
  return {
    message: `handler ${quote(handler)} needs the file ${file} at the root of the package, and there is none`,
    fix: fileFix(
      contents.entries.map(({ path }) => path),
      stem,
      file,
      extension,
    ),
  };
}

function fileFix(paths: readonly string[], stem: string, file: string, extension: string): string {
  const deeper = paths.find((path) => path.endsWith(`/${file}`));
  if (deeper !== undefined) {
    return `package the files of the folder ${deeper.slice(0, -file.length - 1)} so that ${file} lies at the root`;
  }
  const otherEnding = paths.find((path) => path.startsWith(`${stem}.`) && !path.includes("/"));
  if (otherEnding !== undefined) return `the package has ${otherEnding}: the ending must be ${extension}`;
  const candidates = paths.filter((path) => !path.includes("/") && path.endsWith(extension));
  return candidates.length > 0 && candidates.length <= 5
    ? `add ${file}, or name the file that holds the function: the package has ${listed(candidates)}`
    : `add ${file} to the package`;
}
