import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { sameValue, type Properties } from "../model/value";
import { Attempt } from "./attempt";
import { identityOf } from "./identity";
import { recordedLifecycle } from "./lifecycle";
import { belonging, claimOf, isMarkOfState } from "./owner";
import { inOrder, type OrderedResource } from "./plan-order";
import { concealAll, presentProperties } from "./recover";
import type { Session } from "./session";
import { Slots } from "./slots";
import type { StateFold } from "./state-fold";
import type { StateStore } from "./state-store";
import { wantedNow } from "./wanted-now";

export interface ImportOptions {
  /** Takes the object over though it carries the mark of another stack, which then finds it gone. */
  readonly takeOver?: boolean;
  readonly signal?: AbortSignal;
}

/** An object that is managed from now on. */
export interface Imported {
  readonly address: string;
  readonly kind: string;
  /** For people: "function", "listener". */
  readonly title: string;
  readonly identity: string;
  /** Whether it carries our mark of ownership now. */
  readonly marked: boolean;
  /** Properties that the program wants otherwise: the next deploy changes them. */
  readonly differs: readonly string[];
}

/**
 * Brings an existing object under management, with the properties that it really has.
 *
 * @param id what identifies it, in the form that its kind takes
 */
export async function importObject(
  session: Session,
  store: StateStore,
  plan: Plan | undefined,
  address: string,
  id: string,
  { takeOver = false, signal = new AbortController().signal }: ImportOptions,
): Promise<Imported> {
  const { fold } = store;
  const resource = resourceAt(session, fold, plan, address);
  const { kind, planned, dependencies } = resource;
  const { title } = kind.schema;
  const { import: importing } = kind;
  if (!importing) {
    throw new ScfError(
      "IMPORT_UNSUPPORTED",
      `A ${title} cannot be imported: nothing tells one from another.`,
      {
        fix: `Deploy ${address} instead, after deleting the existing ${title} by hand.`,
      },
    );
  }
  const concealment = session.concealment(fold.salt);
  const wanted = wantedNow(session, fold, plan as Plan, concealment).resource(address);
  const generation = fold.nextGeneration(address);
  const attempt = new Attempt({
    session,
    slots: alone(),
    kind,
    address,
    generation,
    claim: claimOf(fold.lineage, address),
    resumes: false,
    signal,
    // What is found has its ids already; they are recorded with it.
    record: () => Promise.resolve(),
    asset: () => Promise.reject(new Error("importing needs no package")),
  });
  const live = await find(kind, attempt, id, wanted.clear, session);
  refuseUnusable(kind, live, address, id);
  const properties = presentProperties(kind, wanted.recorded, live, concealment);
  const attributes = concealAll(live.attributes, concealment);
  const identity = identityOf(kind, address, properties);
  refuseManaged(session, fold, { address, kind, identity, properties, attributes, live });
  const whose = belonging({ ...kind, marked: false }, live, attempt.claim);
  if (whose === "stranger" && !takeOver) {
    throw new ScfError(
      "IMPORT_OWNED",
      `The ${title} ${identity} carries the mark of another stack: two that manage one object undo each other's changes.`,
      {
        fix:
          "Forget it there with `cdktf-scf state rm`, then take it over here with `--take-over`; or refer to it from this " +
          "stack instead of managing it.",
      },
    );
  }
  const isOurs = whose === "ours";
  if (!isOurs) {
    try {
      await importing.mark?.(attempt.context, { properties, attributes } as never);
    } catch (error) {
      const { code, message, fix } = session.describe(error);
      throw new ScfError(
        code,
        `The mark of ownership could not be put on the ${title} ${identity}: ${message}`,
        {
          fix: fix ?? "Nothing is recorded. Run the command again.",
          cause: error,
        },
      );
    }
  }
  const marked = isOurs || importing.mark !== undefined;
  await store.append({
    type: "import",
    address,
    kind: planned.kind,
    generation,
    properties,
    attributes,
    dependencies,
    lifecycle: recordedLifecycle(planned.lifecycle),
    ...(marked ? {} : { carries: live.owner ?? "" }),
  });
  await store.compact();
  const names = new Set([...Object.keys(properties), ...Object.keys(wanted.recorded)]);
  const differs = [...names].filter((name) => !sameValue(properties[name], wanted.recorded[name])).sort();
  return { address, kind: planned.kind, title, identity, marked, differs };
}

function resourceAt(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  address: string,
): OrderedResource {
  const resource =
    plan && inOrder(plan, session.options.kinds).find(({ planned }) => planned.address === address);
  if (!resource) {
    throw new ScfError("IMPORT_ADDRESS", `The program declares nothing at ${address}.`, {
      fix: "Add a construct for the object first; its path, the stack's name first, is the address.",
    });
  }
  if (fold.resources.has(address)) {
    throw new ScfError("IMPORT_MANAGED", `${address} manages an object already.`, {
      fix: `Run \`cdktf-scf state rm ${address}\` first if that is to be left alone from now on.`,
    });
  }
  return resource;
}

async function find(
  kind: Kind,
  attempt: Attempt,
  id: string,
  wanted: Properties,
  session: Session,
): Promise<Live> {
  let live: Live | undefined;
  try {
    live = await kind.import?.find(attempt.reader, id, wanted as never);
  } catch (error) {
    throw session.asReadError(error, id);
  }
  if (live && live.phase !== "deleting") return live;
  throw new ScfError(
    "IMPORT_NOT_FOUND",
    live ? `The ${kind.schema.title} ${id} is being deleted.` : `There is no ${kind.schema.title} ${id}.`,
    { fix: `Look up its ${kind.import?.id} in the platform's console, in the region of the stack.` },
  );
}

function refuseUnusable(kind: Kind, { phase }: Live, address: string, id: string): void {
  if (phase !== "failed") return;
  throw new ScfError("IMPORT_NOT_FOUND", `The ${kind.schema.title} ${id} failed to be made.`, {
    fix: `Delete it by hand, and deploy ${address} instead.`,
  });
}

interface Candidate {
  readonly address: string;
  readonly kind: Kind;
  readonly identity: string;
  readonly properties: Properties;
  readonly attributes: Properties;
  readonly live: Live;
}

/** Two resources of one stack would manage one object. */
function refuseManaged(session: Session, fold: StateFold, candidate: Candidate): void {
  const { address, kind, identity, attributes, live } = candidate;
  for (const [other, recorded] of fold.resources) {
    if (recorded.kind !== kind.schema.kind) continue;
    if (identityOf(session.kind(recorded.kind, other), other, recorded.properties) !== identity) continue;
    const isSame = Object.entries(attributes).every(
      ([name, value]) =>
        kind.schema.attributeMetadata[name]?.volatile ||
        recorded.attributes[name] === undefined ||
        sameValue(recorded.attributes[name], value),
    );
    const isMarked = live.owner !== undefined && isMarkOfState(live.owner, fold.lineage);
    if (!isSame && !isMarked) continue;
    throw new ScfError("IMPORT_MANAGED", `${other} manages the ${kind.schema.title} ${identity} already.`, {
      fix: `Run \`cdktf-scf state mv ${other} ${address}\` to give it the other address.`,
    });
  }
}

/** Nothing else works at the same time. */
function alone(): Slots {
  const slots = new Slots(1, () => undefined);
  slots.take();
  return slots;
}
