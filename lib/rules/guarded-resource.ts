import {
  kindsByShortName,
  shortKind,
  type KindOf,
  type PropertiesByShortKind,
  type ShortKind,
} from "../model/short-kind";
import { isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";

/** Thrown when a guardrail reads what is not known at synthesis: it judges nothing by it. */
export class NotKnown extends Error {
  constructor(
    readonly address: string,
    /** `memory`, `environment.TOKEN`. */
    readonly property: string,
  ) {
    super(`\`${property}\` of ${address} is not known at synthesis`);
  }
}

/** A resource as guardrails see it. */
export class GuardedResource<N extends ShortKind = ShortKind> {
  /** Its kind: `function`, `alias`, `rule`. */
  readonly kind: N;
  /** Path of its construct, the stack's id first. */
  readonly address: string;
  /** Id of its construct. */
  readonly id: string;
  /** Id of its stack. */
  readonly stack: string;
  /** Region of its stack. */
  readonly region: string;
  /**
   * Its properties as they are deployed, with references to other properties followed. Reading one that is not known at
   * synthesis ends the check there, and is reported as unchecked.
   */
  readonly properties: PropertiesByShortKind[N];

  /** @internal */
  constructor(private readonly resource: ModelResource) {
    this.kind = shortKind(resource.kind) as N;
    this.address = resource.address;
    this.id = resource.address.slice(resource.address.lastIndexOf("/") + 1);
    this.stack = resource.plan.stack;
    this.region = resource.region;
    this.properties = concreteProperties(resource) as typeof this.properties;
  }

  /** Whether it is of a kind. */
  is<Other extends ShortKind>(kind: Other): this is GuardedResource<Other> {
    return (this.kind as string) === kind;
  }

  /**
   * The resource of the program that a property refers to; undefined when there is none.
   *
   * @param property for example `functionName` of an alias, which refers to its function
   */
  target(property: keyof PropertiesByShortKind[N] & string): GuardedResource | undefined {
    const target = this.resource.target(property as never);
    return target && new GuardedResource(target);
  }
}

/** All resources that a guardrail is there for. */
export class GuardedResources {
  /** @internal */
  constructor(
    private readonly app: AppModel,
    private readonly covers: (address: string) => boolean,
  ) {}

  /** Those of every kind. */
  all(): readonly GuardedResource[] {
    return this.app.resources
      .filter(({ address }) => this.covers(address))
      .map((resource) => new GuardedResource(resource));
  }

  /** Those of one kind. */
  ofKind<N extends ShortKind>(kind: N): readonly GuardedResource<N>[] {
    return this.app
      .ofKind(kindsByShortName.get(kind) as KindOf<N>)
      .filter(({ address }) => this.covers(address))
      .map((resource) => new GuardedResource<N>(resource as unknown as ModelResource));
  }
}

function concreteProperties({ app, address, planned }: ModelResource): object {
  return new Proxy(planned.properties, {
    get(properties, name): unknown {
      return typeof name === "string" ? concrete(app, properties[name], address, name) : undefined;
    },
  });
}

/** A copy, so that nothing a guardrail does to it reaches the plan; parts of it that are not known throw when they are read. */
function concrete(app: AppModel, value: Value | undefined, address: string, path: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = app.follow(value);
  if (known !== UNKNOWN) return structuredClone(known);
  const end = app.dereference(value);
  if (typeof end !== "object" || end === null || isSymbolic(end)) throw new NotKnown(address, path);
  const copy: object = Array.isArray(end) ? [] : {};
  for (const [key, part] of Object.entries(end as { readonly [key: string]: Value })) {
    Object.defineProperty(copy, key, {
      enumerable: true,
      get: () => concrete(app, part, address, `${path}.${key}`),
    });
  }
  return copy;
}
