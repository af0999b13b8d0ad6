import { fc } from "../../fast-check";
import { kinds } from "../../../lib/kinds";
import { schemaOf } from "../../../lib/model/resources";
import type { ResourceSchema } from "../../../lib/model/resource-schema";
import type { Diagnostic } from "../../../lib/terraform/plugin/provider";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../../../lib/terraform/plugin/value";
import { resourceShapeOf, toTerraform } from "../../../lib/terraform/schema";
import { misfits } from "../../../lib/terraform/schema/validate";
import { propertiesOf, textWithSecrets } from "../arbitrary";

const orders: TerraformObject = {
  namespace: "default",
  function_name: "orders",
  type: "Event",
  runtime: "Nodejs16.13",
  code: { asset: "a" },
  memory: 128,
  timeout: 3,
  init_timeout: 65,
  async_execution: false,
};

function told(kind: string, object: TerraformObject): readonly Diagnostic[] {
  return misfits(schemaOf(kind) as ResourceSchema, object);
}

function toldOfFunction(changes: TerraformObject): readonly Diagnostic[] {
  return told("scf_function", { ...orders, ...changes });
}

describe("what is said of attributes", () => {
  it.each(Object.values(kinds).map(({ schema }) => [schema.kind, schema] as const))(
    "is nothing where the schema takes them: %s",
    (_, schema) => {
      const shape = resourceShapeOf(schema);
      fc.assert(
        fc.property(propertiesOf(schema, { text: textWithSecrets }), (properties) => {
          expect(misfits(schema, toTerraform(shape, properties, {}))).toEqual([]);
        }),
      );
    },
  );

  it.each(Object.values(kinds).map(({ schema }) => [schema.kind, schema] as const))(
    "is nothing of what is not known, wherever it stands: %s",
    (_, schema) => {
      const shape = resourceShapeOf(schema);
      fc.assert(
        fc.property(
          propertiesOf(schema),
          fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
          (properties, dice) => {
            const object = partlyUnknown(toTerraform(shape, properties, {}), () => dice.next().value === 0);
            expect(misfits(schema, object as TerraformObject)).toEqual([]);
          },
        ),
      );
    },
  );

  it("fails for a word that is not among those allowed, with the one that was meant", () => {
    expect(toldOfFunction({ type: "Evnt" })).toEqual([
      {
        severity: "error",
        summary: '`type` must be "Event" or "HTTP", but is the text "Evnt".',
        detail: "Did you mean Event?",
        attribute: [{ attribute: "type" }],
      },
    ]);
  });

  it("fails for a word that is wrong in an object in a list", () => {
    const toleration = { operator: "Exist" };
    const hosting = {
      cluster_id: "c",
      subnet_id: "s",
      cluster_namespace: "n",
      tolerations: [{}, toleration],
    };
    expect(told("scf_namespace", { name: "n", hosting })).toEqual([
      {
        severity: "error",
        summary: '`hosting.tolerations[1].operator` must be "Equal" or "Exists", but is the text "Exist".',
        detail: "Did you mean Exists?",
        attribute: [
          { attribute: "hosting" },
          { attribute: "tolerations" },
          { index: 1 },
          { attribute: "operator" },
        ],
      },
    ]);
  });

  it("fails for attributes of two forms of one object", () => {
    expect(toldOfFunction({ code: { asset: "a", bucket: "b", registry_id: null } })).toEqual([
      {
        severity: "error",
        summary: "`code` cannot have `bucket` together with `asset`.",
        detail: "Leave out what is not meant.",
        attribute: [{ attribute: "code" }],
      },
    ]);
  });

  it("fails for an object that has too little of any form", () => {
    expect(toldOfFunction({ code: { bucket: "b", object: "o" } })).toEqual([
      {
        severity: "error",
        summary: "`code.region` is missing.",
        detail: "Give text.",
        attribute: [{ attribute: "code" }, { attribute: "region" }],
      },
    ]);
    expect(toldOfFunction({ code: { bucket: null } })).toMatchObject([{ summary: "`code` is missing." }]);
  });

  it("fails for a form that there is none of", () => {
    const alias = { namespace: "n", function_name: "f", name: "live", version: "1" };
    const routing = { type: "weight", version: "2", percent: 10 };
    expect(told("scf_alias", { ...alias, routing })).toMatchObject([
      {
        summary: '`routing.type` must be "weighted" or "match", but is the text "weight".',
        attribute: [{ attribute: "routing" }, { attribute: "type" }],
      },
    ]);
  });

  it("fails for a text that is neither a number nor the word that may stand there", () => {
    expect(toldOfFunction({ instance_concurrency: "fast" })).toMatchObject([
      {
        summary: '`instance_concurrency` must be a number or "dynamic", but is the text "fast".',
        detail: 'Use a number or "dynamic".',
      },
    ]);
  });

  it("fails for an item of a set, and points to the set", () => {
    const condition = {
      metric: "m",
      comparison: "=",
      threshold: 1,
      period_minutes: 1,
      occurrences: 1,
      repeat_seconds: 1,
    };
    const policy = { policy_name: "p", target_type: "version", match: "any", enabled: true };
    expect(told("monitor_alarm_policy", { ...policy, conditions: [condition] })).toMatchObject([
      {
        summary: expect.stringMatching(
          /^`conditions.comparison` must be ">", .*, but is the text "="\.$/,
        ) as string,
        attribute: [{ attribute: "conditions" }],
      },
    ]);
  });

  it("fails for what is null in a list", () => {
    expect(
      toldOfFunction({
        layers: [
          { name: "a", version: 1 },
          { name: null, version: 1 },
        ],
      }),
    ).toMatchObject([
      {
        summary: "`layers[1].name` is missing.",
        attribute: [{ attribute: "layers" }, { index: 1 }, { attribute: "name" }],
      },
    ]);
  });
});

function partlyUnknown(value: TerraformValue, isUnknown: () => boolean): TerraformValue {
  if (value === null || typeof value !== "object") return value === null || !isUnknown() ? value : UNKNOWN;
  if (Array.isArray(value)) return value.map((item: TerraformValue) => partlyUnknown(item, isUnknown));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isUnknown() && item !== null ? UNKNOWN : partlyUnknown(item, isUnknown),
    ]),
  );
}
