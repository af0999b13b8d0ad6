import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv/dist/2020";
import { type App } from "cdktf";
import { Construct } from "constructs";
import * as scf from "cdktf-scf";
import { planJsonSchema } from "../../lib/model/plan-schema";
import { newApp, node, readPlan, resource, synthesize, TestStack } from "./app";

/** A construct with two functions in it. */
class Shop extends Construct {
  readonly orders = new scf.Function(this, "orders", node);
  readonly stock = new scf.Function(this, "stock", node);
}

function lifecycles(declare: (stack: TestStack) => void): Record<string, unknown> {
  const { resources } = synthesize(declare);
  return Object.fromEntries(resources.map(({ address, lifecycle }) => [address, lifecycle]));
}

test("nothing about it stands in the plan when nothing is said", () => {
  const plan = synthesize((stack) => new scf.Function(stack, "orders", node));
  expect(resource(plan, "shop/orders")).not.toHaveProperty("lifecycle");
});

test("protect and retain hold for the construct and everything below it", () => {
  expect(
    lifecycles((stack) => {
      const shop = new Shop(stack, "main");
      scf.Lifecycle.of(shop).retain();
      scf.Lifecycle.of(shop.orders).protect();
      shop.orders.addAlias("live", { version: shop.orders.currentVersion });
      new scf.Function(stack, "main2", node);
    }),
  ).toEqual({
    "shop/main/orders": { protect: true, retain: true },
    "shop/main/orders/CurrentVersion": { protect: true, retain: true },
    "shop/main/orders/live": { protect: true, retain: true },
    "shop/main/stock": { retain: true },
    "shop/main2": undefined,
  });
});

test("on a stack they hold for all of it", () => {
  expect(
    lifecycles((stack) => {
      scf.Lifecycle.of(stack).protect();
      new Shop(stack, "main");
    }),
  ).toEqual({ "shop/main/orders": { protect: true }, "shop/main/stock": { protect: true } });
});

describe("moveFrom", () => {
  test("maps the whole subtree by its prefix, the latest path first", () => {
    expect(
      lifecycles((stack) => {
        scf.Lifecycle.of(new Shop(stack, "main")).moveFrom("shop/old").moveFrom("shop/older/still");
        new scf.Function(stack, "mainly", node);
      }),
    ).toEqual({
      "shop/main/orders": { movedFrom: ["shop/old/orders", "shop/older/still/orders"] },
      "shop/main/stock": { movedFrom: ["shop/old/stock", "shop/older/still/stock"] },
      "shop/mainly": undefined,
    });
  });

  test("takes a construct that was wrapped in another one, and one that was unwrapped", () => {
    expect(
      lifecycles((stack) => {
        scf.Lifecycle.of(new Shop(stack, "main")).moveFrom("shop");
        scf.Lifecycle.of(new scf.Function(stack, "search", node)).moveFrom("shop/search/inner");
      }),
    ).toEqual({
      "shop/main/orders": { movedFrom: ["shop/orders"] },
      "shop/main/stock": { movedFrom: ["shop/stock"] },
      "shop/search": { movedFrom: ["shop/search/inner"] },
    });
  });

  test("of a construct inside of one that moved as well finds it under both earlier paths", () => {
    expect(
      lifecycles((stack) => {
        const shop = new Shop(stack, "main");
        scf.Lifecycle.of(shop).moveFrom("shop/old");
        scf.Lifecycle.of(shop.orders).moveFrom("shop/main/order");
      })["shop/main/orders"],
    ).toEqual({ movedFrom: ["shop/main/order", "shop/old/orders", "shop/old/order"] });
  });

  test("said twice counts once, and gives a plan that fits its schema and has the same bytes every time", () => {
    const declare = (stack: TestStack): void => {
      const shop = new Shop(stack, "main");
      scf.Lifecycle.of(shop).retain().moveFrom("shop/old").protect();
      scf.Lifecycle.of(shop).moveFrom("shop/old");
    };
    const app = newApp();
    declare(new TestStack(app, "shop"));
    app.synth();
    const text = fs.readFileSync(path.join(app.outdir, "stacks", "shop", "scf.plan.json"), "utf8");
    expect(text).toContain(
      '      "kind": "scf_function",\n' +
        '      "lifecycle": {\n' +
        '        "movedFrom": [\n' +
        '          "shop/old/orders"\n' +
        "        ],\n" +
        '        "protect": true,\n' +
        '        "retain": true\n' +
        "      },\n",
    );
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(planJsonSchema());
    expect(validate(readPlan(app, "shop"))).toBe(true);
    expect(synthesize(declare)).toEqual(readPlan(app, "shop"));
  });

  const refused = [
    [
      "an empty path",
      "",
      'shop/main moves from "", which is no path of a construct.',
      'moveFrom("shop/old")',
    ],
    [
      "a path with an empty part",
      "shop/old/",
      'shop/main moves from "shop/old/", which is no path of a construct.',
      'moveFrom("shop/old")',
    ],
    [
      "what is no text",
      undefined as unknown as string,
      "shop/main moves from undefined, which is no path of a construct.",
      'moveFrom("shop/old")',
    ],
    [
      "its own path",
      "shop/main",
      "shop/main moves from shop/main, which is its own path.",
      "Name the path that it had before",
    ],
    [
      "a path of another stack",
      "stock/old",
      "shop/main moves from stock/old, which is not in stack shop: an object moves within its stack only.",
      'moveFrom("shop/stock/old")',
    ],
  ] as const;

  test.each(refused)("refuses %s, and says what to write", (_, from, message, fix) => {
    synthesize((stack) => {
      const lifecycle = scf.Lifecycle.of(new Shop(stack, "main"));
      let thrown: unknown;
      try {
        lifecycle.moveFrom(from);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: "MOVE_FROM", message });
      expect((thrown as scf.ScfError).fix).toContain(fix);
    });
  });

  function findingsOf(declare: (stack: TestStack) => void): readonly { rule: string; message: string }[] {
    const app = newApp();
    declare(new TestStack(app, "shop"));
    try {
      app.synth();
    } catch (error) {
      if (error instanceof scf.FindingsError) return error.findings;
      throw error;
    }
    return [];
  }

  test("fails for a path that is still declared, and points to both ends", () => {
    const findings = findingsOf((stack) => {
      new scf.Function(stack, "old", node);
      scf.Lifecycle.of(new scf.Function(stack, "orders", node)).moveFrom("shop/old");
    });
    expect(findings).toMatchObject([
      {
        rule: "MOVED",
        severity: "error",
        message: "shop/orders moves from shop/old, which is still declared",
        fix: "remove shop/old from the program, or the call of moveFrom",
        places: [
          { address: "shop/orders", location: { file: __filename } },
          { address: "shop/old", note: "still declared", location: { file: __filename } },
        ],
      },
    ]);
  });

  test("fails for two constructs that moved from one path", () => {
    const findings = findingsOf((stack) => {
      for (const id of ["orders", "stock"]) {
        scf.Lifecycle.of(new scf.Function(stack, id, node)).moveFrom("shop/old");
      }
    });
    expect(findings).toMatchObject([
      {
        rule: "MOVED",
        message: "2 resources move from shop/old, and what is recorded there can become one of them",
        places: [{ address: "shop/orders" }, { address: "shop/stock" }],
      },
    ]);
  });
});

test("where nothing is declared that could be protected, a warning says so, once", () => {
  const app = newApp();
  const stack = new TestStack(app, "shop");
  new scf.Function(stack, "orders", node);
  const imported = new Construct(stack, "network");
  scf.Lifecycle.of(imported).protect();
  app.synth();
  expect(annotations(app)).toEqual([
    {
      level: "@cdktf/warn",
      constructPath: "shop/network",
      message:
        "Lifecycle.of() was called for it, and no resource of cdktf-scf is declared here or below: it has no effect.",
    },
  ]);
});

function annotations(app: App): unknown[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: { shop: { annotations: { level: string; constructPath: string; message: string }[] } };
  };
  return manifest.stacks.shop.annotations.map(({ level, constructPath, message }) => ({
    level,
    constructPath,
    message,
  }));
}
