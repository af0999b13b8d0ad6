import { Storefront } from "../../examples/mixed-backends/storefront";
import { Project, type Program } from "../end-to-end/deployment";

interface Answer {
  readonly statusCode: number;
  readonly body: string;
}

function storefront(loadBalancerId: string, webServers = ["ins-web1", "ins-web2"]): Program {
  return (stack) => void new Storefront(stack, "site", { loadBalancerId, webServers });
}

async function targets(project: Project, LoadBalancerId: string) {
  const answer = await project.platform.call("clb", "DescribeTargets", { LoadBalancerId });
  return Object.fromEntries(
    (answer.Listeners?.[0]?.Rules ?? []).map(({ Url, Targets, FunctionTargets }) => [
      Url,
      [
        ...(Targets ?? []).map((target) => target.InstanceId ?? target.PrivateIpAddresses?.[0]),
        ...(FunctionTargets ?? []).map(({ Function: bound }) => bound.FunctionQualifier),
      ],
    ]),
  );
}

async function describeBalancer(project: Project, id: string) {
  const answer = await project.platform.call("clb", "DescribeLoadBalancers", { LoadBalancerIds: [id] });
  return answer.LoadBalancerSet?.[0];
}

describe("the storefront", () => {
  test("is deployed, and a second deploy changes nothing", async () => {
    const project = new Project();
    const id = await project.loadBalancer();
    const summary = await project.deploy(storefront(id));
    expect(summary.failed).toBe(0);
    expect(await targets(project, id)).toEqual({
      "/static": ["ins-web1", "ins-web2"],
      "/orders": ["live"],
      "/archive": ["192.168.7.20"],
    });
    expect(await describeBalancer(project, id)).toMatchObject({
      SnatPro: true,
      SnatIps: [{ Ip: "10.0.1.10" }, { Ip: "10.0.1.11" }],
    });
    expect((await project.diff(storefront(id))).changes).toEqual([]);
    expect(await project.writesOf(storefront(id))).toEqual([]);
  });

  test("turns on what the data centre needs before it binds it, and off after", async () => {
    const project = new Project();
    const id = await project.loadBalancer();
    const ofBalancer = (writes: readonly string[]) =>
      writes.filter(
        (action) => /Attributes|Snat|Register|Deregister/.test(action) && !/Function/.test(action),
      );
    expect(ofBalancer(await project.writesOf(storefront(id)))).toEqual(
      expect.arrayContaining([
        "ModifyLoadBalancerAttributes",
        "CreateLoadBalancerSnatIps",
        "RegisterTargets",
      ]),
    );
    const made = ofBalancer(project.writes());
    expect(made.indexOf("ModifyLoadBalancerAttributes")).toBe(0);
    expect(made.lastIndexOf("CreateLoadBalancerSnatIps")).toBeLessThan(made.indexOf("RegisterTargets"));
    project.platform.resetCalls();
    await project.destroy(storefront(id));
    const gone = ofBalancer(project.writes());
    expect(gone.lastIndexOf("DeregisterTargets")).toBeLessThan(gone.indexOf("DeleteLoadBalancerSnatIps"));
    expect(gone[gone.length - 1]).toBe("ModifyLoadBalancerAttributes");
    expect(await describeBalancer(project, id)).toMatchObject({ SnatPro: false, SnatIps: [] });
  });

  test("takes another server with one call, and leaves the others alone", async () => {
    const project = new Project();
    const id = await project.loadBalancer();
    await project.deploy(storefront(id));
    const more = storefront(id, ["ins-web1", "ins-web2", "ins-web3"]);
    expect(await project.writesOf(more)).toEqual(["RegisterTargets"]);
    expect(await project.writesOf(storefront(id, ["ins-web1"]))).toEqual(["DeregisterTargets"]);
    expect((await targets(project, id))["/static"]).toEqual(["ins-web1"]);
  });
});

test("the orders function takes an order, and refuses what is none", async () => {
  const { main_handler: handle } = require("../../examples/mixed-backends/functions/orders/index.js") as {
    main_handler: (event: object) => Promise<Answer>;
  };
  expect(await handle({ body: JSON.stringify({ item: "lamp" }) })).toMatchObject({ statusCode: 202 });
  expect(await handle({ body: "lamp" })).toMatchObject({ statusCode: 400 });
});
