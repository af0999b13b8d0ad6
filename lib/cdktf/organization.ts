import type { IConstruct } from "constructs";
import { ScfError } from "../model/error";
import type { PlacedBudget } from "../rules/budget";
import type { GivenValue } from "../rules/given-value";
import type { Guardrail } from "../rules/guardrail";
import type { PlacedGuardrail } from "../rules/placed-guardrail";

/** A tag of everything below a scope that has tags. */
export interface ScopeTag {
  readonly key: string;
  readonly value: string;
  readonly locate: GivenValue["locate"];
}

/** What an organization has said of an app beside its resources. */
export class Organization {
  readonly guardrails: PlacedGuardrail[] = [];
  readonly budgets: PlacedBudget[] = [];
  private readonly tags = new Map<IConstruct, ScopeTag[]>();
  private readonly given = new Map<string, GivenValue>();

  /** @throws ScfError `GUARDRAIL_TWICE` when another guardrail has the same id */
  addGuardrail(guardrail: Guardrail, covers: PlacedGuardrail["covers"]): void {
    const same = this.guardrails.find((one) => one.guardrail.id === guardrail.id);
    if (same && same.guardrail !== guardrail) {
      throw new ScfError("GUARDRAIL_TWICE", `There are two guardrails with the id ${guardrail.id}.`, {
        fix: "Give one of them another id, or add the same one to both scopes.",
      });
    }
    this.guardrails.push({ guardrail, covers });
  }

  addTag(scope: IConstruct, tag: ScopeTag): void {
    const known = this.tags.get(scope);
    if (known) known.push(tag);
    else this.tags.set(scope, [tag]);
  }

  /** Notes a value that a construct has got; the same value once more changes nothing. */
  note(value: GivenValue): void {
    this.given.set(`${value.address} ${value.property}`, value);
  }

  givenValues(): readonly GivenValue[] {
    return [...this.given.values()];
  }

  /** The properties of a resource that has tags, with those of its scopes: its own win, then those of the nearest scope. */
  withTags(construct: IConstruct, address: string, properties: object): object {
    if (this.tags.size === 0) return properties;
    const own: unknown = (properties as { readonly tags?: unknown }).tags ?? {};
    // What is no list of tags is told of by TYPE.
    if (typeof own !== "object" || own === null || Array.isArray(own)) return properties;
    const tags: Record<string, unknown> = {};
    for (const scope of construct.node.scopes) {
      for (const { key, value, locate } of this.tags.get(scope) ?? []) {
        tags[key] = value;
        if (!Object.hasOwn(own, key))
          this.note({ address, property: `tags.${key}`, value, by: "tags", locate });
      }
    }
    if (Object.keys(tags).length === 0) return properties;
    return { ...properties, tags: { ...tags, ...own } };
  }
}
