import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { FINDINGS_FILE, KEEP_REFUSED_PLANS, PLAN_FILE, parsePlan, type Plan } from "../model/plan";
import type { Finding } from "../rules/finding";
import type { GuardrailDescription } from "../rules/guardrail-description";
import type { FindingsReport } from "../rules/report";
import { makeFolder } from "./make-folder";
import { runInChild } from "./program/child-process";
import { inProcessProgram } from "./program/command-line";
import { isFindings } from "./program/failure";
import { runInProcess } from "./program/in-process";
import type { Project } from "./project";
import { inTurn } from "./synthesis-turn";
import type { Terminal } from "./terminal";
import { cannotWrite } from "./unwritable";

const MANIFEST_FILE = "manifest.json";

export interface SynthesizedStack {
  readonly name: string;
  readonly planFile: string;
  readonly plan: Plan;
}

/** What a program wrote. */
export interface Synthesis {
  /** The stacks that have a plan, as the program declares them. */
  readonly stacks: readonly SynthesizedStack[];
  /** Stacks without anything of ours: Terraform deploys them. */
  readonly terraformStacks: readonly string[];
  readonly findings: readonly Finding[];
  readonly annotations: readonly Annotation[];
  readonly organization: SaidByOrganization;
}

/** What a program's organization had a part in; absent where it had none. */
export type SaidByOrganization = Pick<FindingsReport, "given" | "guardrails">;

/** What a construct says through cdktf's own annotations. */
export interface Annotation {
  readonly level: "info" | "warn" | "error";
  readonly address: string;
  readonly message: string;
}

/** Thrown when a rule is broken or an error annotation was found, with all of them. */
export class SynthesisRefused extends ScfError {
  constructor(
    readonly project: Project,
    readonly findings: readonly Finding[],
    readonly annotations: readonly Annotation[],
  ) {
    super("FINDINGS", "The program breaks rules of the platform.");
  }
}

/**
 * Runs the program of a project and reads back what it wrote.
 *
 * @throws SynthesisRefused when what it declares is wrong
 * @throws ScfError when the program fails, or never synthesizes
 */
export async function synthesize(project: Project, terminal: Terminal): Promise<Synthesis> {
  prepare(project.output);
  const waiting = (processId: number): void =>
    terminal.warn(`Waiting for process ${processId}, which is writing into ${project.output}.`);
  return inTurn(project.output, waiting, () => synthesizeNow(project, terminal));
}

/** What a program declares, whether it breaks rules or not. */
export interface Inspection {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
  readonly annotations: readonly Annotation[];
  readonly guardrails: readonly GuardrailDescription[];
}

/**
 * Runs the program of a project to look at what it declares. Nothing is written into the project, and plans that break
 * rules are looked at as well.
 *
 * @throws ScfError when the program fails, or never synthesizes
 */
export async function inspect(project: Project, terminal: Terminal): Promise<Inspection> {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-inspect-"));
  try {
    const { stacks, findings, annotations, organization } = await synthesizeNow(
      { ...project, output },
      terminal,
      { [KEEP_REFUSED_PLANS]: "1" },
    );
    const { guardrails = [] } = organization;
    return { plans: stacks.map(({ plan }) => plan), findings, annotations, guardrails };
  } catch (error) {
    if (!(error instanceof SynthesisRefused)) throw error;
    const { findings, annotations } = error;
    const { guardrails = [] } = saidByOrganization(stackDirectories(output).map(readReport));
    return { plans: refusedPlans(output), findings, annotations, guardrails };
  } finally {
    fs.rmSync(output, { recursive: true, force: true });
  }
}

function refusedPlans(output: string): Plan[] {
  return stackDirectories(output)
    .sort()
    .flatMap((directory) => {
      const file = path.join(directory, PLAN_FILE);
      const text = readIfThere(file);
      return text === undefined ? [] : [parsePlan(text, file)];
    });
}

async function synthesizeNow(
  project: Project,
  terminal: Terminal,
  environment: Readonly<Record<string, string>> = {},
): Promise<Synthesis> {
  clear(project.output);
  const options = {
    directory: project.directory,
    environment: {
      CDKTF_OUTDIR: project.output,
      // All annotations are collected, not only those of the first stack that has an error.
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
      CDKTF_CONTEXT_JSON: contextJson(project),
      ...environment,
    },
    quiet: terminal.json,
  };
  const program = inProcessProgram(project.app, project.directory);
  try {
    if (program) await runInProcess(program, options);
    else process.stderr.write(await runInChild(project.app, options));
  } catch (error) {
    throw refusedIn(error, project);
  }
  if (!fs.existsSync(path.join(project.output, MANIFEST_FILE))) {
    const nothing = `The program ended without writing anything to ${project.output}.`;
    const fix = "End it with `app.synth()`, on an App that has no `outdir` of its own.";
    throw refusedIn(new ScfError("PROGRAM_NEVER_SYNTHESIZES", nothing, { fix }), project);
  }
  const synthesis = readSynthesis(project);
  if (synthesis.annotations.some((annotation) => annotation.level === "error")) {
    if (!(KEEP_REFUSED_PLANS in environment)) removePlans(project.output);
    throw new SynthesisRefused(project, synthesis.findings, synthesis.annotations);
  }
  return synthesis;
}

/**
 * What the last synthesis wrote.
 *
 * @throws ScfError `NOT_SYNTHESIZED` when there is none, `PLAN_DAMAGED` when it cannot be read
 */
export function readSynthesis(project: Project): Synthesis {
  const stacks: SynthesizedStack[] = [];
  const terraformStacks: string[] = [];
  const findings = new Map<string, Finding>();
  const reports: StackReport[] = [];
  const annotations: Annotation[] = [];
  for (const [name, stack] of Object.entries(readManifest(project))) {
    const directory = path.join(project.output, "stacks", name);
    const planFile = path.join(directory, PLAN_FILE);
    const text = readIfThere(planFile);
    if (text === undefined) terraformStacks.push(name);
    else stacks.push({ name, planFile, plan: readPlan(text, planFile, name) });
    // A finding about two stacks stands in the reports of both.
    const report = readReport(directory);
    reports.push(report);
    for (const finding of report.findings) findings.set(JSON.stringify(finding), finding);
    for (const { level, constructPath, message } of stack.annotations ?? []) {
      annotations.push({
        level: level.replace("@cdktf/", "") as Annotation["level"],
        address: constructPath,
        message,
      });
    }
  }
  const organization = saidByOrganization(reports);
  return { stacks, terraformStacks, findings: [...findings.values()], annotations, organization };
}

interface ManifestStack {
  readonly annotations?: readonly { level: string; constructPath: string; message: string }[];
}

function readManifest(project: Project): Readonly<Record<string, ManifestStack>> {
  const file = path.join(project.output, MANIFEST_FILE);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new ScfError("NOT_SYNTHESIZED", `Nothing has been synthesized into ${project.output} yet.`, {
      fix: "Run `cdktf-scf synth` first, or leave out --skip-synth.",
    });
  }
  try {
    const manifest = JSON.parse(text) as { stacks: Record<string, ManifestStack> };
    if (typeof manifest.stacks === "object" && manifest.stacks !== null) return manifest.stacks;
  } catch {
    // Said below.
  }
  throw new ScfError("PLAN_DAMAGED", `${file} is damaged.`, {
    fix: "Run `cdktf-scf synth` to write it again.",
  });
}

function readPlan(text: string, file: string, stack: string): Plan {
  const plan = parsePlan(text, file);
  if (plan.stack === stack) return plan;
  throw new ScfError("PLAN_DAMAGED", `${file} is the plan of stack ${plan.stack}, not of ${stack}.`, {
    fix: "Run `cdktf-scf synth` to write it again.",
  });
}

type StackReport = Pick<FindingsReport, "findings" | "given" | "guardrails">;

function readReport(directory: string): StackReport {
  try {
    const text = readIfThere(path.join(directory, FINDINGS_FILE));
    return text === undefined ? { findings: [] } : (JSON.parse(text) as StackReport);
  } catch {
    // The report is for reading only: the plan beside it says whether it was validated.
    return { findings: [] };
  }
}

/** The guardrails of the app stand in the reports of all of its stacks. */
function saidByOrganization(reports: readonly StackReport[]): SaidByOrganization {
  const guardrails = new Map<string, GuardrailDescription>();
  for (const report of reports) {
    for (const guardrail of report.guardrails ?? []) guardrails.set(guardrail.id, guardrail);
  }
  const given = reports.flatMap((report) => report.given ?? []);
  return {
    ...(given.length > 0 ? { given } : {}),
    ...(guardrails.size > 0 ? { guardrails: [...guardrails.values()] } : {}),
  };
}

/** When the program failed for what the rules found, the findings; otherwise what it failed with. */
function refusedIn(error: unknown, project: Project): unknown {
  if (isFindings(error)) {
    return new SynthesisRefused(project, (error as Partial<SynthesisRefused>).findings ?? [], []);
  }
  const written = stackDirectories(project.output).flatMap((directory) => readReport(directory).findings);
  const unique = [...new Map(written.map((finding) => [JSON.stringify(finding), finding])).values()];
  return unique.some((finding) => finding.severity === "error")
    ? new SynthesisRefused(project, unique, [])
    : error;
}

/** What cdktf-cli hands over: cdktf.json's context wins over the environment's. */
function contextJson(project: Project): string {
  const inherited = process.env.CDKTF_CONTEXT_JSON;
  try {
    const context = inherited === undefined ? {} : (JSON.parse(inherited) as Record<string, unknown>);
    return JSON.stringify({ ...context, ...project.context });
  } catch {
    throw new ScfError("CONTEXT_DAMAGED", "The variable CDKTF_CONTEXT_JSON is not JSON.", {
      fix: "Unset it, or set it to a JSON object.",
    });
  }
}

/** Takes away what an earlier run wrote, so that nothing old is taken for something new. */
function prepare(output: string): void {
  try {
    makeFolder(output);
    fs.accessSync(output, fs.constants.W_OK);
  } catch (cause) {
    throw cannotWrite(output, cause, "Choose another folder with --output, or as `output` in cdktf.json.");
  }
}

function clear(output: string): void {
  try {
    fs.rmSync(path.join(output, MANIFEST_FILE), { force: true });
    removePlans(output);
  } catch (cause) {
    throw cannotWrite(output, cause, "Choose another folder with --output, or as `output` in cdktf.json.");
  }
}

function removePlans(output: string): void {
  for (const directory of stackDirectories(output)) {
    fs.rmSync(path.join(directory, PLAN_FILE), { force: true });
    fs.rmSync(path.join(directory, FINDINGS_FILE), { force: true });
  }
}

function stackDirectories(output: string): string[] {
  const stacks = path.join(output, "stacks");
  try {
    return fs.readdirSync(stacks).map((name) => path.join(stacks, name));
  } catch {
    return [];
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ScfError("PLAN_DAMAGED", `${file} cannot be read: ${(error as Error).message}.`, {
      fix: "Run `cdktf-scf synth` to write it again.",
      cause: error,
    });
  }
}
