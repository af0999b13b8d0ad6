import * as scf from "cdktf-scf";
import { Plan, type PlanSnapshot } from "../../lib/testing";
import { newApp, node, TestStack } from "../constructs/app";
import { Shop } from "./shop";

function snapshot(
  declare: (stack: TestStack) => void,
  provider: Partial<scf.ScfProviderProps> = {},
): PlanSnapshot {
  const stack = new TestStack(newApp(), "shop", provider);
  declare(stack);
  return Plan.fromStack(stack).toSnapshot();
}

const orders = (stack: TestStack): scf.Function => new scf.Function(stack, "orders", node);

test("a snapshot is plain, sorted, and says what is deployed", () => {
  expect(Plan.fromStack(new Shop()).toSnapshot()).toMatchSnapshot();
});

test("it names no place, no version and no line", () => {
  const text = JSON.stringify(Plan.fromStack(new Shop()).toSnapshot());
  expect(text).not.toContain(process.cwd());
  expect(text).not.toMatch(/formatVersion|zipBytes|\.ts:\d/);
});

test("the order in which things are declared does not count", () => {
  const bills = (stack: TestStack): scf.Function => new scf.Function(stack, "bills", node);
  expect(
    JSON.stringify(
      snapshot((stack) => {
        bills(stack);
        orders(stack);
      }),
    ),
  ).toBe(
    JSON.stringify(
      snapshot((stack) => {
        orders(stack);
        bills(stack);
      }),
    ),
  );
});

test.each<[string, (stack: TestStack) => void, Partial<scf.ScfProviderProps>]>([
  ["quotas that are given", orders, { quotas: { namespaces: 9 } }],
  ["the platform that a program deploys to", orders, { platform: scf.Platform.local() }],
  [
    "what is said of an output",
    (stack) => {
      orders(stack);
      new scf.Output(stack, "name", { value: "orders", description: "The function's name." });
    },
    {},
  ],
])("%s does not change it", (name, declare, provider) => {
  const same = (stack: TestStack): void => {
    orders(stack);
    if (name.includes("output")) new scf.Output(stack, "name", { value: "orders" });
  };
  expect(snapshot(declare, provider)).toEqual(snapshot(same));
});

test("facts about what exists already do not change it", () => {
  const listener = (facts: object) => (stack: TestStack) =>
    void new scf.LoadBalancerListener(stack, "http", {
      loadBalancer: scf.LoadBalancer.fromAttributes({
        loadBalancerId: "lb-1",
        region: "ap-guangzhou",
        ...facts,
      }),
      protocol: scf.Protocol.HTTP,
      port: 80,
    });
  expect(snapshot(listener({ vpcId: "vpc-1" }))).toEqual(snapshot(listener({})));
});

test("a property, code and a region change it", () => {
  const before = snapshot(orders);
  expect(snapshot((stack) => void new scf.Function(stack, "orders", { ...node, memory: 512 }))).not.toEqual(
    before,
  );
  const code = scf.Code.fromInline("exports.main_handler = async () => 2;\n");
  expect(snapshot((stack) => void new scf.Function(stack, "orders", { ...node, code }))).not.toEqual(before);
  expect(snapshot(orders, { region: scf.Region.SHANGHAI })).not.toEqual(before);
});
