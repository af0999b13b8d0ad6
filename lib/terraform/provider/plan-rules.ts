import type { Plan, PlannedResource } from "../../model/plan";
import { eachReference, eachSymbolic, isForeignToken, sameValue, type Properties } from "../../model/value";
import { AppModel } from "../../rules/app-model";
import { evaluate } from "../../rules/evaluate";
import { newFindings, type Finding } from "../../rules/finding";
import type { Diagnostic } from "../plugin/provider";

/**
 * Checks, when Terraform plans, the restrictions that could not be checked at synthesis: those of resources that take values
 * of other providers, now that the values are known.
 */
export class PlanRules {
  private readonly waiting = new Map<string, PlannedResource[]>();
  private readonly neighbours = new Map<string, Set<string>>();
  private readonly resources: ReadonlyMap<string, PlannedResource>;

  constructor(private readonly plan: Plan) {
    this.resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
    for (const resource of plan.resources) {
      if (holdsForeignToken(resource.properties)) {
        const same = this.waiting.get(resource.kind);
        if (same) same.push(resource);
        else this.waiting.set(resource.kind, [resource]);
      }
      eachReference(resource.properties, ({ $ref }) => {
        this.connect(resource.address, $ref.address);
        this.connect($ref.address, resource.address);
      });
    }
  }

  /** @param unknown properties that Terraform does not know yet either */
  check(kind: string, properties: Properties, unknown: ReadonlySet<string>): Diagnostic[] {
    const found = (this.waiting.get(kind) ?? []).filter((candidate) => fits(candidate, properties, unknown));
    const [resource] = found;
    // Which of several it is does not matter to rules about one resource, and cannot be told for those about two.
    if (!resource) return [];
    const known = { ...resource, properties: withKnown(resource.properties, properties) };
    const { address } = resource;
    return this.evaluate(known)
      .filter(
        ({ severity, places }) =>
          severity !== "unchecked" && places.some((place) => place.address === address),
      )
      .map(diagnosticOf);
  }

  /** The findings about one resource and what it stands in connection with; the others were checked before. */
  private evaluate(known: PlannedResource): Finding[] {
    const near = new Set([known.address]);
    // Alias, version, function: what a rule looks at is never further away.
    for (let step = 0; step < 3; step++) {
      for (const address of [...near]) for (const next of this.neighbours.get(address) ?? []) near.add(next);
    }
    const resources = [...near].flatMap((address) =>
      address === known.address ? [known] : (this.resources.get(address) ?? []),
    );
    const asPlanned = resources.map((one) => this.resources.get(one.address) ?? one);
    const findings = (of: readonly PlannedResource[]): Finding[] => evaluate(this.model(of), noContext);
    return newFindings(findings(resources), findings(asPlanned));
  }

  private model(resources: readonly PlannedResource[]): AppModel {
    return new AppModel([{ ...this.plan, resources }]);
  }

  private connect(from: string, to: string): void {
    const known = this.neighbours.get(from);
    if (known) known.add(to);
    else this.neighbours.set(from, new Set([to]));
  }
}

const noContext = { acknowledgements: [], locate: () => undefined };

function holdsForeignToken(properties: Properties): boolean {
  let holds = false;
  eachSymbolic(properties, (symbolic) => (holds ||= isForeignToken(symbolic)));
  return holds;
}

/** Whether a resource of the plan may be the one that Terraform plans: all that synthesis knew of it is the same. */
function fits(
  { properties: planned }: PlannedResource,
  properties: Properties,
  unknown: ReadonlySet<string>,
): boolean {
  return Object.entries(planned).every(([name, value]) => {
    let isSymbolic = false;
    eachSymbolic(value, () => (isSymbolic = true));
    return isSymbolic || unknown.has(name) || !(name in properties) || sameValue(value, properties[name]);
  });
}

/** What waited for another provider, as it is now; references of ours stay, so that rules see what they lead to. */
function withKnown(planned: Properties, properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [
      name,
      holdsForeignToken({ [name]: value }) ? (properties[name] ?? value) : value,
    ]),
  );
}

function diagnosticOf({ severity, rule, message, places, fix, source }: Finding): Diagnostic {
  const lines = places.map(({ address, note }) => `  ${address}${note === undefined ? "" : `  ${note}`}`);
  return {
    severity: severity === "error" ? "error" : "warning",
    summary: `${rule} ${message}`,
    detail: `${lines.join("\n")}\n\n${fix} [${source}]`,
  };
}
