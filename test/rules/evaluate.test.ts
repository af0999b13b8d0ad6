import { AppModel } from "../../lib/rules/app-model";
import { countFindings, evaluate, hasErrors } from "../../lib/rules/evaluate";
import { Program } from "./program";

function summaries(program: Program): string[] {
  return program.evaluate().map(({ severity, rule, places }) => `${severity} ${rule} ${places[0]?.address}`);
}

/** A stack with one warning: a policy that allows too much. */
function withWarning(): Program {
  const program = new Program();
  const statement = [{ effect: "allow", action: ["scf:*"], resource: ["*"] }];
  program.stack("shop").policy("team/ops", statement);
  return program;
}

test("an app without stacks has no findings", () => {
  expect(evaluate(new AppModel([]), { acknowledgements: [], locate: () => undefined })).toEqual([]);
});

test("a finding has everything a person needs", () => {
  const program = new Program();
  program.stack("shop").function("orders", { memory: 320 });
  program.at("shop/orders", 14);
  expect(program.evaluate()).toEqual([
    {
      severity: "error",
      rule: "FN-MEM",
      message: "320 MB of memory is not allowed: it is 64 MB, or a multiple of 128 MB up to 3,072 MB",
      places: [{ address: "shop/orders", location: { file: "/work/shop.ts", line: 14 } }],
      fix: "use 256 or 384",
      source: "scf-operation-guide, 配额限制说明",
    },
  ]);
});

test("errors come first, then warnings, then what is not known; within them by rule and address", () => {
  const program = new Program();
  const stock = program.stack("stock");
  stock.function("bb", { memory: 320, timeout: 0 });
  const shop = program.stack("shop");
  shop.function("zz", { memory: 320 });
  shop.function("aa", { memory: { $token: "${x}" } });
  shop.policy("ops", [{ effect: "allow", action: ["*"], resource: ["*"] }]);
  shop.policy("all", [{ effect: "allow", action: ["*"], resource: ["*"] }]);
  expect(summaries(program)).toEqual([
    "error FN-MEM shop/zz",
    "error FN-MEM stock/bb",
    "error FN-TIMEOUT stock/bb",
    "warning CAM-WIDE shop/all",
    "warning CAM-WIDE shop/ops",
    "unchecked FN-MEM shop/aa",
  ]);
});

test("the same finding is reported once", () => {
  const program = new Program();
  program.stack().layer("deps", { compatibleRuntimes: ["Nodejs16.31", "Nodejs16.31"] });
  expect(summaries(program)).toEqual(["error LYR-RT shop/deps", "error RT-LIST shop/deps"]);
});

test("two runs give the same findings", () => {
  const program = withWarning();
  expect(program.evaluate()).toEqual(program.evaluate());
});

test("findings are counted by what they ask for", () => {
  const program = withWarning();
  program.stack("other").function("orders", { memory: 1, timeout: { $token: "${x}" } });
  const open = program.evaluate();
  expect(countFindings(open)).toEqual({ errors: 1, warnings: 1, unchecked: 1, acknowledged: 0 });
  expect(hasErrors(open)).toBe(true);
  program.acknowledge("CAM-WIDE", "shop/team/ops");
  expect(countFindings(program.evaluate())).toEqual({
    errors: 1,
    warnings: 0,
    unchecked: 1,
    acknowledged: 1,
  });
  expect(hasErrors(withWarning().evaluate())).toBe(false);
});

describe("acknowledgements", () => {
  test.each(["", "shop", "shop/team", "shop/team/ops"])("at %j covers what is at or below it", (address) => {
    const program = withWarning();
    program.acknowledge("CAM-WIDE", address, "operators may do all");
    expect(program.evaluate()).toMatchObject([
      { severity: "warning", rule: "CAM-WIDE", acknowledged: "operators may do all" },
    ]);
  });

  test.each(["sho", "shop/te", "shop/team/ops/Resource", "stock"])(
    "at %j matches nothing and says so",
    (address) => {
      const program = withWarning();
      program.acknowledge("CAM-WIDE", address);
      const [first, second, ...more] = program.evaluate();
      expect(first).toMatchObject({
        severity: "warning",
        rule: "ACKNOWLEDGE",
        message: "the acknowledgement of CAM-WIDE matches no warning",
        places: [{ address }],
      });
      expect(second).not.toHaveProperty("acknowledged");
      expect(more).toEqual([]);
    },
  );

  test("the nearest one gives the reason, and both count as used", () => {
    const program = withWarning();
    program.acknowledge("CAM-WIDE", "shop", "far");
    program.acknowledge("CAM-WIDE", "shop/team/ops", "near");
    expect(program.evaluate()).toMatchObject([{ acknowledged: "near" }]);
  });

  test("one acknowledgement covers several warnings", () => {
    const program = withWarning();
    program.stack("stock").policy("all", [{ effect: "allow", action: ["*"], resource: ["*"] }]);
    program.acknowledge("CAM-WIDE", "");
    expect(countFindings(program.evaluate())).toMatchObject({ warnings: 0, acknowledged: 2 });
  });

  test("any place of a finding will do", () => {
    const program = new Program();
    const stack = program.stack();
    const layers = ["first", "second"].map((id) =>
      stack.layer(id, { code: { asset: program.package("same", ["same.js"]) } }),
    );
    stack.function("orders", {
      layers: layers.map((layer) => ({
        name: { $ref: { address: layer, attribute: "layerName" } },
        version: { $ref: { address: layer, attribute: "version" } },
      })),
    });
    program.acknowledge("LYR-ORDER", "shop/second");
    expect(program.evaluate()).toMatchObject([{ rule: "LYR-ORDER", acknowledged: "known" }]);
  });

  test("another rule's does not count", () => {
    const program = withWarning();
    program.acknowledge("CLB-BETA", "shop");
    expect(countFindings(program.evaluate())).toMatchObject({ warnings: 2, acknowledged: 0 });
  });

  test("an error cannot be acknowledged", () => {
    const program = new Program();
    program.stack().function("orders", { memory: 320 });
    program.acknowledge("FN-MEM", "shop/orders");
    expect(program.evaluate()).toMatchObject([
      {
        severity: "error",
        rule: "ACKNOWLEDGE",
        message: "FN-MEM reports an error here, and an error cannot be acknowledged",
      },
      { severity: "error", rule: "FN-MEM" },
    ]);
  });

  test("a rule that does not exist is named with the one that was meant", () => {
    const program = withWarning();
    program.acknowledge("CAM-WIDTH", "shop");
    expect(program.evaluate()).toMatchObject([
      {
        rule: "ACKNOWLEDGE",
        message: 'the acknowledgement names "CAM-WIDTH", and there is no such rule',
        fix: "did you mean CAM-WIDE?",
      },
      { rule: "CAM-WIDE" },
    ]);
  });

  test("without a reason it does not count", () => {
    const program = withWarning();
    program.acknowledge("CAM-WIDE", "shop", " ");
    expect(program.evaluate()).toMatchObject([
      { rule: "ACKNOWLEDGE", message: "the acknowledgement of CAM-WIDE gives no reason and is not counted" },
      { rule: "CAM-WIDE" },
    ]);
  });

  test("of what is not known yet it waits", () => {
    const program = new Program();
    program.stack().function("orders", { memory: { $token: "${x}" } });
    program.acknowledge("FN-MEM", "shop/orders");
    expect(summaries(program)).toEqual(["unchecked FN-MEM shop/orders"]);
  });
});
