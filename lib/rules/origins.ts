import { isDeepStrictEqual } from "node:util";
import type { PlannedResource } from "../model/plan";
import type { Properties } from "../model/value";
import { AppModel } from "./app-model";
import type { Finding, FindingPlace, Origin } from "./finding";
import { propertiesOf, reportedValue, type GivenValue } from "./given-value";
import { groupBy } from "./per-app";
import type { CheckedRule, Violation } from "./rule";

/**
 * Says of findings which of the values they are about the program does not write itself. Rules do not tell what they looked
 * at, so those that found something at such a place are checked once more, watching what they read there.
 */
export function withOrigins(
  app: AppModel,
  findings: readonly Finding[],
  checked: readonly CheckedRule[],
  given: readonly GivenValue[],
): readonly Finding[] {
  if (given.length === 0) return findings;
  const byAddress = groupBy(given, ({ address }) => address);
  const isConcerned = ({ address }: FindingPlace): boolean => givenAt(byAddress, address).length > 0;
  const concerned = findings.filter(({ places }) => places.some(isConcerned));
  if (concerned.length === 0) return findings;
  const addresses = new Set(concerned.flatMap(({ places }) => places.map(({ address }) => address)));
  const reads = readsOf(
    app,
    checked.filter(({ id }) => concerned.some(({ rule }) => rule === id)),
    addresses,
  );
  return findings.map((finding) => {
    const read = reads.get(keyOf(finding.rule, finding));
    if (!read) return finding;
    const places = finding.places.map((place): FindingPlace => {
      const properties = read.get(place.address) ?? new Set();
      const origins = originsOf(app, place.address, properties, givenAt(byAddress, place.address));
      const meant = mentioned(origins, finding.message);
      return meant.length > 0 ? { ...place, origins: meant.map(originOf) } : place;
    });
    return { ...finding, places };
  });
}

type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** What was read of the places of each violation before it was reported. */
function readsOf(
  app: AppModel,
  checked: readonly CheckedRule[],
  addresses: ReadonlySet<string>,
): ReadonlyMap<string, Reads> {
  const found = new Map<string, Reads>();
  for (const rule of checked) {
    const reads = new Map<string, Set<string>>();
    rule.check(watched(app, addresses, reads), (violation) => {
      const ofPlaces = violation.places.map(({ address }) => [address, new Set(reads.get(address))] as const);
      found.set(keyOf(rule.id, violation), new Map(ofPlaces));
    });
  }
  return found;
}

function keyOf(rule: string, { message, places }: Pick<Violation, "message" | "places">): string {
  return [rule, message, ...places.map(({ address }) => address)].join("\n");
}

/** The same app, in which reading a property of one of the addresses is noted. */
function watched(app: AppModel, addresses: ReadonlySet<string>, reads: Map<string, Set<string>>): AppModel {
  const watch = (resource: PlannedResource): PlannedResource => {
    if (!addresses.has(resource.address)) return resource;
    const own = new Set<string>();
    reads.set(resource.address, own);
    const properties = new Proxy(resource.properties, {
      get(target, name): unknown {
        if (typeof name === "string") own.add(name);
        return Reflect.get(target, name);
      },
    });
    return { ...resource, properties };
  };
  const plans = app.plans.map((plan) => ({ ...plan, resources: plan.resources.map(watch) }));
  return new AppModel(plans, app.packages, app.snapshotTimes, app.budgets);
}

/** What was given to a construct, and to those that it stands in. */
function givenAt(byAddress: ReadonlyMap<string, readonly GivenValue[]>, address: string): GivenValue[] {
  const found: GivenValue[] = [];
  for (let end = address.length; end > 0; end = address.lastIndexOf("/", end - 1)) {
    found.push(...(byAddress.get(address.slice(0, end)) ?? []));
  }
  return found;
}

function originsOf(
  app: AppModel,
  address: string,
  properties: ReadonlySet<string>,
  given: readonly GivenValue[],
): GivenValue[] {
  const planned: Properties = app.at(address)?.planned.properties ?? {};
  return given.filter((value) => {
    const names = propertiesOf(value);
    if (!names.some((name) => properties.has(name))) return false;
    if (value.address === address || names[0] !== value.property) return true;
    // A construct that is made of others may hand the value on, or do something else with it.
    return isDeepStrictEqual(planned[value.property], value.value);
  });
}

/** Of several values that a rule looked at, those that its message is about, if it names any. */
function mentioned(origins: readonly GivenValue[], message: string): readonly GivenValue[] {
  if (origins.length < 2) return origins;
  const words = new Set(message.split(/[^\p{L}\p{N}_$-]+/u));
  const named = origins.filter(({ property }) => words.has(property.split(".").at(-1) as string));
  if (named.length > 0) return named;
  const shown = origins.filter(({ value }) => words.has(String(value)));
  return shown.length > 0 ? shown : origins;
}

function originOf(value: GivenValue): Origin {
  const { property, by, location } = reportedValue(value);
  return { property, by, ...(location ? { location } : {}) };
}
