import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import { overlaid, sameValue, type Properties, type Value } from "../model/value";
import { asCreated, compare } from "./compare";
import type { Concealment } from "./concealment";
import type { PropertyChange } from "./difference";
import type { OperationName } from "./events";
import type { OrderedResource } from "./plan-order";
import { plain, unknownValue, type Resolved, type WantedResource } from "./resolve";
import type { RecordedResource, UnfinishedOperation } from "./state";

export const LEFT_UNFINISHED = "left unfinished by an interrupted run";
const DELETED_OUTSIDE = "deleted outside of this program";
const FAILED = "the platform failed to make or change it";

/** What is to be done about one resource of the plan. */
export interface Decision {
  readonly operation: OperationName | undefined;
  readonly cause: string | undefined;
  readonly properties: readonly PropertyChange[];
  readonly tentative: boolean;
  readonly deletesFirst: boolean;
  /** The object is there, and unusable. */
  readonly repairs?: boolean;
  /** Properties that are to be recorded though nothing is to be done about them. */
  readonly noticed: readonly string[];
  /** Attributes as they are now, before the operation. */
  readonly attributes: Properties;
}

/** All that is known of one resource of the plan before anything is decided. */
export interface Findings {
  readonly resource: OrderedResource;
  readonly wanted: WantedResource;
  readonly recorded: RecordedResource | undefined;
  readonly live: Live | undefined;
  readonly unfinished: UnfinishedOperation | undefined;
  /** An interrupted create's object was found just now. */
  readonly adopted: boolean;
  /** What was decided of the resources that this one refers to. */
  readonly decisionOf: (address: string) => Decision | undefined;
  readonly concealment: Concealment;
}

export function decide(findings: Findings): Decision {
  const { resource, wanted, recorded, unfinished } = findings;
  const live = findings.live?.phase === "deleting" ? undefined : findings.live;
  const { kind, planned } = resource;
  if (!recorded) return creation(kind, wanted, unfinished ? LEFT_UNFINISHED : undefined, "config");
  if (!live) {
    const cause = unfinished?.operation === "delete" ? LEFT_UNFINISHED : DELETED_OUTSIDE;
    return creation(kind, wanted, cause, "drift");
  }
  const attributes = overlaid(recorded.attributes, live.attributes);
  if (recorded.kind !== planned.kind) {
    return {
      operation: "replace",
      cause: `it was a ${recorded.kind} before`,
      properties: asCreated(kind, wanted, "config"),
      tentative: false,
      deletesFirst: true,
      noticed: [],
      attributes,
    };
  }
  const { changes, replace, noticed } = compare(
    kind,
    wanted,
    recorded.properties,
    live,
    doubtfulProperties(recorded, unfinished),
    findings.concealment,
  );
  if (changes.length > 0) refuseForbidden(kind, wanted, recorded);
  const container = replacedContainer(findings);
  const common = { properties: changes, noticed, attributes };
  const left = unfinished ? LEFT_UNFINISHED : undefined;
  if (replace === "surely" || container || replace === "maybe") {
    return {
      ...common,
      ...replacement(kind, container !== undefined, isRenamed(kind, recorded, wanted)),
      cause: left ?? (container && replace !== "surely" ? `${container.address} is replaced` : undefined),
      tentative: replace !== "surely" && container?.surely !== true,
    };
  }
  if (live.phase === "failed") {
    // What cannot be changed cannot be repaired either.
    const operation = kind.update ? (findings.adopted ? "create" : "update") : "replace";
    const deletesFirst = operation === "replace";
    return { ...common, operation, deletesFirst, cause: FAILED, tentative: false, repairs: !deletesFirst };
  }
  if (changes.length === 0 && !unfinished) {
    return {
      operation: undefined,
      cause: undefined,
      properties: changes,
      tentative: false,
      deletesFirst: false,
      noticed,
      attributes,
    };
  }
  return {
    ...common,
    operation: findings.adopted ? "create" : "update",
    cause: left,
    tentative:
      changes.length > 0 &&
      changes.every(({ name, reason }) => reason === "unknown" && wanted.unknown.get(name) === "maybe"),
    deletesFirst: false,
  };
}

/** @throws ScfError what the kind says, when no call takes the recorded object to what is wanted */
function refuseForbidden(kind: Kind, wanted: WantedResource, recorded: RecordedResource): void {
  const unknown = Object.fromEntries([...wanted.unknown.keys()].map((name) => [name, "…"]));
  const refusal = kind.forbids?.({ ...wanted.recorded, ...unknown } as never, recorded.properties as never);
  if (refusal) throw refusal;
}

const NOTHING_DOUBTFUL: ReadonlySet<string> = new Set();

/** What an interrupted operation may have changed: there the record says nothing. */
export function doubtfulProperties(
  recorded: RecordedResource,
  unfinished: UnfinishedOperation | undefined,
): ReadonlySet<string> {
  if (!unfinished) return NOTHING_DOUBTFUL;
  const doubtful = new Set<string>(unfinished.doubtful);
  for (const name of new Set([...Object.keys(recorded.properties), ...Object.keys(unfinished.properties)])) {
    if (!sameValue(recorded.properties[name], unfinished.properties[name])) doubtful.add(name);
  }
  return doubtful;
}

function creation(
  kind: Kind,
  wanted: WantedResource,
  cause: string | undefined,
  reason: "config" | "drift",
): Decision {
  return {
    operation: "create",
    cause,
    properties: asCreated(kind, wanted, reason),
    tentative: false,
    deletesFirst: false,
    noticed: [],
    attributes: {},
  };
}

/** Under another name, what is there before is no history of the new one: nothing would ever take it away. */
function isRenamed(kind: Kind, recorded: RecordedResource, wanted: WantedResource): boolean {
  return kind.identity(recorded.properties as never) !== kind.identity(wanted.recorded as never);
}

function replacement(
  kind: Kind,
  inContainer: boolean,
  renamed: boolean,
): Pick<Decision, "operation" | "deletesFirst"> {
  if (kind.replacement === "delete-first") return { operation: "replace", deletesFirst: true };
  if (kind.keepsReplaced && (inContainer || !renamed)) return { operation: "publish", deletesFirst: false };
  // What goes down with its container would be missed by a later delete, or another object hit by it.
  return { operation: "replace", deletesFirst: inContainer };
}

/**
 * A resource that an immutable property refers to, and that is deleted to be made again. On this platform that takes its
 * children along: the triggers and aliases of a function, the rules of a listener.
 */
function replacedContainer({
  resource,
  decisionOf,
}: Findings): { readonly address: string; readonly surely: boolean } | undefined {
  let found: { readonly address: string; readonly surely: boolean } | undefined;
  for (const address of immutableReferences(resource)) {
    const decision = decisionOf(address);
    if (decision?.operation !== "replace" || !decision.deletesFirst) continue;
    if (!decision.tentative) return { address, surely: true };
    found ??= { address, surely: false };
  }
  return found;
}

const NO_ADDRESSES: ReadonlySet<string> = new Set();

export function immutableReferences({ kind, references }: OrderedResource): ReadonlySet<string> {
  if (references.size === 0) return NO_ADDRESSES;
  const addresses = new Set<string>();
  for (const [name, targets] of references) {
    if (!kind.schema.metadata[name]?.immutable && kind.update) continue;
    for (const address of targets) addresses.add(address);
  }
  return addresses;
}

/** The value of an attribute once the decision is carried out, as far as it is known before. */
export function attributeAfter(
  decision: Decision,
  { kind, planned }: OrderedResource,
  attribute: string,
): Resolved {
  const value = decision.attributes[attribute];
  const isVolatile = kind.schema.attributeMetadata[attribute]?.volatile === true;
  switch (decision.operation) {
    case undefined:
      return known(planned.address, attribute, value);
    case "update":
      return isVolatile ? unknownValue("maybe") : known(planned.address, attribute, value);
    case "create":
      if (value === undefined) return unknownValue("new");
      return isVolatile ? unknownValue("maybe") : plain(value);
    default:
      return unknownValue(decision.tentative ? "maybe" : "new");
  }
}

/** @throws ScfError `ATTRIBUTE_MISSING` */
export function known(address: string, attribute: string, value: Value | undefined): Resolved {
  if (value !== undefined) return plain(value);
  throw new ScfError("ATTRIBUTE_MISSING", `${address} has no attribute \`${attribute}\`.`, {
    fix: "Refer to a property or attribute that its kind has.",
  });
}
