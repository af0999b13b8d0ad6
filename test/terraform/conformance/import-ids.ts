import { kinds } from "../../../lib/kinds";
import type { Found, Importing, Kind, ReadContext } from "../../../lib/kinds/kind";
import { sameValue, type Properties } from "../../../lib/model/value";
import type { TerraformObject } from "../../../lib/terraform/plugin/value";
import { resourceShapeOf } from "../../../lib/terraform/schema/resource-shape";
import { fromTerraform, toProperties } from "../../../lib/terraform/schema/to-properties";
import type { Attributes, TerraformWorld } from "./terraform-world";

const all = Object.values(kinds as Readonly<Record<string, Kind>>);

function reading({ platform }: TerraformWorld): ReadContext {
  return {
    region: "ap-guangzhou",
    uin: "",
    owner: "",
    signal: new AbortController().signal,
    call: (service, action, request) => platform.call(service, action, request),
  };
}

function listed(world: TerraformWorld, kind: Kind): Promise<readonly Found[]> {
  return (kind.import as Importing).list(reading(world)) as Promise<readonly Found[]>;
}

/** By address, what `terraform import` takes for the objects of a state: as the platform lists them. */
export async function importIds(
  world: TerraformWorld,
  state: Readonly<Record<string, Attributes>>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const kind of all) {
    const shape = resourceShapeOf(kind.schema);
    const mine = Object.entries(state).filter(([address]) => address.startsWith(`${shape.type}.`));
    if (mine.length === 0) continue;
    const found = await listed(world, kind);
    for (const [address, values] of mine) {
      const { properties } = toProperties(shape, values as TerraformObject);
      const identity = kind.identity(properties as never);
      const is = ({ live }: Found): boolean =>
        kind.identity(live.properties as never) === identity &&
        shape.attributes.every(({ property, name, shape: form }) => {
          const known = fromTerraform(form, values[name] as never);
          const now = (live.attributes as Properties)[property];
          return known === undefined || now === undefined || sameValue(known, now);
        });
      const one = found.find(is);
      if (one) ids.set(address, one.id);
    }
  }
  return ids;
}

/** Whatever can be listed on the platform: `scf_function default/orders`. */
export async function left(world: TerraformWorld): Promise<string[]> {
  const found = await Promise.all(
    all.map(async (kind) =>
      (await listed(world, kind)).map(({ id }) => `${resourceShapeOf(kind.schema).type} ${id}`),
    ),
  );
  return found.flat().sort();
}
