import * as scf from "cdktf-scf";
import { node } from "../constructs/app";
import { Project, type Program } from "./deployment";

const code = (answer: number) => scf.Code.fromInline(`exports.main_handler = async () => ${answer};\n`);

/** An alarm on whatever version of `orders` is the newest. */
function watching(answer: number, alarm: Partial<scf.AlarmPolicyProps> = {}): Program {
  return (stack) => {
    const orders = new scf.Function(stack, "orders", { ...node, code: code(answer) });
    const metric = orders.currentVersion.metrics.errors();
    new scf.AlarmPolicy(stack, "alarms", {
      conditions: [{ metric, comparison: ">", threshold: 5 }],
      ...alarm,
    });
  };
}

async function watched(project: Project): Promise<unknown[]> {
  const list = await project.platform.call("monitor", "DescribeAlarmPolicies", { Module: "monitor" });
  const PolicyId = list.Policies?.[0]?.PolicyId ?? "";
  const request = { Module: "monitor", GroupId: 0, PolicyId };
  const bound = await project.platform.call("monitor", "DescribeBindingPolicyObjectList", request);
  return (bound.List ?? []).map(({ Dimensions }) => JSON.parse(Dimensions ?? "") as unknown);
}

describe("an alarm policy", () => {
  test("follows the newest version without being made again", async () => {
    const project = new Project();
    await project.deploy(watching(1));
    expect(await watched(project)).toMatchObject([{ functionName: "shop-orders", version: "1" }]);
    const writes = await project.writesOf(watching(2));
    expect(writes).toEqual([
      "UpdateFunctionCode",
      "PublishVersion",
      "BindingPolicyObject",
      "UnBindingPolicyObject",
    ]);
    expect(await watched(project)).toMatchObject([{ functionName: "shop-orders", version: "2" }]);
    expect(await project.writesOf(watching(2))).toEqual([]);
    await project.platform.close();
  });

  test("that somebody has changed elsewhere is put back, by the one call that it takes", async () => {
    const project = new Project();
    await project.deploy(watching(1));
    const list = await project.platform.call("monitor", "DescribeAlarmPolicies", { Module: "monitor" });
    const PolicyId = list.Policies?.[0]?.PolicyId ?? "";
    await project.platform.call("monitor", "ModifyAlarmPolicyStatus", {
      Module: "monitor",
      PolicyId,
      Enable: 0,
    });
    expect(await project.writesOf(watching(1))).toEqual(["ModifyAlarmPolicyStatus"]);
    await project.platform.call("monitor", "DeleteAlarmPolicy", { Module: "monitor", PolicyIds: [PolicyId] });
    expect(await project.writesOf(watching(1))).toEqual(["CreateAlarmPolicy", "BindingPolicyObject"]);
    await project.platform.close();
  });

  test("gets another name, and goes, without its function", async () => {
    const project = new Project();
    await project.deploy(watching(1));
    expect(await project.writesOf(watching(1, { name: "errors" }))).toEqual(["ModifyAlarmPolicyInfo"]);
    const writes = await project.writesOf((stack) => {
      void new scf.Function(stack, "orders", { ...node, code: code(1) }).currentVersion;
    });
    expect(writes).toEqual(["DeleteAlarmPolicy"]);
    await project.platform.close();
  });
});
