import * as fs from "node:fs";
import * as path from "node:path";
import { Annotations, type App, Aspects, TerraformLocal, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import * as scf from "cdktf-scf";
import { newApp, node, readPlan, TestStack } from "./app";

/** Functions beside, above and below Terraform's own elements. */
function declare(stack: TestStack): void {
  new scf.Function(stack, "alone", node);
  const team = new Construct(stack, "team");
  const orders = new scf.Function(team, "orders", node);
  new TerraformOutput(orders, "below", { value: "below a function" });
  new scf.Function(new Construct(team, "inner"), "stock", { ...node, environment: { A: "b" } });
  const size = new TerraformVariable(stack, "size", { type: "number", default: 1 });
  new TerraformLocal(team, "doubled", size.numberValue);
  new TerraformOutput(stack, "size-out", { value: size.value });
}

function written(app: App): { configuration: string; manifest: string; plan: object } {
  const file = (...names: string[]) => fs.readFileSync(path.join(app.outdir, ...names), "utf8");
  return {
    configuration: file("stacks", "shop", "cdk.tf.json"),
    manifest: file("manifest.json"),
    plan: readPlan(app, "shop"),
  };
}

/** Constructs of the library are not shown to cdktf where it has no use for them. */
describe("what cdktf writes for its own elements", () => {
  test("is, byte for byte, what it writes when it walks every construct", () => {
    const quick = newApp();
    declare(new TestStack(quick, "shop"));
    quick.synth();

    const whole = newApp();
    const stack = new TestStack(whole, "shop");
    declare(stack);
    // An aspect wants to see everything, so nothing is left out.
    const visited: string[] = [];
    Aspects.of(stack).add({ visit: (construct) => void visited.push(construct.node.path) });
    whole.synth();

    expect(visited).toContain("shop/team/inner/stock");
    expect(written(quick)).toEqual(written(whole));
    expect(written(quick).configuration).toContain("below a function");
  });

  test("a construct is in the tree again when synthesis is over", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    declare(stack);
    const before = stack.node.findAll();
    app.synth();
    expect(new Set(stack.node.findAll())).toEqual(new Set([...before, stack.node.findChild("backend")]));
    expect(Object.keys(stack.node)).not.toContain("children");
  });
});

describe("whoever wants to see the tree sees all of it", () => {
  const seen = (stack: TestStack): string[] => stack.node.findAll().map((construct) => construct.node.path);

  test.each<[string, (stack: TestStack, note: (paths: string[]) => void) => void]>([
    [
      "a validation of the stack",
      (stack, note) => stack.node.addValidation({ validate: () => (note(seen(stack)), []) }),
    ],
    [
      "a validation below a function",
      (stack, note) => {
        const below = new Construct(stack.node.findChild("alone"), "below");
        below.node.addValidation({ validate: () => (note(seen(stack)), []) });
      },
    ],
    [
      "custom synthesis",
      (stack, note) => {
        const custom = new Construct(stack, "custom");
        Object.defineProperty(custom, Symbol.for("cdktf/customSynthesis"), {
          value: { onSynthesize: () => note(seen(stack)) },
        });
      },
    ],
    [
      "an aspect on one function",
      (stack, note) => Aspects.of(stack.node.findChild("alone")).add({ visit: () => note(seen(stack)) }),
    ],
  ])("%s", (_, arrange) => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    declare(stack);
    let paths: string[] = [];
    arrange(stack, (found) => (paths = found));
    app.synth();
    expect(paths).toContain("shop/alone");
    expect(paths).toContain("shop/team/inner/stock");
  });

  test("fails with a validation of a function, in the words of the validation", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    orders.node.addValidation({ validate: () => ["orders need a cost centre"] });
    expect(() => app.synth()).toThrow("[shop/orders] orders need a cost centre");
  });

  test("an annotation on a function reaches the manifest", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    Annotations.of(new scf.Function(stack, "orders", node)).addWarning("ask the platform team");
    app.synth();
    expect(written(app).manifest).toContain("ask the platform team");
  });
});
