import type { Kind, Live } from "../kinds/kind";
import { byAddress, planHash, type Plan } from "../model/plan";
import { overlaid, sameValue, type Properties, type Value } from "../model/value";
import { concealAll, type Concealment } from "./concealment";
import { takenOverWarning } from "./conflict";
import { attributeAfter, decide, known, LEFT_UNFINISHED, type Decision, type Findings } from "./decision";
import type { Change, Difference, Retained } from "./difference";
import type { NewEntry } from "./journal-record";
import { heldBack, withHeld } from "./held";
import { identityOf } from "./identity";
import { isProtected, protectedError, recordedLifecycle, sameLifecycle } from "./lifecycle";
import { findMoves, movedSentence } from "./moves";
import { buildGraph, inStartingOrder } from "./operation-graph";
import { belonging, claimOf } from "./owner";
import { inOrder, type OrderedResource } from "./plan-order";
import { readAll, recoverAll } from "./read-all";
import { Wanted, type WantedResource } from "./resolve";
import type { Session } from "./session";
import type { Leftover, RecordedResource, UnfinishedOperation } from "./state";
import type { StateFold } from "./state-fold";
import { selectedOutputs, selectTargets, takenAlong } from "./targets";
import { compareOutputs, resolveOutput, type ResolvedOutput } from "./wanted-outputs";

export interface DifferenceOptions {
  readonly destroy: boolean;
  readonly targets?: readonly string[] | undefined;
  /** Whether what was tried and put back is tried again. */
  readonly retryReleases?: boolean;
  readonly warnings: readonly string[];
  /** When the state was written last, on the clock of `Date.now`. */
  readonly changedAt: number | undefined;
}

/**
 * Reads the platform and compares it with the plan. The fold is taken over: it is changed by what is found.
 *
 * @throws ScfError `PROTECTED` when something would be deleted or replaced that must not be
 */
export async function buildDifference(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  { destroy, targets, retryReleases = false, warnings, changedAt }: DifferenceOptions,
): Promise<Difference> {
  const { lineage, serial, sequence, salt } = fold;
  const everything = plan ? inOrder(plan, session.options.kinds) : [];
  const wanted = plan ? byAddress(plan) : NOTHING;
  const found = findMoves(session, fold, everything, wanted);
  // Where things are recorded counts from now on, so that targets mean them where the program has them.
  for (const { from, to } of found.moves) fold.preview({ type: "move", from, to });
  const selection =
    targets &&
    selectTargets({
      ordered: everything,
      recorded: fold.resources,
      others: [...fold.unfinished.keys(), ...[...fold.leftovers.values()].map(({ address }) => address)],
      targets,
    });
  const counts = (address: string): boolean => selection?.addresses.has(address) ?? true;
  const moves = found.moves.filter(({ to }) => counts(to));
  const ordered = everything.filter(({ planned }) => counts(planned.address));
  const doomed = new Doomed(session, fold, wanted, counts);
  // All that is certain before anybody is asked.
  if (!plan) refuseProtected(doomed.deletions(), session, fold);
  const adoptions = await recoverAll(session, fold, counts);
  for (const adoption of adoptions) fold.preview(adoption);
  const retained = doomed.retained();
  const forgotten = retained.map(({ address }) => {
    const { generation } = (fold.resources.get(address) ?? fold.unfinished.get(address)) as RecordedResource;
    return { type: "forget" as const, address, generation };
  });
  for (const entry of forgotten) fold.preview(entry);
  // What is to be deleted is not read here: deleting what is gone already is success.
  const live = await readAll(session, fold, (address) => wanted.has(address) && counts(address), changedAt);
  const adopted = adoptions.map(({ address }) => address);
  const comparing = new Comparing(session, fold, plan, ordered, new Set(adopted), live, retryReleases);
  comparing.decideAll();
  const changes = [...comparing.changes, ...doomed.deletions()];
  refuseProtected(changes, session, fold);
  const { kinds } = session.options;
  const { resources: recorded, leftovers } = fold;
  const nodes =
    changes.length > 0 ? buildGraph({ changes, ordered: everything, recorded, leftovers, kinds }) : [];
  const changeOf = new Map(changes.map((one) => [one.address, one]));
  return {
    stack: session.stack,
    lineage,
    serial,
    sequence,
    salt,
    // Of a large plan it takes a while, and only what is applied or saved is asked for it.
    get planHash() {
      return plan && planHash(plan);
    },
    inputs: comparing.inputs,
    destroy,
    ...(selection ? { targets: selection.targets } : {}),
    changes: inStartingOrder(nodes),
    unchanged: comparing.unchanged,
    retained,
    outputs: comparing.outputs(selection && selectedOutputs(plan, selection)),
    warnings: [
      ...warnings,
      ...moves.map((move) =>
        movedSentence(session, fold.resources.get(move.to) as RecordedResource, move, changeOf.get(move.to)),
      ),
      ...found.warnings,
      ...comparing.warnings,
      ...(selection ? takenAlong(everything, selection, fold.resources, changes) : []),
    ],
    notes: [
      ...moves.map(({ from, to }) => ({ type: "move" as const, from, to })),
      ...adoptions,
      ...forgotten,
      ...comparing.notes,
    ],
    adopted,
  };
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();

/** What is recorded and no longer wanted. */
class Doomed {
  constructor(
    private readonly session: Session,
    private readonly fold: StateFold,
    private readonly wanted: ReadonlyMap<string, unknown>,
    private readonly counts: (address: string) => boolean,
  ) {}

  /** What stays and is forgotten. */
  retained(): Retained[] {
    const { session } = this;
    return this.doomed()
      .filter(([address]) => this.isRetained(address))
      .map(([address, { kind, properties }]) => {
        const { schema } = session.kind(kind, address);
        const identity = identityOf(session.kind(kind, address), address, properties);
        return { address, kind, title: schema.title, identity };
      });
  }

  deletions(): Change[] {
    const { session, fold } = this;
    const left = (address: string): string | undefined =>
      fold.unfinished.has(address) ? LEFT_UNFINISHED : undefined;
    return [
      ...this.doomed()
        .filter(([address]) => !this.isRetained(address))
        .map(([address, recorded]) => deletion(session, address, recorded, left(address))),
      ...[...fold.unfinished]
        .filter(([address]) => this.isDoomed(address) && !fold.resources.has(address))
        .map(([address, unfinished]) => deletion(session, address, unfinished, LEFT_UNFINISHED)),
      ...[...fold.leftovers]
        .filter(([, { address }]) => this.counts(address))
        .map(([key, leftover]) =>
          deletion(session, key, leftover, `replaced before, and ${LEFT_UNFINISHED}`),
        ),
    ];
  }

  private doomed(): [address: string, recorded: RecordedResource][] {
    const doomed: [string, RecordedResource][] = [];
    this.fold.resources.forEach((recorded, address) => {
      if (this.isDoomed(address)) doomed.push([address, recorded]);
    });
    return doomed;
  }

  private isDoomed(address: string): boolean {
    return !this.wanted.has(address) && this.counts(address);
  }

  private isRetained(address: string): boolean {
    return (
      this.fold.resources.get(address)?.lifecycle?.retain === true ||
      this.session.plannedLifecycle(address)?.retain === true
    );
  }
}

function refuseProtected(changes: readonly Change[], session: Session, fold: StateFold): void {
  const forbidden = changes.flatMap((one) => {
    const { address, operation, tentative } = one;
    if (tentative || (operation !== "delete" && operation !== "replace")) return [];
    const planned = session.plannedLifecycle(address);
    if (!isProtected(fold.resources.get(address), planned)) return [];
    return [{ ...one, isPlanned: session.isPlanned(address) }];
  });
  if (forbidden.length > 0) throw protectedError(forbidden);
}

/** Decides about one resource after the other, each after those that it refers to. */
class Comparing {
  readonly changes: Change[] = [];
  readonly notes: NewEntry[] = [];
  readonly warnings: string[] = [];
  unchanged = 0;
  private readonly decisions = new Map<string, Decision>();
  private resources: ReadonlyMap<string, OrderedResource> | undefined;
  private readonly wanted: Wanted | undefined;
  private readonly concealment: Concealment;
  private readonly decisionOf = (address: string): Decision | undefined => this.decisions.get(address);

  constructor(
    session: Session,
    private readonly fold: StateFold,
    private readonly plan: Plan | undefined,
    private readonly ordered: readonly OrderedResource[],
    private readonly adopted: ReadonlySet<string>,
    private readonly live: ReadonlyMap<string, Live | undefined>,
    private readonly retryReleases: boolean,
  ) {
    const { kinds, stateOf, pendingOf } = session.options;
    this.concealment = session.concealment(fold.salt);
    this.wanted =
      plan &&
      new Wanted({
        plan,
        kinds,
        stateOf,
        pendingOf,
        ...this.concealment,
        attributeOf: (address, attribute) => this.attribute(address, attribute),
      });
  }

  decideAll(): void {
    for (const resource of this.ordered) this.decide(resource);
  }

  private decide(resource: OrderedResource): void {
    const { address } = resource.planned;
    const findings = this.findings(resource);
    const decision = decide(findings);
    // Of what stays as it is the record says all.
    if (decision.operation !== undefined || decision.attributes !== findings.recorded?.attributes) {
      this.decisions.set(address, decision);
    }
    const stranger = this.stranger(resource, findings, decision);
    if (decision.operation) this.changes.push(change(resource, findings, decision, stranger));
    else this.unchanged++;
    this.note(resource, findings, decision);
  }

  /** What was taken from outside of the stack. */
  get inputs(): Difference["inputs"] {
    return this.wanted?.taken ?? [];
  }

  /** @param only names of the outputs that may change; all of them when it is absent */
  outputs(only?: ReadonlySet<string>): ReturnType<typeof compareOutputs> {
    const { plan, wanted, fold, concealment } = this;
    const outputs = new Map<string, ResolvedOutput>();
    for (const name of plan && wanted ? Object.keys(plan.outputs) : []) {
      if (only && !only.has(name)) continue;
      outputs.set(name, resolveOutput(plan as Plan, name, wanted as Wanted, concealment));
    }
    const recorded = Object.entries(fold.outputs).filter(([name]) => only?.has(name) ?? true);
    return compareOutputs(outputs, Object.fromEntries(recorded));
  }

  private findings(resource: OrderedResource): Findings {
    const { address } = resource.planned;
    return {
      resource,
      wanted: this.wantedOrHeld(resource),
      recorded: this.fold.resources.get(address),
      live: this.live.get(address),
      unfinished: this.fold.unfinished.get(address),
      adopted: this.adopted.has(address),
      decisionOf: this.decisionOf,
      concealment: this.concealment,
    };
  }

  private wantedOrHeld({ planned, kind }: OrderedResource): WantedResource {
    const { address } = planned;
    const wanted = (this.wanted as Wanted).of(planned, kind);
    const recorded = this.fold.resources.get(address);
    const held = heldBack(kind, wanted, recorded);
    if (!held || !recorded) return wanted;
    if (!this.retryReleases) {
      this.warnings.push(`${address}: ${held.warning}`);
      return withHeld(wanted, held);
    }
    const { generation, properties, dependencies } = recorded;
    const attributes = { ...recorded.attributes, ...held.again };
    const entry = { type: "record", address, generation, properties, attributes, dependencies } as const;
    this.notes.push(entry);
    this.fold.preview(entry);
    return wanted;
  }

  private attribute(address: string, attribute: string): ReturnType<typeof attributeAfter> {
    this.resources ??= new Map(this.ordered.map((one) => [one.planned.address, one]));
    const resource = this.resources.get(address) as OrderedResource;
    const decision = this.decisions.get(address);
    return decision
      ? attributeAfter(decision, resource, attribute)
      : known(address, attribute, this.fold.resources.get(address)?.attributes[attribute]);
  }

  /** What is to be recorded beside any operation. */
  private note(resource: OrderedResource, { wanted, recorded }: Findings, decision: Decision): void {
    const { planned, kind } = resource;
    const { address } = planned;
    const { operation, noticed } = decision;
    if (!recorded || (operation !== undefined && operation !== "update")) return;
    const lifecycle = recordedLifecycle(planned.lifecycle);
    const isUnchanged = operation === undefined;
    const attributes = isUnchanged
      ? concealAll(
          kind.derive
            ? overlaid(decision.attributes, (this.wanted as Wanted).derivedAttributes(address))
            : decision.attributes,
          this.concealment,
        )
      : recorded.attributes;
    const dependencies = isUnchanged ? resource.dependencies : recorded.dependencies;
    if (
      noticed.length === 0 &&
      sameLifecycle(lifecycle, recorded.lifecycle) &&
      sameValue(attributes, recorded.attributes) &&
      sameValue(dependencies, recorded.dependencies)
    )
      return;
    const { generation } = recorded;
    const properties = isUnchanged
      ? wanted.recorded
      : withNoticed(recorded.properties, wanted.recorded, noticed);
    this.notes.push({ type: "record", address, generation, properties, attributes, dependencies, lifecycle });
  }

  /** The mark of somebody else's object where ours was; people are told. */
  private stranger(
    { planned: { address }, kind }: OrderedResource,
    { live, recorded }: Findings,
    { operation }: Decision,
  ): Change["stranger"] {
    if (!live || !recorded || live.phase === "deleting") return undefined;
    const claim = claimOf(this.fold.lineage, address, recorded);
    if (belonging(kind, live, claim) !== "stranger") return undefined;
    const mark = live.owner === undefined ? {} : { owner: live.owner };
    if (operation === undefined) {
      this.warnings.push(
        live.owner === undefined
          ? `${address} carries no mark of ownership any more: somebody else may be managing it too.`
          : `${address} carries the mark of another stack: somebody else may be managing it too.`,
      );
      return undefined;
    }
    const identity = identityOf(kind, address, recorded.properties);
    this.warnings.push(takenOverWarning({ address, title: kind.schema.title, identity }, mark));
    return mark;
  }
}

/** What is recorded, with what the platform turned out to have. */
function withNoticed(recorded: Properties, wanted: Properties, noticed: readonly string[]): Properties {
  const properties: Record<string, Value> = { ...recorded };
  for (const name of noticed) {
    const value = wanted[name];
    if (value === undefined) delete properties[name];
    else properties[name] = value;
  }
  return properties;
}

function change(
  resource: OrderedResource,
  findings: Findings,
  decision: Decision,
  stranger: Change["stranger"],
): Change {
  const { planned, kind } = resource;
  const { wanted } = findings;
  const { operation, cause, properties, tentative, deletesFirst, repairs } = decision;
  const steps = operation === "update" ? stepsOf(kind, findings, properties) : [];
  return {
    address: planned.address,
    kind: planned.kind,
    title: kind.schema.title,
    identity: identityOf(kind, planned.address, {
      ...wanted.recorded,
      ...Object.fromEntries([...wanted.unknown.keys()].map((name) => [name, "…"])),
    }),
    operation: operation as Change["operation"],
    ...(cause === undefined ? {} : { cause }),
    ...(tentative ? { tentative } : {}),
    ...(deletesFirst ? { deletesFirst } : {}),
    ...(repairs ? { repairs } : {}),
    ...(stranger ? { stranger } : {}),
    properties,
    ...(steps.length > 0 ? { steps } : {}),
    after: [],
  };
}

function stepsOf(
  kind: Kind,
  { wanted, recorded, live }: Findings,
  properties: Change["properties"],
): readonly string[] {
  if (!kind.steps || !recorded || !live) return [];
  const changed = new Set(properties.map(({ name }) => name));
  return kind.steps(wanted.clear as never, recorded as never, live, changed);
}

function deletion(
  session: Session,
  address: string,
  recorded: RecordedResource | Leftover | UnfinishedOperation,
  cause: string | undefined,
): Change {
  const kind = session.kind(recorded.kind, address);
  return {
    address,
    kind: recorded.kind,
    title: kind.schema.title,
    identity: identityOf(kind, address, recorded.properties),
    operation: "delete",
    ...(cause === undefined ? {} : { cause }),
    properties: [],
    after: [],
  };
}
