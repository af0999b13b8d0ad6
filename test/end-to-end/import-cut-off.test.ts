import * as scf from "../../lib";
import { UnknownOutcomeError } from "../../lib/platform/errors";
import { Project, type Program } from "./deployment";

const program: Program = (stack) => {
  new scf.Function(stack, "orders", {
    name: "orders",
    runtime: scf.Runtime.NODEJS_16_13,
    handler: "index.main_handler",
    code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
  });
};
const requests = [{ address: "shop/orders", id: "default/orders" }];

/** A function that nobody's stack has made, and an import of it whose mark is written and never answered. */
async function cutOff(): Promise<Project> {
  const project = new Project();
  await project.platform.call("scf", "CreateFunction", {
    FunctionName: "orders",
    Runtime: "Nodejs16.13",
    Handler: "index.main_handler",
    MemorySize: 256,
    Code: { CosBucketName: "code-1250000000", CosObjectName: "orders.zip", CosBucketRegion: "ap-guangzhou" },
  });
  const call = project.platform.call.bind(project.platform);
  const lossy = jest.spyOn(project.platform, "call").mockImplementation((async (
    ...given: Parameters<typeof call>
  ) => {
    const answer = await call(...given);
    const [service, action] = given;
    if (service !== "tag") return answer;
    throw new UnknownOutcomeError({ service, action, message: "the line was cut", sent: true });
  }) as typeof call);
  const { imported, failed } = await importOrders(project);
  lossy.mockRestore();
  expect(imported).toEqual([]);
  expect(failed).toMatchObject({ address: "shop/orders", code: "UNKNOWN_OUTCOME" });
  return project;
}

function importOrders(project: Project) {
  return project.withReconciler(program, async (reconciler) => {
    const findings = await reconciler.findImports({ requests });
    expect(findings.problems).toEqual([]);
    return reconciler.import(findings, { requests });
  });
}

test("an import that is cut off after the mark is done again, without taking anything over", async () => {
  const project = await cutOff();
  expect(await importOrders(project)).toEqual({ imported: ["shop/orders"] });
  const { changes } = await project.diff(program);
  expect(changes.map(({ address, operation }) => [address, operation])).toEqual([["shop/orders", "update"]]);
});

test("a deploy after such an import goes on with the object, and makes no second one", async () => {
  const project = await cutOff();
  const writes = await project.writesOf(program);
  expect(writes).not.toContain("CreateFunction");
  expect(writes).toContain("UpdateFunctionConfiguration");
  expect((await project.diff(program)).changes).toEqual([]);
});
