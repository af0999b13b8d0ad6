import * as scf from "cdktf-scf";
import { Project, type Program } from "./deployment";

const away = { version: "1.0", region: "ap-shanghai", vpcId: "vpc-1" } as const;

function program(loadBalancerId: string, binding: scf.CrossRegionBindingProps | undefined): Program {
  return (stack) => {
    if (binding) new scf.CrossRegionBinding(stack, "binding", binding);
    new scf.Function(stack, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromInline("exports.main_handler = async () => 1;\n"),
      description: `Behind ${loadBalancerId.replace("-", " ")}.`,
    });
  };
}

async function project() {
  const made = new Project();
  const loadBalancerId = await made.loadBalancer();
  const loadBalancer = scf.LoadBalancer.fromAttributes({ loadBalancerId, region: "ap-guangzhou" });
  return { made, loadBalancerId, loadBalancer };
}

test("cross-region binding 1.0 fails to be taken back, says why, and is still there for the next deploy", async () => {
  const { made, loadBalancerId, loadBalancer } = await project();
  const bound = program(loadBalancerId, { loadBalancer, ...away });
  await made.deploy(bound);
  const summary = await made.deploy(program(loadBalancerId, undefined));
  expect(summary.failed).toBe(1);
  const failure = made.events.find((event) => event.type === "operation-failed");
  expect(failure).toMatchObject({
    code: "CROSS_REGION_STAYS",
    message: expect.stringContaining("does not take that back"),
  });
  expect((await made.diff(bound)).changes).toEqual([]);
});

test("cross-region binding 2.0 is turned off when it leaves the program", async () => {
  const { made, loadBalancerId, loadBalancer } = await project();
  const cloudConnectNetwork = "ccn-1";
  await made.deploy(program(loadBalancerId, { loadBalancer, version: "2.0", cloudConnectNetwork }));
  expect(await made.writesOf(program(loadBalancerId, undefined))).toEqual(["ModifyLoadBalancerAttributes"]);
});

test("cross-region binding 1.0 moves on to a third region in place", async () => {
  const { made, loadBalancerId, loadBalancer } = await project();
  await made.deploy(program(loadBalancerId, { loadBalancer, ...away }));
  const third = program(loadBalancerId, { loadBalancer, ...away, region: "ap-beijing" });
  expect((await made.diff(third)).changes).toMatchObject([{ operation: "update" }]);
  expect(await made.writesOf(third)).toEqual(["ModifyLoadBalancerAttributes"]);
  expect((await made.diff(third)).changes).toEqual([]);
});
