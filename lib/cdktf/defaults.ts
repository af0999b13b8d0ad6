import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ScfError } from "../model/error";
import { reportable, type GivenValue } from "../rules/given-value";
import { addressOf } from "./address";
import { AppSynthesis } from "./app-synthesis";
import { ScopeSettings } from "./scope-settings";
import { placeOfCall, placeOfConstruct, placeText } from "./setting-place";

/** A class of constructs whose optional props may come from `Defaults`: it completes them in its constructor. */
export type TakesDefaults = (abstract new (scope: never, id: string, props: never) => Construct) & {
  readonly takesDefaults: true;
};

/** The props that a class can be given defaults for: its optional ones, for the others are always its own. */
export type DefaultProps<C extends TakesDefaults> = C extends abstract new (
  scope: never,
  id: never,
  props: infer P,
) => unknown
  ? P extends object
    ? { readonly [K in keyof P as object extends Pick<P, K> ? K : never]?: P[K] }
    : never
  : never;

interface DefaultsOfClass {
  readonly of: TakesDefaults;
  readonly values: Readonly<Record<string, unknown>>;
  readonly locate: GivenValue["locate"];
}

const settings = new ScopeSettings<DefaultsOfClass>();

/** What a construct's props became: constructors of one construct ask one after the other. */
const completed = new WeakMap<IConstruct, { readonly given: object; readonly props: object }>();

/** Values for what constructs below a scope are not given themselves. */
export class Defaults {
  /** Of an app, a stack, or any other construct. */
  static of(scope: Construct): Defaults {
    return new Defaults(scope);
  }

  /**
   * The props of a construct with the defaults that hold for it. Called first thing by the constructors of classes that take
   * defaults; such a class also says `static readonly takesDefaults = true`.
   *
   * @param construct the one that is being made
   * @param props what it is given; its own values win, whole values at a time
   */
  static complete<P extends object>(construct: Construct, props: P): P {
    const all = settings.for(construct);
    if (all.length === 0 || typeof props !== "object" || props === null) return props;
    const known = completed.get(construct);
    if (known?.given === props) return known.props as P;
    const complete = completeFrom(construct, props, all);
    completed.set(construct, { given: props, props: complete });
    return complete as P;
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Sets values for a class of constructs and its subclasses, for all that is made below the scope from now on. The nearest
   * scope wins, in one scope the more special class and then the later call; a construct's own props win over all.
   *
   * @param of the class: `Function`, or `DeclaredFunction` for functions of every type
   * @param values values for its optional props
   * @throws ScfError `DEFAULTS_CLASS` for a class that takes none, `DEFAULTS_LATE` when such a construct was made below before
   */
  set<C extends TakesDefaults>(of: C, values: DefaultProps<C>): this {
    const locate = placeOfCall(Defaults.prototype.set);
    if (typeof of !== "function" || of.takesDefaults !== true) {
      throw new ScfError(
        "DEFAULTS_CLASS",
        `Defaults${placeText(locate())} are for ${nameOf(of)}, which takes none.`,
        {
          fix: "Name a construct class of this library, or have the class call Defaults.complete in its constructor.",
        },
      );
    }
    this.refuseLate(of, locate);
    settings.add(this.scope, { of, values: { ...(values as object) }, locate });
    return this;
  }

  private refuseLate(of: TakesDefaults, locate: GivenValue["locate"]): void {
    const early = this.scope.node.findAll().find((construct) => construct instanceof of);
    if (!early) return;
    throw new ScfError(
      "DEFAULTS_LATE",
      `Defaults for ${of.name} are set${placeText(locate())}, after ${addressOf(early)} was made without them${placeText(placeOfConstruct(early))}.`,
      { fix: "Set defaults before the first construct that they are for." },
    );
  }
}

function completeFrom(construct: Construct, props: object, all: readonly DefaultsOfClass[]): object {
  const result: Record<string, unknown> = { ...(props as Record<string, unknown>) };
  const holding = all.filter(({ of }) => construct instanceof of);
  for (const { values, locate } of mostSpecialFirst(construct, holding)) {
    for (const [property, value] of Object.entries(values)) {
      if (value === undefined || result[property] !== undefined) continue;
      result[property] = value;
      note(construct, { property, value: reportable(value), by: "defaults", locate });
    }
  }
  return result;
}

/** Of one scope the more special class first; the order of the scopes stays. */
function mostSpecialFirst(
  construct: Construct,
  holding: readonly DefaultsOfClass[],
): readonly DefaultsOfClass[] {
  if (holding.length < 2) return holding;
  return settings
    .byScopeFor(construct)
    .flatMap((ofScope) =>
      ofScope
        .filter((each) => holding.includes(each))
        .sort((left, right) => (left.of === right.of ? 0 : left.of.prototype instanceof right.of ? -1 : 1)),
    );
}

function note(construct: Construct, value: Omit<GivenValue, "address">): void {
  if (!construct.node.scopes.some((scope) => TerraformStack.isStack(scope))) return;
  AppSynthesis.of(construct).organization.note({ ...value, address: addressOf(construct) });
}

function nameOf(value: unknown): string {
  return typeof value === "function" ? value.name : String(value);
}
