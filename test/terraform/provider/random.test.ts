import * as path from "node:path";
import "./fast-clock";
import { fc } from "../../fast-check";
import { kinds } from "../../../lib/kinds";
import type { Kind } from "../../../lib/kinds/kind";
import type { Properties } from "../../../lib/model/value";
import { openLocalPlatform } from "../../../lib/platform/local";
import { resourceShapeOf } from "../../../lib/terraform/schema/resource-shape";
import { toTerraform } from "../../../lib/terraform/schema/to-terraform";
import { cases, kind as kindOf, world, type Case, type World } from "../../kinds/cases";
import { propertiesOf } from "../arbitrary";
import { TerraformCore } from "./terraform-core";

jest.setTimeout(1_800_000);

const runs = Number(process.env["CDKTF_SCF_CONFIGURATIONS"] ?? 60);

/** A resource that is made, changed and deleted, all of it random within its schema, or so much that the platform takes most. */
interface Random {
  readonly example: Case;
  readonly first: Properties;
  readonly second: Properties;
  /** How many properties are random: of one the platform takes most, of all hardly any. */
  readonly share: "none" | "one" | "all";
  readonly pick: number;
}

const anything: fc.Arbitrary<Random> = fc.constantFrom(...cases).chain((example) => {
  // What is empty is the same as nothing to the platform: a namespace that is, is the default one.
  const text = fc.string({ minLength: 1 });
  const properties = propertiesOf((kinds[example.kind] as unknown as Kind).schema, { text });
  return fc.record({
    example: fc.constant(example),
    first: properties,
    second: properties,
    share: fc.oneof(
      { weight: 3, arbitrary: fc.constant("one" as const) },
      { weight: 1, arbitrary: fc.constant("none" as const) },
      { weight: 1, arbitrary: fc.constant("all" as const) },
    ),
    pick: fc.nat(),
  });
});

/** A platform with what the example needs, which the provider works on. */
async function preparedFor(example: Case, terraform: TerraformCore): Promise<Properties> {
  const platform = openLocalPlatform({
    path: path.join(terraform.folder, "local.db"),
    region: "ap-guangzhou",
  });
  const made: World = world();
  const context = { ...made.context, call: platform.call.bind(platform) as World["context"]["call"] };
  for (const { kind, properties } of example.needs) await kindOf(kind).create(context, properties as never);
  const wanted = await example.wanted({ ...made, platform, context });
  await platform.close();
  // Packages lie beside a plan; here there is none.
  return "asset" in ((wanted["code"] ?? {}) as object)
    ? { ...wanted, code: { bucket: "code-1250000000", object: "/orders.zip", region: "ap-guangzhou" } }
    : wanted;
}

function mixed(sensible: Properties, random: Properties, { share, pick }: Random): Properties {
  if (share === "all")
    return "backends" in sensible ? { ...random, backends: sensible["backends"] ?? [] } : random;
  const names = Object.keys(random);
  const name = share === "one" ? names[pick % names.length] : undefined;
  // A binding without a back-end is none, and is made again by every apply.
  if (name === "backends") return sensible;
  // What runs an image is no choice: the platform puts its own word there.
  if (name === "runtime" && sensible["runtime"] === "CustomImage") return sensible;
  return name === undefined ? sensible : { ...sensible, [name]: random[name] ?? null };
}

test(`whatever fits a schema goes round without breaking Terraform's rules: ${runs} configurations`, async () => {
  const count = { made: 0, changed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(anything, async (random) => {
      const { example, first, second } = random;
      const { code: _code, ...changes } = example.changes;
      const shape = resourceShapeOf((kinds[example.kind] as unknown as Kind).schema);
      const terraform = new TerraformCore();
      const sensible = await preparedFor(example, terraform);
      const step = async (properties: Properties | undefined): Promise<string> => {
        const given = properties && toTerraform(shape, properties, {});
        const { action, diagnostics } = await terraform.apply(shape.type, "one", given);
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        for (const { summary, detail } of errors) expect(`${summary} ${detail}`).not.toContain("INTERNAL");
        return errors.length > 0 ? "refused" : action;
      };
      const start = mixed(sensible, first, random);
      if ((await step(start)) === "refused") return void count.refused++;
      count.made++;
      expect(await step(start)).toBe("none");
      const next = mixed({ ...sensible, ...changes }, second, random);
      if ((await step(next)) !== "refused") {
        count.changed++;
        expect(await step(next)).toBe("none");
      }
      if (terraform.states.has("one")) await step(undefined);
    }),
    {
      numRuns: runs,
      endOnFailure: true,
    },
  );
  // Enough have to come this far, for the property to say something.
  expect(count.made).toBeGreaterThan(runs / 8);
  expect(count.changed).toBeGreaterThan(runs / 16);
});
