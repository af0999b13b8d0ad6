import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { kindOf } from "../model/misfit";
import { namesFromPath, type NamedKind } from "../model/names-from-path";
import type { GivenValue } from "../rules/given-value";
import { addressOf } from "./address";
import { AppSynthesis } from "./app-synthesis";
import { ResourceElement } from "./resource-element";
import { ScopeSettings } from "./scope-settings";
import { placeOfCall, placeText } from "./setting-place";

/** What a naming scheme makes a name of. */
export interface NamedConstruct {
  /** What it is: `function`, `role`. */
  readonly kind: NamedKind;
  /** Id of the construct. */
  readonly id: string;
  /** Path of the construct, the stack's id first: `shop/orders`. */
  readonly path: string;
  /** Id of the stack. */
  readonly stack: string;
}

/** Gives a construct its name; undefined leaves it to the next scope's scheme, and in the end to this library. */
export type NamingScheme = (named: NamedConstruct) => string | undefined;

interface PlacedScheme {
  readonly scheme: NamingScheme;
  readonly locate: GivenValue["locate"];
}

const settings = new ScopeSettings<PlacedScheme>();

/** Names of the constructs below a scope that are given none, and whose names would be made from their paths. */
export class Naming {
  /** Of an app, a stack, or any other construct. */
  static of(scope: Construct): Naming {
    return new Naming(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Has a scheme name what is made below the scope from now on: functions, layers, namespaces, roles, policies, alarm
   * policies, listeners and test events without a `name`. The nearest scope's scheme is asked first. Aliases and triggers are
   * called as their ids are.
   *
   * @throws ScfError `NAMING_LATE` when a construct below has been named without it
   */
  use(scheme: NamingScheme): this {
    const locate = placeOfCall(Naming.prototype.use);
    this.refuseLate(locate);
    settings.add(this.scope, { scheme, locate });
    return this;
  }

  private refuseLate(locate: GivenValue["locate"]): void {
    for (const construct of this.scope.node.findAll()) {
      const element = ResourceElement.of(construct);
      if (!element || !Object.values(namesFromPath).some(({ kind }) => kind === element.schema.kind))
        continue;
      throw new ScfError(
        "NAMING_LATE",
        `A naming scheme is set${placeText(locate())}, after ${element.address} was made without it${placeText(element.locate())}.`,
        { fix: "Set the scheme before the first construct that it is for." },
      );
    }
  }
}

/**
 * The name that the naming schemes around a construct give it; undefined when there is none.
 *
 * @throws ScfError `NAMING` when a scheme gives something else than text
 */
export function nameFromScheme(construct: Construct, kind: NamedKind): string | undefined {
  const schemes = settings.for(construct);
  if (schemes.length === 0) return undefined;
  const path = addressOf(construct);
  const named: NamedConstruct = {
    kind,
    id: construct.node.id,
    path,
    stack: TerraformStack.of(construct).node.id,
  };
  for (const { scheme, locate } of schemes) {
    const name: unknown = scheme(named);
    if (name === undefined) continue;
    if (typeof name !== "string") {
      throw new ScfError(
        "NAMING",
        `The naming scheme${placeText(locate())} gives ${path} ${kindOf(name)} for a name.`,
        { fix: "Have it give text, or undefined for what it does not name." },
      );
    }
    const { organization } = AppSynthesis.of(construct);
    organization.note({ address: path, property: "name", value: name, by: "naming scheme", locate });
    return name;
  }
  return undefined;
}
