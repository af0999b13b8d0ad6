import { ScfError } from "../model/error";
import type { SourceLocation } from "../model/finding";
import type { Plan, PlannedResource } from "../model/plan";
import { resourceSchemas, type KindName } from "../model/resources";
import { closest } from "../rules/edit-distance";
import { count, grouped, listed, withArticle } from "../rules/text";
import { readable } from "./readable";

/** A resource as assertions see it. */
export interface SeenResource {
  readonly address: string;
  readonly kind: string;
  /** What is known later stands as text in them. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Where the program declares it, when that is known. */
  readonly location: SourceLocation | undefined;
}

/** More candidates than these are counted only. */
const MOST_NAMED = 10;

/** The resources of one or several plans, by kind and by the end of their paths. */
export class Resources {
  private readonly byKind = new Map<string, PlannedResource[]>();
  private readonly seen = new WeakMap<PlannedResource, SeenResource>();

  /**
   * @param title whose resources they are, as messages begin: `Stack shop`
   */
  constructor(
    readonly title: string,
    plans: readonly Plan[],
    private readonly locate: (address: string) => SourceLocation | undefined,
  ) {
    for (const { resources } of plans) {
      for (const resource of resources) {
        const known = this.byKind.get(resource.kind);
        if (known) known.push(resource);
        else this.byKind.set(resource.kind, [resource]);
      }
    }
  }

  /** Sorted by address, stack by stack. */
  ofKind(kind: KindName): readonly SeenResource[] {
    return (this.byKind.get(kind) ?? []).map((resource) => this.see(resource));
  }

  /**
   * The resource of one of some kinds at a path, or at the only path that ends with these names.
   *
   * @throws ScfError `PATH_AMBIGUOUS` when several paths end like that
   */
  at(kinds: readonly KindName[], path: string): SeenResource | undefined {
    const all = this.ofKinds(kinds);
    const whole = all.find(({ address }) => address === path);
    if (whole) return this.see(whole);
    const found = all.filter(({ address }) => address.endsWith(`/${path}`));
    if (found.length > 1) {
      const fix = "Write more of the path, as much as tells them apart.";
      throw new ScfError(
        "PATH_AMBIGUOUS",
        `${this.title} has ${countOf(found.length, kinds)} whose path ends with ${JSON.stringify(path)}: ${named(found)}.`,
        { fix },
      );
    }
    return found[0] && this.see(found[0]);
  }

  /** What somebody meant by a path that leads to nothing of these kinds, as sentences. */
  hints(kinds: readonly KindName[], path: string): string[] {
    const all = this.ofKinds(kinds);
    const others = [...this.byKind.values()].flat().filter(({ kind }) => !kinds.includes(kind as KindName));
    const other = others.find(({ address }) => address === path || address.endsWith(`/${path}`));
    const byName = all.find(({ properties }) => Object.values(properties).includes(path));
    const last = (address: string): string => address.split("/").slice(-path.split("/").length).join("/");
    const meant = closest(
      path,
      all.map(({ address }) => last(address)),
    );
    return [
      ...(other ? [`${other.address} is ${withArticle(titleOf(other.kind as KindName))}.`] : []),
      ...(byName
        ? [
            `${JSON.stringify(path)} is a name on the platform: ${byName.address} has it. Here the construct's path is meant.`,
          ]
        : []),
      ...(meant && !byName ? [`Did you mean ${JSON.stringify(meant)}?`] : []),
      all.length === 0
        ? `It has no ${titlesOf(kinds)} at all.`
        : `It has ${countOf(all.length, kinds)}: ${named(all)}.`,
    ];
  }

  private ofKinds(kinds: readonly KindName[]): readonly PlannedResource[] {
    kinds.forEach(checkKind);
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }

  private see(resource: PlannedResource): SeenResource {
    const known = this.seen.get(resource);
    if (known) return known;
    const { locate } = this;
    const { address, kind } = resource;
    const made: SeenResource = {
      address,
      kind,
      properties: readable(resource.properties) as SeenResource["properties"],
      get location() {
        return locate(address);
      },
    };
    this.seen.set(resource, made);
    return made;
  }
}

/** Resources by address, the first of many. */
export function named(resources: readonly { readonly address: string }[]): string {
  const addresses = resources.slice(0, MOST_NAMED).map(({ address }) => address);
  const more = resources.length - addresses.length;
  return more === 0 ? listed(addresses) : `${addresses.join(", ")} and ${grouped(more)} more`;
}

/** For people: "function". */
export function titleOf(kind: KindName): string {
  // A plan file may be of a later version, which has more kinds.
  return Object.hasOwn(resourceSchemas, kind) ? resourceSchemas[kind].title : kind;
}

/** For people: "function or alias". */
export function titlesOf(kinds: readonly KindName[]): string {
  return listed(kinds.map(titleOf), "or");
}

function countOf(amount: number, kinds: readonly KindName[]): string {
  const [kind, ...more] = kinds;
  return kind && more.length === 0
    ? count(amount, titleOf(kind))
    : `${count(amount, "resource")} of these kinds`;
}

/** @throws ScfError `KIND_UNKNOWN`, as a program in JavaScript may name any */
export function checkKind(kind: KindName): void {
  if (Object.hasOwn(resourceSchemas, kind)) return;
  const kinds = Object.keys(resourceSchemas).sort();
  const meant = closest(kind, kinds);
  const fix = meant ? `Did you mean ${JSON.stringify(meant)}?` : `There are: ${kinds.join(", ")}.`;
  throw new ScfError("KIND_UNKNOWN", `There is no kind ${JSON.stringify(kind)}.`, { fix });
}
