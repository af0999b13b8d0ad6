import { fc, seed } from "../../fast-check";
import { kinds } from "../../../lib/kinds";
import type { Kind } from "../../../lib/kinds/kind";
import type { Properties } from "../../../lib/model/value";
import type { TerraformObject } from "../../../lib/terraform/plugin/value";
import { resourceShapeOf } from "../../../lib/terraform/schema/resource-shape";
import { toTerraform } from "../../../lib/terraform/schema/to-terraform";
import { propertiesOf } from "../arbitrary";
import { aFunction } from "./examples";
import { TerraformWorld, type Attributes, type Resources } from "./terraform-world";
import { withTerraformAtLength } from "../with-terraform";

jest.setTimeout(1_800_000);

const BATCH = 500;
const batches = Number(process.env["CDKTF_SCF_BATCHES"] ?? 1);

const document = { version: "2.0", statement: [{ effect: "allow", action: ["scf:Get*"], resource: ["*"] }] };

/** What needs nothing else, as the platform takes it; the name is put in. */
const sensible: Readonly<Record<string, { readonly name: string; readonly attributes: Attributes }>> = {
  scf_function: { name: "function_name", attributes: aFunction },
  cam_policy: { name: "policy_name", attributes: document },
};

/** Each resource has one attribute that is random within its schema: of more the platform takes hardly any. */
const resource = fc
  .constantFrom("scf_function", "scf_function", "scf_function", "cam_policy")
  .chain((kind) => {
    const { schema } = kinds[kind as keyof typeof kinds] as unknown as Kind;
    const shape = resourceShapeOf(schema);
    const fields = shape.properties.filter(({ name }) => name !== sensible[kind]?.name);
    const text = fc.string({ minLength: 1 }).filter((one) => !/[$%]\{/.test(one));
    return fc.record({
      kind: fc.constant(kind),
      field: fc.constantFrom(...fields),
      values: propertiesOf(schema, { text }).map((properties) =>
        toTerraform(shape, properties as Properties, {}),
      ),
    });
  });

type Random = typeof resource extends fc.Arbitrary<infer T> ? T : never;

function configuration(randoms: readonly Random[]): Resources {
  return Object.fromEntries(
    randoms.map(({ kind, field, values }, index) => {
      const { name, attributes } = sensible[kind] as (typeof sensible)[string];
      const value = (values as TerraformObject)[field.name] ?? null;
      const type = resourceShapeOf((kinds[kind as keyof typeof kinds] as unknown as Kind).schema).type;
      return [`${type}.r${index}`, { ...attributes, [field.name]: value, [name]: `r${index}` }];
    }),
  );
}

withTerraformAtLength("random configurations", () => {
  test(`never break Terraform's own rules: ${batches * BATCH} resources, each changed once`, () => {
    let [made, changed] = [0, 0];
    for (let batch = 0; batch < batches; batch++) {
      const [first, second] = fc.sample(fc.array(resource, { minLength: BATCH, maxLength: BATCH }), {
        numRuns: 2,
        seed: seed + batch,
      });
      const world = new TerraformWorld({ quotas: { functionsPerNamespace: 10_000, concurrencyMb: 1e9 } });
      const round = (randoms: readonly Random[]): Set<string> => {
        world.write(configuration(randoms));
        // The platform refuses some of it; what breaks Terraform's rules is thrown.
        world.run(["apply", "-auto-approve", "-parallelism=200"]);
        const held = new Set(world.addresses());
        const { output } = world.run(["plan", "-refresh-only", "-detailed-exitcode"]);
        expect(output).not.toMatch(/has changed/);
        return held;
      };
      world.write({});
      world.init();
      made += round(first ?? []).size;
      changed += round(second ?? []).size;
      world.write({});
      world.apply();
      expect(world.addresses()).toEqual([]);
    }
    // Most have to come this far, for the test to say something.
    expect(made).toBeGreaterThan((batches * BATCH) / 3);
    expect(changed).toBeGreaterThan((batches * BATCH) / 3);
  });
});
