import { Annotations, Aspects, TerraformOutput, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import * as scf from "cdktf-scf";
import { newApp, node, readPlan, resource, TestStack } from "./app";

/** cdktf leaves a mark in every construct that it looks at for aspects. */
function isSeenByCdktf(construct: IConstruct): boolean {
  return Object.getOwnPropertySymbols(construct).some(({ description }) => description === "cdktf-aspects");
}

describe("what means nothing to Terraform", () => {
  test("is left out of cdktf's walks", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    const output = new TerraformOutput(stack, "kept", { value: "1" });
    app.synth();
    expect(isSeenByCdktf(output)).toBe(true);
    expect(isSeenByCdktf(orders)).toBe(false);
    expect(stack.node.children).toContain(orders);
  });

  test.each<[string, (stack: TerraformStack) => void]>([
    ["an aspect", (stack) => Aspects.of(stack).add({ visit: () => undefined })],
    ["a validation", (stack) => stack.node.addValidation({ validate: () => [] })],
    ["an annotation", (stack) => Annotations.of(stack).addInfo("look")],
  ])("is part of them where %s may want to see it", (_, add) => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    add(stack);
    app.synth();
    expect(isSeenByCdktf(orders)).toBe(true);
  });

  test("can be depended on as a whole, before and after its stack has been synthesized", () => {
    const app = newApp();
    const [base, shop] = [new TestStack(app, "base"), new TestStack(app, "shop")];
    new scf.Function(base, "stock", node);
    new scf.Function(shop, "orders", node).node.addDependency(base);
    new scf.Role(shop, "run");
    const last = new TestStack(app, "last");
    new scf.Role(last, "run").node.addDependency(shop);
    app.synth();
    expect(resource(readPlan(app, "shop"), "shop/orders").dependsOn).toEqual(["base/stock"]);
    expect(resource(readPlan(app, "last"), "last/run").dependsOn).toEqual(["shop/orders", "shop/run"]);
  });

  test("leaves room for what is declared and taken away during the walks", () => {
    const app = newApp();
    class LateStack extends TestStack {
      override hasResourceMove(): boolean {
        const before = this.node.children.length;
        new TerraformOutput(this, "late", { value: "1" });
        new TerraformOutput(this, "gone", { value: "1" });
        expect(this.node.children).toHaveLength(before + 2);
        this.node.tryRemoveChild("gone");
        expect(this.node.children).toHaveLength(before + 1);
        return super.hasResourceMove();
      }
    }
    const stack = new LateStack(app, "shop");
    new scf.Function(stack, "orders", node);
    app.synth();
    expect(stack.node.children.map(({ node: { id } }) => id)).toEqual(["scf", "orders", "backend", "late"]);
  });
});
