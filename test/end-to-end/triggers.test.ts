import * as scf from "cdktf-scf";
import { node } from "../constructs/app";
import { Project, type Program } from "./deployment";

function api(props: scf.ApiGatewayTriggerProps, id = "api"): Program {
  return (stack) => {
    new scf.Function(stack, "orders", node).addTrigger(
      id,
      scf.Trigger.apiGateway({ path: "/orders", ...props }),
    );
  };
}

const basic = api({});
const standard = api({ serviceId: "service-a1b2c3d4" });

async function services(project: Project): Promise<string[]> {
  const answer = await project.platform.call("scf", "ListTriggers", { FunctionName: "shop-orders" });
  return (answer.Triggers ?? []).map(({ TriggerName }) => TriggerName ?? "");
}

test("a basic gateway stays as it is, and becomes a standard one when the program gives a service", async () => {
  const project = new Project();
  await project.deploy(basic);
  const [made] = await services(project);
  expect(made).toMatch(/^service-/);
  expect(await project.writesOf(basic)).toEqual([]);
  expect(await project.writesOf(standard)).toEqual(["DeleteTrigger", "CreateTrigger"]);
  expect(await services(project)).toEqual(["service-a1b2c3d4"]);
  expect(await project.writesOf(standard)).toEqual([]);
});

test("fails to go back from a standard gateway to a basic one, before anything is done", async () => {
  const project = new Project();
  await project.deploy(standard);
  project.platform.resetCalls();
  const refused = {
    code: "GATEWAY_KIND",
    message: expect.stringMatching(/service-a1b2c3d4.*never becomes a basic one/),
    fix: expect.stringContaining("another id"),
  };
  await expect(project.diff(basic)).rejects.toMatchObject(refused);
  await expect(project.deploy(basic)).rejects.toMatchObject(refused);
  expect(project.writes()).toEqual([]);
});

test("under another id, a basic gateway takes the place of a standard one, with an address of its own", async () => {
  const project = new Project();
  await project.deploy(standard);
  await project.deploy(api({}, "basic-api"));
  const now = await services(project);
  expect(now).toHaveLength(1);
  expect(now).not.toContain("service-a1b2c3d4");
});

test("a change of what an API is makes it anew", async () => {
  const project = new Project();
  await project.deploy(standard);
  const slower = api({ serviceId: "service-a1b2c3d4", backendTimeout: scf.Duration.seconds(60) });
  expect(await project.writesOf(slower)).toEqual(["DeleteTrigger", "CreateTrigger"]);
  expect(await project.writesOf(slower)).toEqual([]);
});

test("a trigger that is moved to another construct stays on the platform", async () => {
  const project = new Project();
  const uploads = (id: string, events: scf.CosTriggerProps["events"]): Program => {
    return (stack) => {
      const bucket = "uploads-1250000000";
      new scf.Function(stack, "orders", node).addTrigger(id, scf.Trigger.cos({ bucket, events }));
    };
  };
  await project.deploy(uploads("files", ["cos:ObjectCreated:*"]));
  expect(await project.writesOf(uploads("uploads", ["cos:ObjectCreated:*"]))).toEqual([]);
  const both = uploads("uploads", ["cos:ObjectRemove:*", "cos:ObjectCreated:*"]);
  expect(await project.writesOf(both)).toEqual(["CreateTrigger"]);
});

test("triggers are switched off in place", async () => {
  const project = new Project();
  const program = (enabled: boolean): Program => {
    return (stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const bucket = "uploads-1250000000";
      orders.addTrigger("files", scf.Trigger.cos({ bucket, events: ["cos:ObjectCreated:*"], enabled }));
      const topic = { instanceId: "ckafka-a1", topic: "orders" };
      orders.addTrigger("messages", scf.Trigger.ckafka({ ...topic, enabled }));
    };
  };
  await project.deploy(program(true));
  expect((await project.writesOf(program(false))).sort()).toEqual(["UpdateTrigger", "UpdateTriggerStatus"]);
  const { Triggers } = await project.platform.call("scf", "ListTriggers", { FunctionName: "shop-orders" });
  expect(Triggers?.map(({ Enable }) => Enable)).toEqual([0, 0]);
});
