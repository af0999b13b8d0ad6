import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";
import type { FoundImport, ImportProblem, ImportRequest, ImportSummary } from "../../reconciler/import";
import type { Kind } from "../../kinds/kind";
import { approved } from "../approval";
import { chosenStacks } from "../chosen-stacks";
import { Interruption, INTERRUPTED } from "../interruption";
import type { Project } from "../project";
import { openReconciler, requirePlatform, stateOf } from "../reconciliation";
import { recordedStacks } from "../recorded-stacks";
import { changeJson } from "../render/difference";
import { describeProblem, renderFound, type Sentences } from "../render/imports";
import { count } from "../render/text";
import type { SynthesizedStack } from "../synthesis";
import type { Terminal } from "../terminal";
import type { ImportOptions } from "./import-options";
import { modules } from "./lazy";

interface StackResult {
  readonly stack: string;
  readonly found: readonly FoundImport[];
  readonly done: readonly string[];
  readonly summary?: ImportSummary;
  readonly interrupted: boolean;
}

/** Brings objects that exist under the management of the constructs that declare them. */
export async function importObjects(
  project: Project,
  terminal: Terminal,
  words: readonly string[],
  options: ImportOptions,
): Promise<number> {
  refuseOthers(options);
  const requests = options.from === undefined ? inPairs(words) : fromFile(options.from, words);
  const stacks = await chosenStacks(project, terminal, ["*"], options);
  const byStack = groupByStack(requests, stacks);
  for (const stack of byStack.keys()) requirePlatform(stack.plan.provider);
  const results: StackResult[] = [];
  for (const [stack, its] of byStack) {
    const result = await importInto(project, terminal, stack, its, options);
    results.push(result);
    if (!result.summary || result.summary.failed || result.interrupted) break;
  }
  if (requests.length === 0) terminal.say(`There is nothing to import in ${options.from ?? ""}.`);
  if (terminal.json) terminal.data({ stacks: results.map(resultJson) });
  if (results.some(({ interrupted }) => interrupted)) return INTERRUPTED;
  return results.some(({ summary }) => !summary || summary.failed) ? 1 : 0;
}

async function importInto(
  project: Project,
  terminal: Terminal,
  stack: SynthesizedStack,
  requests: readonly ImportRequest[],
  options: ImportOptions,
): Promise<StackResult> {
  const reconciler = openReconciler(project, {
    name: stack.name,
    synthesized: stack,
    onEvent: (event) => {
      if (event.type === "warning") terminal.warn(`${terminal.style.yellow("Warning:")} ${event.message}`);
    },
  });
  const request = {
    requests,
    ...(options.takeOver ? { takeOver: true } : {}),
    others: otherStates(project, stack.name),
  };
  try {
    const findings = await reconciler.findImports(request);
    const { found, done } = findings;
    // A list is worked through again after it was cut off; a single object that is there already is a mistake.
    const repeated = options.from === undefined ? done.map(alreadyDone) : [];
    refuse([
      ...findings.problems.map((problem) => describeProblem(problem, stack.plan.provider.region)),
      ...repeated,
    ]);
    const kinds = modules.kinds().kinds as Readonly<Record<string, Kind>>;
    terminal.say(renderFound(findings, terminal.style, (kind) => kinds[kind]?.import?.mark !== undefined));
    const nothing = { stack: stack.name, found, done, interrupted: false };
    if (found.length === 0) return { ...nothing, summary: { imported: [] } };
    terminal.say("");
    const question = `Import ${count(found.length, "object")} into ${stack.name}?`;
    if (!(await approved(terminal, "import", question, options.autoApprove))) {
      terminal.say("Nothing was changed.");
      return nothing;
    }
    const interruption = new Interruption(() => terminal.say("Stopping after the object in progress."));
    try {
      const summary = await reconciler.import(findings, { ...request, signal: interruption.signal });
      say(terminal, stack.name, found, summary);
      return { ...nothing, summary, interrupted: interruption.happened };
    } finally {
      interruption.end();
    }
  } finally {
    await reconciler.close();
  }
}

function say(
  terminal: Terminal,
  stack: string,
  found: readonly FoundImport[],
  { imported, failed }: ImportSummary,
): void {
  const { style } = terminal;
  terminal.say(`${style.bold(`${stack}:`)} ${imported.length} imported.`);
  if (failed) {
    terminal.say(`${style.red("Error:")} ${failed.address}: ${failed.message}`);
    if (failed.fix !== undefined) terminal.say(failed.fix);
    if (imported.length > 0)
      terminal.say("What was imported is recorded: leave it out, or use --from, which does.");
  }
  const changing = found.filter(({ address, next }) => next && imported.includes(address)).length;
  if (changing > 0) {
    const what =
      changing === 1 ? "One of them is not as declared" : `${changing} of them are not as declared`;
    terminal.say(`${what}: look at \`cdktf-scf diff\` before you deploy.`);
  }
}

function resultJson({ stack, found, done, summary }: StackResult): object {
  return {
    stack,
    found: found.map(({ next, ...one }) => ({ ...one, ...(next ? { next: changeJson(next) } : {}) })),
    importedBefore: done,
    imported: summary?.imported ?? [],
    ...(summary?.failed ? { failed: summary.failed } : {}),
  };
}

/** @throws ScfError with all that stands in the way, when anything does */
function refuse(problems: readonly Sentences[]): void {
  const [first, ...others] = problems;
  if (!first) return;
  if (others.length === 0) throw new ScfError("IMPORT_REFUSED", first.message, { fix: first.fix });
  const lines = problems.flatMap(({ message, fix }) => [`  ${message}`, ...(fix ? [`    ${fix}`] : [])]);
  throw new ScfError(
    "IMPORT_REFUSED",
    `${problems.length} objects cannot be imported:\n${lines.join("\n")}`,
    {
      fix: "Nothing was imported into this stack. Correct these, or leave them out.",
    },
  );
}

function alreadyDone(address: string): Sentences {
  return {
    message: `${address} is recorded already, as just this object.`,
    fix: `\`cdktf-scf state show ${address}\` shows it; there is nothing to import.`,
  };
}

function groupByStack(
  requests: readonly ImportRequest[],
  stacks: readonly SynthesizedStack[],
): Map<SynthesizedStack, ImportRequest[]> {
  const groups = new Map<SynthesizedStack, ImportRequest[]>();
  const problems: ImportProblem[] = [];
  const addresses = stacks.flatMap(({ plan }) => plan.resources.map(({ address }) => address));
  const known = new Set(addresses);
  const owners = new Map(stacks.map((stack) => [stack.name, stack]));
  const byStack = new Map<string, ImportRequest[]>();
  for (const request of requests) {
    if (!known.has(request.address)) {
      problems.push({ ...request, problem: "address", addresses });
      continue;
    }
    const name = request.address.split("/", 1)[0] ?? "";
    byStack.set(name, [...(byStack.get(name) ?? []), request]);
  }
  refuse(problems.map((problem) => describeProblem(problem, "")));
  // In the order of the stacks: each after those that it refers to.
  for (const [name, stack] of owners) {
    const its = byStack.get(name);
    if (its) groups.set(stack, its);
  }
  return groups;
}

function otherStates(project: Project, stack: string) {
  return recordedStacks(project)
    .filter((name) => name !== stack)
    .flatMap((name) => stateOf(project, name) ?? []);
}

/** What would be without effect is a mistake. */
function refuseOthers(options: ImportOptions): void {
  const names = ["stack", "out", "region", "account", "local", "endpoint", "withEnvironment"] as const;
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const option = `--${given === "withEnvironment" ? "with-environment" : given}`;
  throw new ScfError("IMPORT_ARGUMENTS", `${option} belongs to --all.`, {
    fix: "Everything else about what is imported stands in the program.",
  });
}

function inPairs(words: readonly string[]): ImportRequest[] {
  if (words.length === 0 || words.length % 2 !== 0) {
    const odd = words.length === 0 ? "It is not said what to import" : `${words.at(-1) ?? ""} has no id`;
    throw new ScfError("IMPORT_ARGUMENTS", `${odd}: an address of the program and an id belong together.`, {
      fix: "Write `cdktf-scf import shop/orders default/orders`, or give a file with --from, or --all for a whole region.",
    });
  }
  return words.flatMap((address, index) =>
    index % 2 === 0 ? [{ address, id: words[index + 1] ?? "" }] : [],
  );
}

/** @throws ScfError `IMPORT_FILE` */
function fromFile(file: string, words: readonly string[]): ImportRequest[] {
  const absolute = path.resolve(file);
  const damaged = (what: string): ScfError =>
    new ScfError("IMPORT_FILE", `${absolute} cannot be used: ${what}.`, {
      fix: 'It has to be a JSON list such as [{ "address": "shop/orders", "id": "default/orders" }].',
    });
  if (words.length > 0) {
    throw new ScfError("IMPORT_ARGUMENTS", "Addresses and --from exclude each other.", {
      fix: "Put everything into the file, or everything on the command line.",
    });
  }
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(absolute, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw damaged(code === "ENOENT" ? "it is not there" : code === "EISDIR" ? "it is a folder" : message);
  }
  if (!Array.isArray(content)) throw damaged("it is not a list");
  return content.map((entry: unknown, index) => {
    const { address, id } = (entry ?? {}) as Partial<ImportRequest>;
    if (typeof address === "string" && typeof id === "string") return { address, id };
    throw damaged(`entry ${index + 1} does not have an \`address\` and an \`id\``);
  });
}
