import { reference, type Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };

/** A program with one alias of `orders`. */
function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.alias("live", stack.function("orders"), properties);
  };
}

function weighted(percent: Value) {
  return having({ routing: { type: "weighted", version: "2", percent } });
}

function matching(parts: { readonly [name: string]: Value }) {
  return having({
    routing: {
      type: "match",
      version: "2",
      key: "invoke.headers.User",
      method: "exact",
      expression: "Bob",
      ...parts,
    },
  });
}

function range(expression: string) {
  return matching({ method: "range", expression });
}

export const versionCases: readonly RuleCase[] = [
  ...["ab", "live-1_a"].map((name) => passes("ALS-NAME", name, having({ name }))),
  ...["a", "1live", "live-", "li.ve", "$DEFAULT"].map((name) =>
    fails("ALS-NAME", `"${name}"`, having({ name })),
  ),
  passes("ALS-NAME", "the built-in alias, told where to point", having({ name: "$DEFAULT", builtIn: true })),
  waits("ALS-NAME", "a name from another provider", having({ name: token })),

  passes("ALS-DESC", "930 characters", having({ description: "a".repeat(930) })),
  warns("ALS-DESC", "931 characters", having({ description: "a".repeat(931) })),
  warns("ALS-DESC", "1000 characters", having({ description: "a".repeat(1000) })),
  fails("ALS-DESC", "1001 characters", having({ description: "a".repeat(1001) })),
  fails("ALS-DESC", "an exclamation mark", having({ description: "live!" })),

  passes("ALS-TWO", "one version", having({ version: "$LATEST" })),
  passes("ALS-TWO", "two versions", weighted(10)),
  fails(
    "ALS-TWO",
    "three versions",
    having({
      routing: [
        { type: "weighted", version: "2", percent: 10 },
        { type: "weighted", version: "3", percent: 10 },
      ],
      versionsOf: ["orders", "orders", "orders"],
    }),
  ),
  fails(
    "ALS-TWO",
    "three versions, two of which say whose they are",
    having({
      routing: [
        { type: "weighted", version: "2", percent: 10 },
        { type: "weighted", version: "3", percent: 10 },
      ],
    }),
  ),
  fails(
    "ALS-TWO",
    "two versions, and three that say whose they are",
    having({
      routing: { type: "weighted", version: "2", percent: 10 },
      versionsOf: ["orders", "orders", "orders"],
    }),
  ),
  ...["v1", "0", "", "$DEFAULT", "Latest", "$latest", "the latest", "latest1"].map((version) =>
    fails("ALS-TWO", `version "${version}"`, having({ version })),
  ),

  ...[0, 10, 12.5, 100].map((percent) => passes("ALS-WEIGHT", `${percent} %`, weighted(percent))),
  ...[-1, 100.5, 101, 5000].map((percent) => fails("ALS-WEIGHT", `${percent} %`, weighted(percent))),
  waits("ALS-WEIGHT", "a weight from another provider", weighted(token)),
  passes(
    "ALS-WEIGHT",
    "a version from another provider",
    having({ routing: { type: "weighted", version: token, percent: 10 } }),
  ),
  passes(
    "ALS-WEIGHT",
    "a weight of a resource that is not there",
    weighted(reference("shop/other", "percent")),
  ),

  passes("ALS-RULE", "one match", matching({})),
  passes("ALS-RULE", "a weight", weighted(10)),
  passes(
    "ALS-RULE",
    "an exact match with an empty text, which is another rule's",
    matching({ expression: "" }),
  ),
  fails("ALS-RULE", "a match without its version", matching({ version: "" })),
  fails("ALS-RULE", "a match with a weight", matching({ percent: 10 })),
  fails(
    "ALS-RULE",
    "a match without key and expression",
    having({ routing: { type: "match", version: "2", method: "exact" } }),
  ),

  ...["", null].map((expression) =>
    fails(
      "ALS-RULE",
      `a range with the expression ${JSON.stringify(expression)}`,
      matching({ method: "range", expression }),
    ),
  ),
  passes("ALS-RULE", "a routing from another provider", having({ routing: token })),
  passes("ALS-RULE", "null for a routing", having({ routing: null })),
  passes("ALS-KEY", "a header", matching({ key: "invoke.headers.userHash" })),
  ...["headers.User", "User", "invoke.headers.", "invoke.headers.a b", "my.invoke.headers.User"].map((key) =>
    fails("ALS-KEY", `"${key}"`, matching({ key })),
  ),
  waits("ALS-KEY", "a key from another provider", matching({ key: token })),
  passes("ALS-KEY", "a version from another provider", matching({ version: token })),
  passes("ALS-KEY", "an empty key, which is another rule's", matching({ key: "" })),

  passes("ALS-EXACT", "text", matching({ expression: "Bob" })),
  fails("ALS-EXACT", "no text", matching({ expression: "" })),
  fails("ALS-EXACT", "a number", matching({ expression: 30 })),
  fails("ALS-EXACT", "a switch", matching({ expression: true })),
  passes("ALS-EXACT", "a text from another provider", matching({ expression: token })),
  passes("ALS-EXACT", "an empty range, which is another rule's", range("")),

  ...["[1,50]", "(1,50)", "[1, 50]", "[-5,5]", "[7,7]"].map((expression) =>
    passes("ALS-RANGE", expression, range(expression)),
  ),
  ...[
    "[1,50)",
    "(1,50]",
    "[50,1]",
    "1-50",
    "[1,2.5]",
    "[1;50]",
    "[1,50,60]",
    "[1，50]",
    "x[1,50]",
    "[1,50]x",
    "[,50]",
    "[1,]",
  ].map((expression) => fails("ALS-RANGE", expression, range(expression))),

  ...["", 7].map((expression) =>
    passes(
      "ALS-RANGE",
      `${JSON.stringify(expression)}, which is another rule's`,
      matching({ method: "range", expression }),
    ),
  ),
  passes("ALS-RANGE", "(1,3)", range("(1,3)")),
  warns("ALS-RANGE", "(7,7)", range("(7,7)")),
  warns("ALS-RANGE", "(7, 8)", range("(7, 8)")),

  // The documents' worked examples.
  ...["ALS-TWO", "ALS-RULE", "ALS-KEY", "ALS-EXACT", "ALS-RANGE", "ALS-SELF"].flatMap((rule) => [
    passes(rule, "User is Bob, else version 1", matching({ key: "invoke.headers.User", expression: "Bob" })),
    passes(
      rule,
      "userHash in [1, 50], else version 1",
      matching({ key: "invoke.headers.userHash", method: "range", expression: "[1, 50]" }),
    ),
  ]),

  passes(
    "ALS-SELF",
    "$LATEST beside a version",
    having({ version: "$LATEST", routing: { type: "weighted", version: "1", percent: 5 } }),
  ),
  fails(
    "ALS-SELF",
    "the same version twice",
    having({ version: "2", routing: { type: "weighted", version: "2", percent: 5 } }),
  ),
  fails("ALS-SELF", "the same published version twice", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const version = reference(stack.version("v", orders), "version");
    stack.alias("live", orders, { version, routing: { type: "weighted", version, percent: 5 } });
  }),
  passes("ALS-SELF", "two published versions", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders, {
      version: reference(stack.version("v", orders), "version"),
      routing: { type: "weighted", version: "1", percent: 5 },
    });
  }),
  fails("ALS-SELF", "a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    program.stack("front", { region: "ap-shanghai" }).alias("live", orders);
  }),
  fails("ALS-SELF", "a published version of another function", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const other = stack.function("stock");
    stack.alias("live", orders, { version: reference(stack.version("v", other), "version") });
  }),
  fails("ALS-SELF", "a published version of a function whose name another provider gives", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const other = stack.function("stock", { functionName: token });
    stack.alias("live", orders, { version: reference(stack.version("v", other), "version") });
  }),
  passes("ALS-SELF", "a numbered version where another provider names the function", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders", { functionName: token });
    stack.alias("live", orders, {
      routing: { type: "weighted", version: "3", percent: 5 },
      versionsOf: [reference(orders, "functionName"), "stock"],
    });
  }),
  fails("ALS-SELF", "a numbered version of a function that the app does not declare", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders, {
      routing: { type: "weighted", version: "3", percent: 5 },
      versionsOf: [reference(orders, "functionName"), "elsewhere"],
    });
  }),
  fails("ALS-SELF", "a numbered version of another function", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const other = stack.function("stock");
    stack.alias("live", orders, {
      routing: { type: "weighted", version: "3", percent: 5 },
      versionsOf: [reference(orders, "functionName"), reference(other, "functionName")],
    });
  }),
];
