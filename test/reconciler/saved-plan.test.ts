import Ajv from "ajv/dist/2020";
import { reference, type Value } from "../../lib/model/value";
import { parseSavedPlan, serializeSavedPlan } from "../../lib/reconciler";
import { savedPlanJsonSchema } from "../../lib/reconciler/saved-plan-schema";
import { box, planOf, Project } from "./support";

const secret: Value = { $secret: { environment: "PASSWORD" } };

test("all that a difference can say stands in the published format", async () => {
  const project = new Project();
  project.environment = { PASSWORD: "a long secret" };
  project.options = {
    stateOf: () =>
      ({
        resources: { "net/vpc": { attributes: { id: "vpc-1" }, properties: {} } },
      }) as unknown as ReturnType<NonNullable<Project["options"]["stateOf"]>>,
  };
  await project.deploy(
    planOf({
      broken: box("broken"),
      kept: { ...box("kept"), lifecycle: { retain: true } },
      taken: box("taken"),
    }),
  );
  const { boxes } = project.platform.world;
  Object.assign(boxes["broken"] as object, { status: "CreateFailed" });
  Object.assign(boxes["taken"] as object, { owner: "theirs", note: "theirs" });
  const plan = planOf({
    broken: box("broken"),
    taken: box("taken", { password: secret, note: reference("net/vpc", "id") }),
  });
  const difference = await project.difference(plan);
  expect(difference).toMatchObject({ inputs: [{}, {}], retained: [{ address: "shop/kept" }] });
  expect(difference.changes).toMatchObject([{ repairs: true }, { stranger: { owner: "theirs" } }]);
  const text = serializeSavedPlan({
    createdAt: "2026-01-02T03:04:05.000Z",
    stacks: [{ plan, planDirectory: ".", difference, dependencies: [] }],
  });
  const saved = parseSavedPlan(text, "plan.json");
  const { properties } = savedPlanJsonSchema() as { properties: { stacks: { items: object } } };
  const schema = properties.stacks.items as { properties: { difference: object } };
  const validate = new Ajv({ strict: false }).compile(schema.properties.difference);
  const read = saved.stacks[0]?.difference;
  expect(validate(read) || validate.errors).toBe(true);
  expect(validate({ ...read, unheardOf: true })).toBe(false);
});
