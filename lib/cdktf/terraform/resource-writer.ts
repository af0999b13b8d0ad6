import type { PlannedLifecycle, PlannedResource } from "../../model/plan";
import { schemaOf } from "../../model/resources";
import { terraformAttribute, terraformName } from "../../model/terraform";
import { eachReference, type Value } from "../../model/value";
import { writerOf, type NameReference, type ValueWriter } from "./value-writer";

/** What a resource's text needs to know of the resources around it. */
export interface Surroundings {
  readonly name: NameReference;
  /** `scf_function.orders` for a resource of this stack, undefined for one of another. */
  readonly terraformAddressOf: (address: string) => string | undefined;
  /** The address in Terraform of what has to be replaced when it is; undefined for what stays behind when replaced. */
  readonly containerOf: (address: string) => string | undefined;
}

/** Writes the resources of one kind. */
export class ResourceWriter {
  private readonly properties = new Map<string, PropertyWriter>();

  constructor(kind: string) {
    const schema = schemaOf(kind);
    for (const [name, { checkOnly, immutable }] of Object.entries(schema?.metadata ?? {})) {
      if (checkOnly) continue;
      const write = writerOf(schema?.properties.shape[name] as Parameters<typeof writerOf>[0]);
      this.properties.set(name, new PropertyWriter(name, write, immutable === true));
    }
  }

  /** `"orders":{…}` */
  write(resource: PlannedResource, around: Surroundings): string {
    const { properties, dependsOn, lifecycle } = resource;
    let text = `"${terraformName(resource.address)}":{`;
    let separator = "";
    let containers: readonly string[] = none;
    for (const name in properties) {
      const writer = this.properties.get(name);
      if (writer === undefined) continue;
      text += separator + writer.write(properties[name] as Value, around);
      separator = ",";
      if (writer.containers.length > 0) containers = [...containers, ...writer.containers];
    }
    for (const setting of settingsText(dependsOn, lifecycle, containers, around)) {
      text += separator + setting;
      separator = ",";
    }
    return `${text}}`;
  }
}

/** Writes one property. Neighbours mostly have the same value, which is the same object then: its text is kept. */
class PropertyWriter {
  /** What has to be replaced for the value that was written last to mean the same. */
  containers: readonly string[] = none;
  private latest: Value | undefined;
  private text = "";
  private readonly key: string;

  constructor(
    name: string,
    private readonly writeValue: ValueWriter,
    private readonly immutable: boolean,
  ) {
    this.key = `"${terraformAttribute(name)}":`;
  }

  write(value: Value, around: Surroundings): string {
    if (value === this.latest) return this.text;
    this.latest = value;
    this.text = this.key + this.writeValue(value, around.name);
    this.containers = this.immutable && typeof value === "object" ? containersIn(value, around) : none;
    return this.text;
  }
}

const none: readonly string[] = [];

/** A property that cannot change names what a resource lives in: what is replaced takes with it what it holds. */
function containersIn(value: Value, around: Surroundings): readonly string[] {
  const found = new Set<string>();
  eachReference(value, ({ $ref }) => {
    const container = around.containerOf($ref.address);
    if (container !== undefined) found.add(container);
  });
  return [...found];
}

/** What Terraform is told beside the properties. */
function settingsText(
  dependsOn: readonly string[],
  lifecycle: PlannedLifecycle | undefined,
  containers: readonly string[],
  around: Surroundings,
): readonly string[] {
  if (dependsOn.length === 0 && lifecycle === undefined && containers.length === 0) return none;
  return [
    ...(lifecycle?.retain ? ['"retain":true'] : none),
    ...dependsOnText(dependsOn, around),
    ...lifecycleText(lifecycle, containers),
  ];
}

function dependsOnText(dependsOn: readonly string[], around: Surroundings): readonly string[] {
  if (dependsOn.length === 0) return none;
  const inside = dependsOn.flatMap((address) => around.terraformAddressOf(address) ?? none);
  return inside.length === 0 ? none : [`"depends_on":${JSON.stringify(inside)}`];
}

function lifecycleText(
  lifecycle: PlannedLifecycle | undefined,
  containers: readonly string[],
): readonly string[] {
  if (!lifecycle?.protect && containers.length === 0) return none;
  const settings = {
    ...(lifecycle?.protect ? { prevent_destroy: true } : {}),
    ...(containers.length > 0
      ? { replace_triggered_by: [...new Set(containers)].map((container) => `${container}.instance`) }
      : {}),
  };
  return [`"lifecycle":${JSON.stringify(settings)}`];
}
