import type { Kind } from "../../kinds/kind";
import type { Plan } from "../../model/plan";
import type { Properties, Value } from "../../model/value";

/**
 * Attributes that follow from properties. With secrets in them they follow from their fingerprints, which every state has
 * in a way of its own: they are another text in the other state, and so are the properties that took theirs from them.
 */
export class DerivedAnew {
  private readonly renamed = new Map<string, string>();

  constructor(private readonly plan: Pick<Plan, "provider">) {}

  /** The attributes, with those that are derived as the other state has them. */
  attributes(kind: Kind, recordedThere: Properties, attributes: Properties): Properties {
    if (!kind.derive) return attributes;
    const { region, account } = this.plan.provider;
    const context = { uin: account.uin ?? "", region };
    const derived = kind.derive(recordedThere as never, context) as unknown as Properties;
    for (const [name, value] of Object.entries(derived)) {
      const before = attributes[name];
      if (typeof before === "string" && typeof value === "string" && before !== value) {
        this.renamed.set(before, value);
      }
    }
    return { ...attributes, ...derived };
  }

  /** Properties with what they took from attributes that are derived anew. Asked for when all attributes are. */
  properties(properties: Properties): Properties {
    return this.renamed.size === 0 ? properties : (this.value(properties) as Properties);
  }

  private value(value: Value): Value {
    if (typeof value === "string") return this.renamed.get(value) ?? value;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Value) => this.value(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item as Value)]));
  }
}
