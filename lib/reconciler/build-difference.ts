import type { Kind, Live } from "../kinds/kind";
import { planHash, type Plan } from "../model/plan";
import { sameValue, type Properties } from "../model/value";
import { mapConcurrently } from "./concurrently";
import { attributeAfter, decide, known, LEFT_UNFINISHED, type Decision, type Findings } from "./decision";
import type { Change, Difference } from "./difference";
import { findMoves, movedSentence } from "./moves";
import { buildGraph, inStartingOrder } from "./operation-graph";
import { isMarkOfState } from "./owner";
import { inOrder, type OrderedResource } from "./plan-order";
import { adoption, concealAll, recoverCreate } from "./recover";
import { Wanted, type WantedResource } from "./resolve";
import type { Session } from "./session";
import type { Leftover, RecordedResource, UnfinishedOperation } from "./state";
import type { StateFold } from "./state-fold";
import type { NewEntry } from "./journal-record";
import { selectedOutputs, selectTargets, takenAlong } from "./targets";
import { compareOutputs, resolveOutput, type ResolvedOutput } from "./wanted-outputs";

/** Reads of one difference that are under way at the same time. */
export const READS_AT_ONCE = 20;

/** Reads the platform and compares it with the plan. The fold is taken over: it is changed by what is found. */
export async function buildDifference(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  destroy: boolean,
  warnings: readonly string[],
  targets?: readonly string[],
): Promise<Difference> {
  const { lineage, serial, sequence } = fold;
  const all = plan ? inOrder(plan, session.options.kinds) : [];
  const wantedAddresses = new Set(all.map(({ planned }) => planned.address));
  const adopted = new Set<string>();
  for (const entry of await recoverAll(session, fold)) {
    fold.take({ ...entry, sequence: fold.sequence, epoch: fold.epoch } as Parameters<StateFold["take"]>[0]);
    if ("address" in entry) adopted.add(entry.address);
  }
  const found = findMoves(session, fold, plan, all);
  for (const { from, to } of found.moves) {
    fold.take({ type: "move", from, to, sequence: fold.sequence, epoch: fold.epoch });
  }
  const selection =
    targets &&
    selectTargets({
      ordered: all,
      recorded: fold.resources,
      others: [...fold.unfinished.keys(), ...[...fold.leftovers.values()].map(({ address }) => address)],
      targets,
    });
  const isSelected = (address: string): boolean => selection?.addresses.has(address) ?? true;
  const moves = found.moves.filter(({ to }) => isSelected(to));
  const ordered = all.filter(({ planned }) => isSelected(planned.address));
  const live = await readAll(session, fold, new Set(ordered.map(({ planned }) => planned.address)));
  const comparing = new Comparing(session, fold, plan, ordered, adopted, live);
  comparing.decideAll();
  const changes = [
    ...comparing.changes,
    ...[...fold.resources]
      .filter(([address]) => !wantedAddresses.has(address) && isSelected(address))
      .map(([address, recorded]) =>
        deletion(session, address, recorded, fold.unfinished.has(address) ? LEFT_UNFINISHED : undefined),
      ),
    ...[...fold.unfinished]
      .filter(
        ([address]) => !wantedAddresses.has(address) && !fold.resources.has(address) && isSelected(address),
      )
      .map(([address, unfinished]) => deletion(session, address, unfinished, LEFT_UNFINISHED)),
    ...[...fold.leftovers]
      .filter(([, { address }]) => isSelected(address))
      .map(([key, leftover]) => deletion(session, key, leftover, `replaced before, and ${LEFT_UNFINISHED}`)),
  ];
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const nodes = buildGraph({
    changes,
    ordered: changes.length > 0 ? ordered : [],
    recorded: fold.resources,
    leftovers: fold.leftovers,
    kinds: session.options.kinds,
  });
  return {
    stack: session.stack,
    lineage,
    serial,
    sequence,
    planHash: plan && planHash(plan),
    destroy,
    changes: inStartingOrder(nodes),
    unchanged: comparing.unchanged,
    outputs: comparing.outputs(selection && selectedOutputs(plan, selection)),
    ...(selection ? { targets: selection.targets } : {}),
    warnings: [
      ...warnings,
      ...moves.map((move) =>
        movedSentence(session, fold.resources.get(move.to) as RecordedResource, move, byAddress.get(move.to)),
      ),
      ...found.warnings,
      ...comparing.warnings,
      ...(selection ? takenAlong(all, selection, fold.resources, changes) : []),
    ],
    notes: [...moves.map(({ from, to }) => ({ type: "move" as const, from, to })), ...comparing.notes],
    adopted: [...adopted],
  };
}

/** Looks for what interrupted creates have left, and says how to record it. */
export async function recoverAll(session: Session, fold: StateFold): Promise<NewEntry[]> {
  const concealment = session.concealment(fold.salt);
  const creates = [...fold.unfinished].filter(([, { operation }]) => operation === "create");
  const entries = await mapConcurrently(creates, READS_AT_ONCE, async ([address, unfinished]) => {
    const kind = session.kind(unfinished.kind, address);
    const context = session.reader(fold.lineage, address, unfinished.generation, kind.timeoutMs);
    try {
      const recovery = await recoverCreate(kind, unfinished, { lineage: fold.lineage, address }, context);
      if (recovery.found !== "ours") return undefined;
      return adoption(kind, address, unfinished, recovery.live, concealment);
    } catch (error) {
      throw session.asReadError(error, address);
    }
  });
  return entries.filter((entry) => entry !== undefined);
}

export async function readAll(
  session: Session,
  fold: StateFold,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Live | undefined>> {
  // What is to be deleted is not read: deleting what is gone already is success.
  const recorded = [...fold.resources].filter(([address]) => wanted.has(address));
  const live = await mapConcurrently(recorded, READS_AT_ONCE, async ([address, resource]) => {
    const kind = session.kind(resource.kind, address);
    const context = session.reader(fold.lineage, address, resource.generation, kind.timeoutMs);
    try {
      return await kind.read(context, {
        properties: resource.properties as never,
        attributes: resource.attributes as never,
      });
    } catch (error) {
      throw session.asReadError(error, address);
    }
  });
  return new Map(recorded.map(([address], index) => [address, live[index]]));
}

/** Decides about one resource after the other, each after those that it refers to. */
class Comparing {
  readonly changes: Change[] = [];
  readonly notes: NewEntry[] = [];
  readonly warnings: string[] = [];
  unchanged = 0;
  private readonly decisions = new Map<string, Decision>();
  private readonly byAddress: ReadonlyMap<string, OrderedResource>;
  private readonly wanted: Wanted | undefined;

  constructor(
    private readonly session: Session,
    private readonly fold: StateFold,
    private readonly plan: Plan | undefined,
    private readonly ordered: readonly OrderedResource[],
    private readonly adopted: ReadonlySet<string>,
    private readonly live: ReadonlyMap<string, Live | undefined>,
  ) {
    this.byAddress = new Map(ordered.map((resource) => [resource.planned.address, resource]));
    const { kinds, stateOf, pendingOf } = session.options;
    this.wanted =
      plan &&
      new Wanted({
        plan,
        kinds,
        stateOf,
        pendingOf,
        ...session.concealment(fold.salt),
        attributeOf: (address, attribute) => this.attribute(address, attribute),
      });
  }

  decideAll(): void {
    for (const resource of this.ordered) {
      const { address } = resource.planned;
      const findings = this.findings(resource);
      const decision = decide(findings);
      this.decisions.set(address, decision);
      this.warnOfStrangers(address, findings.live);
      if (decision.operation) this.changes.push(change(resource, findings.wanted, decision));
      else {
        this.unchanged++;
        this.note(resource, findings, decision);
      }
    }
  }

  /** @param only names of the outputs that may change; all of them when it is absent */
  outputs(only?: ReadonlySet<string>): ReturnType<typeof compareOutputs> {
    const { plan, wanted, session, fold } = this;
    const concealment = session.concealment(fold.salt);
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
      wanted: (this.wanted as Wanted).resource(address),
      recorded: this.fold.resources.get(address),
      live: this.live.get(address),
      unfinished: this.fold.unfinished.get(address),
      adopted: this.adopted.has(address),
      decisionOf: (other) => this.decisions.get(other),
      concealment: this.session.concealment(this.fold.salt),
    };
  }

  private attribute(address: string, attribute: string): ReturnType<typeof attributeAfter> {
    const resource = this.byAddress.get(address) as OrderedResource;
    const decision = this.decisions.get(address);
    return decision
      ? attributeAfter(decision, resource, attribute)
      : known(address, attribute, this.fold.resources.get(address)?.attributes[attribute]);
  }

  private note(resource: OrderedResource, { wanted, recorded }: Findings, decision: Decision): void {
    const { planned, dependencies } = resource;
    const { address } = planned;
    if (!recorded) return;
    const attributes = concealAll(
      { ...decision.attributes, ...(this.wanted as Wanted).derivedAttributes(address) },
      this.session.concealment(this.fold.salt),
    );
    if (
      !decision.recordDiffers &&
      sameValue(attributes, recorded.attributes) &&
      sameValue(dependencies, recorded.dependencies)
    )
      return;
    const { generation } = recorded;
    this.notes.push({
      type: "record",
      address,
      generation,
      properties: wanted.recorded,
      attributes,
      dependencies,
    });
  }

  private warnOfStrangers(address: string, live: Live | undefined): void {
    if (live?.owner === undefined || isMarkOfState(live.owner, this.fold.lineage)) return;
    this.warnings.push(`${address} carries the mark of another stack: somebody else may be managing it too.`);
  }
}

function change(resource: OrderedResource, wanted: WantedResource, decision: Decision): Change {
  const { planned, kind } = resource;
  const { operation, cause, properties, tentative, deletesFirst } = decision;
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
    properties,
    after: [],
  };
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

export function identityOf(kind: Kind, address: string, properties: Properties): string {
  try {
    return kind.identity(properties as never);
  } catch {
    // A part of the key may be unknown in a form that the kind does not expect.
    return address;
  }
}
