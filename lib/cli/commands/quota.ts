import * as fs from "node:fs";
import * as path from "node:path";
import {
  parseSnapshot,
  regionOf,
  serializeSnapshot,
  SNAPSHOT_FILE,
  withSnapshot,
  type RegionSnapshot,
} from "../../model/account-snapshot";
import { ScfError } from "../../model/error";
import type { Plan, PlannedProvider } from "../../model/plan";
import { AppModel } from "../../rules/app-model";
import { evaluateAgain } from "../../rules/evaluate";
import { accountAndRegionOf } from "../../rules/identity";
import { groupBy } from "../../rules/per-app";
import { countingRules, quotaTable, share, type RegionQuotas } from "../../rules/quota-table";
import { printAdvice } from "../advice";
import type { Project } from "../project";
import { closestOf, renderQuotas } from "../render/quotas";
import { inspect, readSynthesis, type Inspection } from "../synthesis";
import type { Terminal } from "../terminal";
import { cannotWrite } from "../unwritable";
import { modules } from "./lazy";

export interface QuotaCommandOptions {
  readonly live?: boolean;
  /** A file, relative to the folder of cdktf.json; true for the usual one. */
  readonly save?: string | boolean;
  /** Account id: only stacks whose provider names it. */
  readonly account?: string;
  readonly skipSynth?: boolean;
}

export async function quota(
  project: Project,
  terminal: Terminal,
  options: QuotaCommandOptions,
): Promise<number> {
  const inspection = options.skipSynth ? written(project) : await inspect(project, terminal);
  const plans = inspection.plans.filter(
    ({ provider }) => options.account === undefined || provider.account.uin === options.account,
  );
  requireAccount(inspection.plans, plans, options.account);
  const file = options.save === undefined ? undefined : saveFile(project, options.save);
  const asks = options.live === true || file !== undefined;
  const answers = asks ? await askPlatforms(project, plans) : undefined;
  const findings = answers
    ? evaluateAgain(
        new AppModel(inspection.plans.map((plan) => answered(plan, answers))),
        inspection.findings,
        countingRules,
      )
    : inspection.findings;
  printAdvice(project, { findings, annotations: inspection.annotations });
  if (answers && file) save(file, answers);
  const saved = file?.name;

  const regions = quotaTable(new AppModel(answers ? plans.map((plan) => answered(plan, answers)) : plans));
  const known = answers ?? snapshotsOf(project, plans);
  if (terminal.json) {
    terminal.data(quotasJson(regions, known, answers !== undefined, saved));
  } else {
    terminal.say(
      renderQuotas(regions, {
        style: terminal.style,
        width: terminal.stream.columns,
        sourceOf: (region) => sourceText(region, known, answers !== undefined),
        shareOf: share,
      }),
    );
  }
  if (saved !== undefined) sayHowToUse(terminal, saved, plans);
  else if (regions.length > 0 && !regions.some(({ accountKnown }) => accountKnown)) {
    terminal.say(
      "What the account holds besides is not known: `--live` asks the platform, `--save` keeps the answer for synthesis.",
    );
  }
  const broken = [...findings, ...inspection.annotations.map(({ level }) => ({ severity: level }))].some(
    ({ severity }) => severity === "error",
  );
  return broken || regions.some(({ lines }) => lines.some(({ over }) => over)) ? 1 : 0;
}

function written(project: Project): Inspection {
  const { stacks, findings, annotations, organization } = readSynthesis(project);
  const { guardrails = [] } = organization;
  return { plans: stacks.map(({ plan }) => plan), findings, annotations, guardrails };
}

function requireAccount(all: readonly Plan[], chosen: readonly Plan[], account: string | undefined): void {
  if (account === undefined || chosen.length > 0 || all.length === 0) return;
  const named = [...new Set(all.flatMap(({ provider }) => provider.account.uin ?? []))].sort();
  throw new ScfError("ACCOUNT_UNKNOWN", `No stack of the program names account ${account}.`, {
    fix: named.length === 0 ? "Leave out --account." : `They name: ${named.join(", ")}.`,
  });
}

/** What the platforms answer, by account and region. */
type Answers = ReadonlyMap<string, RegionSnapshot>;

async function askPlatforms(project: Project, plans: readonly Plan[]): Promise<Answers> {
  requireOneAccount(plans);
  const answers = new Map<string, RegionSnapshot>();
  for (const [key, members] of groupBy(plans, accountAndRegionOf)) {
    const provider = providerOf(members);
    if (!provider) continue;
    const platform = await modules.platform().openPlatform(provider, project.directory);
    try {
      answers.set(key, await modules.account().readRegion(platform, provider.account.uin));
    } finally {
      await platform.close();
    }
  }
  return answers;
}

/**
 * The platform that all stacks of an account and region name, without what an earlier snapshot said: a local platform
 * would repeat it.
 *
 * @throws ScfError `PLATFORM_AMBIGUOUS`
 */
function providerOf(plans: readonly Plan[]): PlannedProvider | undefined {
  const platforms = groupBy(plans, ({ provider: { platform } }) =>
    platform.type === "local" ? `local ${platform.path}` : `cloud ${platform.endpoint ?? ""}`,
  );
  const [first, second] = [...platforms.values()].map(([plan]) => plan);
  if (first && second) {
    throw new ScfError(
      "PLATFORM_AMBIGUOUS",
      `Stacks ${first.stack} and ${second.stack} deploy to one account and region, ${first.provider.region}, on different platforms.`,
      { fix: "Give the account of one of them another `uin`, so that they are counted apart." },
    );
  }
  if (!first) return undefined;
  const { reportedQuotas: _, ...provider } = first.provider;
  return provider;
}

/** @throws ScfError `ACCOUNT_AMBIGUOUS`: the credentials are those of one account */
function requireOneAccount(plans: readonly Plan[]): void {
  const cloud = plans.filter(({ provider }) => provider.platform.type === "tencentcloud");
  const accounts = [...new Set(cloud.map(({ provider }) => provider.account.uin ?? ""))].sort();
  if (accounts.length < 2) return;
  throw new ScfError(
    "ACCOUNT_AMBIGUOUS",
    "The program deploys to several accounts, and the credentials in the environment are those of one.",
    {
      fix: `Ask for one at a time, with its credentials: \`--account ${accounts.find((account) => account !== "") ?? ""}\`.`,
    },
  );
}

/** The plan with what the platform has answered, instead of what a snapshot says. */
function answered(plan: Plan, answers: Answers): Plan {
  const answer = answers.get(accountAndRegionOf(plan));
  if (!answer) return plan;
  const { snapshot, ...account } = plan.provider.account;
  // What is no name of a file is still to be reported.
  const kept = typeof snapshot === "string" ? account : plan.provider.account;
  return withSnapshot({ ...plan, provider: { ...plan.provider, account: kept } }, answer);
}

interface SaveFile {
  /** As people name it. */
  readonly name: string;
  readonly path: string;
  /** What is in it already. */
  readonly regions: readonly RegionSnapshot[];
}

const ANOTHER_FILE = "Choose another file: `--save <file>`.";

/**
 * Looks at the file before the platform is asked. One that is no snapshot is not written over: it may be something else
 * that somebody needs.
 *
 * @throws ScfError `UNWRITABLE`, `SNAPSHOT_DAMAGED`, `SNAPSHOT_VERSION`
 */
function saveFile(project: Project, option: string | boolean): SaveFile {
  const name = typeof option === "string" ? option || "." : SNAPSHOT_FILE;
  const file = path.resolve(project.directory, name);
  const folder = path.dirname(file);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw cannotWrite(name, `there is no folder ${path.dirname(name)}`, ANOTHER_FILE);
  }
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    // A link stays one: what it leads to is written.
    const target = fs.existsSync(file) ? fs.realpathSync(file) : file;
    if (target === file && !fs.existsSync(file)) return { name, path: file, regions: [] };
    fs.accessSync(target, fs.constants.W_OK);
    return { name, path: target, regions: parseSnapshot(fs.readFileSync(target, "utf8"), name).regions };
  } catch (cause) {
    if (ScfError.is(cause)) throw cause;
    throw cannotWrite(name, cause, ANOTHER_FILE);
  }
}

/** What the file says of other accounts and regions stays. Whoever reads it sees the old one or the new one whole. */
function save(file: SaveFile, answers: Answers): void {
  const answer = [...answers.values()];
  const isNew = (entry: RegionSnapshot): boolean =>
    answer.some(({ region, uin }) => region === entry.region && uin === entry.uin);
  const kept = file.regions.filter((entry) => !isNew(entry));
  const partial = `${file.path}.${process.pid}.partial`;
  try {
    fs.writeFileSync(partial, serializeSnapshot([...kept, ...answer]));
    fs.renameSync(partial, file.path);
  } catch (cause) {
    fs.rmSync(partial, { force: true });
    throw cannotWrite(file.name, cause, ANOTHER_FILE);
  }
}

/** The entries of the snapshots that the plans count with, by account and region. */
function snapshotsOf(project: Project, plans: readonly Plan[]): Answers {
  const entries = new Map<string, RegionSnapshot>();
  for (const { provider, existing } of plans) {
    const { snapshot } = provider.account;
    if (snapshot === undefined || !existing) continue;
    const text = readIfThere(path.resolve(project.directory, snapshot));
    if (text === undefined) continue;
    // A snapshot holds for all stacks of an account, whichever of them names it.
    const parsed = parseSnapshot(text, snapshot);
    for (const plan of plans) {
      const entry = regionOf(parsed, plan.provider);
      const key = accountAndRegionOf(plan);
      if (entry && !entries.has(key)) entries.set(key, entry);
    }
  }
  return entries;
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    // The plan was made with it; without it only its time is not known.
    return undefined;
  }
}

function sourceText(region: RegionQuotas, known: Answers, live: boolean): string | undefined {
  if (!region.accountKnown) return undefined;
  const entry = known.get(`${region.uin}|${region.region}`);
  if (live) return "account as it is now";
  return entry
    ? `account as of ${entry.takenAt.slice(0, 16).replace("T", " ")} UTC`
    : "account of a snapshot";
}

function sayHowToUse(terminal: Terminal, saved: string, plans: readonly Plan[]): void {
  terminal.say(`Saved in ${saved}.`);
  const unaware = [...groupBy(plans, accountAndRegionOf).values()].filter(
    (members) => !members.some(({ provider }) => provider.account.snapshot === saved),
  );
  const stacks = unaware.flatMap(([first]) => (first ? [first.stack] : []));
  if (stacks.length === 0) return;
  terminal.say(
    `Synthesis counts with it where the provider names it, as that of ${stacks.join(", ")} does not: account: { snapshot: ${JSON.stringify(saved)} }.`,
  );
}

function quotasJson(
  regions: readonly RegionQuotas[],
  known: Answers,
  live: boolean,
  saved: string | undefined,
): object {
  const closest = closestOf(regions, share);
  return {
    regions: regions.map(({ region, uin, accountKnown, lines }) => ({
      region,
      ...(uin === "" ? {} : { uin }),
      source: !accountKnown ? "program" : live ? "live" : "snapshot",
      ...timeOf(known.get(`${uin}|${region}`)),
      quotas: lines.map((line) => ({
        ...line,
        account: line.account ?? null,
        program: line.program ?? null,
      })),
    })),
    closest: closest ? { region: closest.region.region, quota: closest.line.name } : null,
    ...(saved === undefined ? {} : { saved }),
  };
}

function timeOf(entry: RegionSnapshot | undefined): { takenAt?: string } {
  return entry ? { takenAt: entry.takenAt } : {};
}
