import { createHash } from "node:crypto";
import { ScfError } from "../model/error";
import type {
  AliasProperties,
  OpenRelease,
  PlannedRelease,
  PlannedRouting,
  PlannedStep,
} from "../model/resources/alias";
import { canonicalJson, sameValue } from "../model/value";
import { PutBack, type GateResult, type OperationContext } from "./kind";

/** Where an alias sends requests. */
export interface Position {
  readonly version: string;
  readonly routing: PlannedRouting | undefined;
}

type Rejection = NonNullable<OpenRelease["rejection"]>;

/** What a release needs of the alias that it moves. */
export interface ReleasedAlias {
  readonly wanted: AliasProperties & { readonly release: PlannedRelease };
  /** Where it stands: that is how far the release has come. */
  readonly position: Position;
  /** What is recorded of a release before. */
  readonly open: OpenRelease | undefined;
  /** Sends requests there, and waits until a read shows it. */
  readonly route: (position: Position) => Promise<void>;
  /** Instances of versions; undefined where the alias has none. */
  readonly instances:
    { start(version: string): Promise<void>; stop(version: string): Promise<void> } | undefined;
}

/** The alias for people: `default/orders:live`. */
export function aliasName({ namespace, functionName, name }: AliasProperties): string {
  return `${namespace}/${functionName}:${name}`;
}

/** Tells whether two releases have the same steps. */
export function stepsHash({ steps }: PlannedRelease): string {
  return createHash("sha256").update(canonicalJson(steps)).digest("hex").slice(0, 16);
}

/** Whether a release of the version was put back with just these steps. */
export function isRejected(
  open: OpenRelease | null | undefined,
  version: string | undefined,
  release: PlannedRelease | undefined,
): open is OpenRelease & { readonly rejection: Rejection } {
  return (
    open?.rejection !== undefined &&
    release !== undefined &&
    open.to === version &&
    open.steps === stepsHash(release)
  );
}

/**
 * Position in the steps of an alias that is on its way to a version: the first while it sends nothing there. Where the steps
 * have changed since, the last one that does not send more there than it does now.
 */
export function firstStep(steps: readonly PlannedStep[], { routing }: Position, version: string): number {
  if (routing?.type !== "weighted" || routing.version !== version) return 0;
  const { percent } = routing;
  // Steps rise.
  return Math.max(0, steps.filter((step) => step.percent <= percent).length - 1);
}

/**
 * Carries an alias to the wanted version step by step, from where it stands.
 *
 * @throws PutBack `RELEASE_ROLLED_BACK` when a gate fails; all requests go to the version before then
 * @throws ScfError `INTERRUPTED`
 */
export async function release(context: OperationContext, alias: ReleasedAlias): Promise<void> {
  const { wanted, position, open, instances } = alias;
  const { steps } = wanted.release;
  if (isRejected(open, wanted.version, wanted.release)) return putBack(context, alias, open);
  const course: OpenRelease = {
    from: position.version,
    to: wanted.version,
    steps: stepsHash(wanted.release),
  };
  if (!sameValue(open, course)) await context.record({ openRelease: { ...course } });
  if (instances) await instances.start(course.to);
  const first = firstStep(steps, position, course.to);
  for (let index = first; index < steps.length; index++) {
    await take(context, alias, course, index);
    // Nothing goes to a version that an earlier release was about any more.
    if (index === first && instances) await stopAll(instances, leftOf(open, course));
  }
  await alias.route({ version: course.to, routing: undefined });
  if (instances) await stopAll(instances, [course.from]);
}

async function take(
  context: OperationContext,
  alias: ReleasedAlias,
  course: OpenRelease,
  index: number,
): Promise<void> {
  const { wanted, position } = alias;
  const { steps } = wanted.release;
  const { percent, waitSeconds, gate } = steps[index] as PlannedStep;
  const routing = { type: "weighted", version: course.to, percent: readPercent(percent) } as const;
  const step = index + 1;
  const tell = (detail: string): void => context.progress({ step, steps: steps.length, detail });
  const share = `${percent} % to version ${course.to}`;
  tell(share);
  try {
    if (!sameValue(position.routing, routing)) await alias.route({ version: course.from, routing });
    if (waitSeconds > 0) tell(`${share}, for ${time(waitSeconds)}`);
    await context.rest(waitSeconds * 1000);
    if (!gate) return;
    tell(`${share}, gate \`${gate.command}\``);
    const result = await context.gate({
      command: gate.command,
      timeoutMs: gate.timeoutSeconds * 1000,
      environment: gateEnvironment(context, wanted, course, index),
    });
    if (result.passed) return;
    const { command } = gate;
    const rejection = { step, of: steps.length, percent, command, outcome: result.outcome };
    const rejected = { ...course, rejection };
    await context.record({ openRelease: rejected });
    await putBack(context, alias, rejected, result);
  } catch (error) {
    throw isInterruption(error) ? stopped(wanted, share, step, steps.length, error) : error;
  }
}

/** A percentage as it is read back: the platform keeps fractions. */
function readPercent(percent: number): number {
  return Math.round(percent * 1e6) / 1e6;
}

/** What a gate is told of the step that it judges. */
function gateEnvironment(
  context: OperationContext,
  wanted: ReleasedAlias["wanted"],
  { from, to }: OpenRelease,
  index: number,
): Readonly<Record<string, string>> {
  return {
    SCF_REGION: context.region,
    SCF_NAMESPACE: wanted.namespace,
    SCF_FUNCTION: wanted.functionName,
    SCF_ALIAS: wanted.name,
    SCF_OLD_VERSION: from,
    SCF_NEW_VERSION: to,
    SCF_STEP: String(index + 1),
    SCF_PERCENT: String(wanted.release.steps[index]?.percent),
  };
}

/** Sends all requests to the version before. What is recorded by now has a run that follows do the same. */
async function putBack(
  context: OperationContext,
  { wanted, route, instances }: ReleasedAlias,
  open: OpenRelease & { readonly rejection: Rejection },
  result?: GateResult,
): Promise<never> {
  const { step, of } = open.rejection;
  context.progress({ step, steps: of, detail: `everything back to version ${open.from}` });
  await route({ version: open.from, routing: undefined });
  if (instances) await instances.stop(open.to);
  const failure = new ScfError(
    "RELEASE_ROLLED_BACK",
    `The release of ${aliasName(wanted)} from version ${open.from} to version ${open.to} was rolled back ${reason(open.rejection)}. ` +
      `All requests go to version ${open.from} again.${printed(result?.output ?? "")}`,
    { fix: `${whatNext(open)}.` },
  );
  throw new PutBack(failure, { version: open.from, routing: null }, { openRelease: { ...open } });
}

/** Why an alias stays where it is, with every comparison. */
export function heldSentence(alias: AliasProperties, open: OpenRelease & { readonly rejection: Rejection }) {
  return (
    `${aliasName(alias)} stays on version ${open.from}: the release of version ${open.to} was rolled back ` +
    `${reason(open.rejection)}. ${whatNext(open)}.`
  );
}

function reason({ step, of, percent, command, outcome }: Rejection): string {
  return `at step ${step} of ${of} (${percent} %), because gate \`${command}\` failed: ${outcome}`;
}

function whatNext({ to }: OpenRelease): string {
  return (
    "Correct the function, which publishes and releases another version, or change the steps of the release; " +
    `\`cdktf-scf deploy --retry-releases\` tries version ${to} again`
  );
}

function printed(output: string): string {
  const text = output.trimEnd();
  return text === "" ? " The gate printed nothing." : `\n  The gate printed:\n${text.replace(/^/gm, "    ")}`;
}

function isInterruption(error: unknown): error is ScfError {
  return ScfError.is(error) && error.code === "INTERRUPTED";
}

function stopped(alias: AliasProperties, share: string, step: number, of: number, cause: ScfError): ScfError {
  return new ScfError(
    cause.code,
    `The run was stopped. The release of ${aliasName(alias)} stays at step ${step} of ${of}: ${share}.`,
    { fix: "Deploy again: the release goes on with this step.", cause },
  );
}

/** The versions of an earlier release that this one is not about. */
export function leftOf(
  open: OpenRelease | undefined,
  { from, to }: Pick<OpenRelease, "from" | "to">,
): readonly string[] {
  return open ? [open.from, open.to].filter((version) => version !== from && version !== to) : [];
}

async function stopAll(
  instances: NonNullable<ReleasedAlias["instances"]>,
  versions: readonly string[],
): Promise<void> {
  for (const version of versions) await instances.stop(version);
}

/** The steps from where an alias stands, for people who are to agree to them. */
export function describeSteps(
  {
    release: { steps },
    version,
    provisioned,
  }: Partial<AliasProperties> & { readonly release: PlannedRelease },
  position: Position,
): readonly string[] {
  const first = version === undefined ? 0 : firstStep(steps, position, version);
  const old = position.version;
  const target = version === undefined ? "the new version" : `version ${version}`;
  const instances = provisioned === undefined ? undefined : `${provisioned} instances`;
  return [
    `release from version ${old} in ${steps.length} step${steps.length === 1 ? "" : "s"}${first > 0 ? `, continued at step ${first + 1}` : ""}:`,
    ...(instances === undefined ? [] : [`   start ${instances} of ${target}`]),
    ...steps.flatMap((step, index) => (index < first ? [] : [`${index + 1}. ${describeStep(step, target)}`])),
    `   then everything to ${target}${instances === undefined ? "" : `, and give back the instances of version ${old}`}`,
    ...(steps.some(({ gate }) => gate) ? [`   a gate that fails: everything back to version ${old}`] : []),
  ];
}

function describeStep({ percent, waitSeconds, gate }: PlannedStep, target: string): string {
  return [
    `${percent} % to ${target}`,
    ...(waitSeconds > 0 ? [`wait ${time(waitSeconds)}`] : []),
    ...(gate ? [`gate \`${gate.command}\` (at most ${time(gate.timeoutSeconds)})`] : []),
  ].join(", ");
}

/** `90 s`, `10 min`, `2 h`. */
function time(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
