import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const MB = 1024 ** 2;
const token = { $token: "${data.other.value}" };

function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    program.stack().layer("deps", properties);
  };
}

function bound(layer: string): Value {
  return { name: reference(layer, "layerName"), version: reference(layer, "version") };
}

function binding(amount: number) {
  return (program: Program): void => {
    const stack = program.stack();
    const layers = Array.from({ length: amount }, (_, index) => bound(stack.layer(`layer${index}`)));
    stack.function("orders", { layers });
  };
}

/** Two layers with these files, bound in this order. */
function carrying(first: readonly string[], second: readonly string[]) {
  return (program: Program): void => {
    const stack: Stack = program.stack();
    const layers = [first, second].map((paths, index) =>
      stack.layer(`layer${index}`, { code: { asset: program.package(`package${index}`, paths) } }),
    );
    stack.function("orders", { layers: layers.map(bound) });
  };
}

/** This many layers, of which the first and the last carry the same file. */
function carryingAll(amount: number) {
  return (program: Program): void => {
    const stack: Stack = program.stack();
    const layers = Array.from({ length: amount }, (_, index) => {
      const name = index === 0 || index === amount - 1 ? "same.js" : `${index}.js`;
      return stack.layer(`layer${index}`, { code: { asset: program.package(`package${index}`, [name]) } });
    });
    stack.function("orders", { layers: layers.map(bound) });
  };
}

const runtimes = ["Nodejs16.13", "Nodejs14.18", "Nodejs12.16", "Nodejs10.15", "Python3.7", "Python3.6"];

export const layerCases: readonly RuleCase[] = [
  ...["ab", "deps-1"].map((layerName) => passes("LYR-NAME", layerName, having({ layerName }))),
  ...["a", "1deps", "deps-", "node modules"].map((layerName) =>
    fails("LYR-NAME", `"${layerName}"`, having({ layerName })),
  ),

  passes("LYR-RT", "one runtime", having({ compatibleRuntimes: runtimes.slice(0, 1) })),
  passes("LYR-RT", "five runtimes", having({ compatibleRuntimes: runtimes.slice(0, 5) })),
  fails("LYR-RT", "no runtime", having({ compatibleRuntimes: [] })),
  fails("LYR-RT", "six runtimes", having({ compatibleRuntimes: runtimes })),
  fails("LYR-RT", "a runtime twice", having({ compatibleRuntimes: ["Nodejs16.13", "Nodejs16.13"] })),
  waits("LYR-RT", "runtimes from another provider", having({ compatibleRuntimes: token })),
  passes(
    "LYR-RT",
    "no list of runtimes, which is another rule's",
    having({ compatibleRuntimes: "Nodejs16.13" }),
  ),

  passes("LYR-MATCH", "the function's runtime", binding(1)),
  fails("LYR-MATCH", "another runtime", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps", { compatibleRuntimes: ["Python3.7", "Python3.6"] });
    stack.function("orders", { layers: [bound(layer)] });
  }),
  fails("LYR-MATCH", "a layer of another stack", (program) => {
    const layer = program.stack("common").layer("deps", { compatibleRuntimes: ["Python3.7"] });
    program.stack("shop").function("orders", { layers: [bound(layer)] });
  }),
  fails("LYR-MATCH", "a layer for no runtime at all", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps", { compatibleRuntimes: [] });
    stack.function("orders", { layers: [bound(layer)] });
  }),
  passes("LYR-MATCH", "a layer that the app does not declare", (program) => {
    program.stack().function("orders", { layers: [{ name: "elsewhere", version: 3 }] });
  }),

  passes("LYR-BIND", "five layers", binding(5)),
  fails("LYR-BIND", "six layers", binding(6)),
  fails("LYR-BIND", "a layer twice", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps");
    stack.function("orders", { layers: [bound(layer), bound(layer)] });
  }),
  fails("LYR-BIND", "a layer of another provider's name three times", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps", { layerName: token });
    stack.function("orders", { layers: [bound(layer), bound(layer), bound(layer)] });
  }),
  fails("LYR-BIND", "two versions of a layer", (program) => {
    program.stack().function("orders", {
      layers: [
        { name: "deps", version: 1 },
        { name: "deps", version: 2 },
      ],
    });
  }),
  fails("LYR-BIND", "a layer of another region", (program) => {
    const layer = program.stack("common", { region: "ap-shanghai" }).layer("deps");
    program.stack("shop").function("orders", { layers: [bound(layer)] });
  }),
  waits("LYR-BIND", "layers from another provider", (program) => {
    program.stack().function("orders", { layers: token });
  }),
  passes("LYR-BIND", "layers of a resource that is not there", (program) => {
    program.stack().function("orders", { layers: reference("shop/other", "layers") });
  }),

  passes("LYR-ORDER", "files of different paths", carrying(["a.js", "lib/a.js"], ["b.js", "lib/b.js"])),
  warns("LYR-ORDER", "one file in both", carrying(["a.js", "same.js"], ["same.js", "b.js"])),
  warns("LYR-ORDER", "several files in both", carrying(["a.js", "b.js", "c.js"], ["c.js", "b.js", "a.js"])),
  passes("LYR-ORDER", "one folder in both", carrying(["lib/", "lib/a.js"], ["lib/", "lib/b.js"])),
  warns("LYR-ORDER", "one file in two of five", carryingAll(5)),
  passes("LYR-ORDER", "one file in two of six, which are another rule's", carryingAll(6)),
  passes("LYR-ORDER", "one layer twice, which is another rule's", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps");
    stack.function("orders", { layers: [bound(layer), bound(layer)] });
  }),
  passes("LYR-ORDER", "packages that could not be opened", (program) => {
    const stack = program.stack();
    const layers = ["first", "second"].map((id) => stack.layer(id, { code: { asset: "elsewhere" } }));
    stack.function("orders", { layers: layers.map(bound) });
  }),
  passes("LYR-ORDER", "code in a bucket, which cannot be opened", (program) => {
    const stack = program.stack();
    const code = { bucket: "b", object: "/o", region: "ap-guangzhou" };
    const layers = ["first", "second"].map((id) => stack.layer(id, { code }));
    stack.function("orders", { layers: layers.map(bound) });
  }),

  passes("LYR-ZIP", "50 MB", (program) => {
    program
      .stack()
      .layer("deps", { code: { asset: program.package("code", ["a.js"], { zipBytes: 50 * MB }) } });
  }),
  fails("LYR-ZIP", "one byte above 50 MB", (program) => {
    program
      .stack()
      .layer("deps", { code: { asset: program.package("code", ["a.js"], { zipBytes: 50 * MB + 1 }) } });
  }),
  passes("LYR-ZIP", "a description of 930 characters", having({ description: "a".repeat(930) })),
  warns("LYR-ZIP", "a description of 931 characters", having({ description: "a".repeat(931) })),
  warns("LYR-ZIP", "a description of 1000 characters", having({ description: "a".repeat(1000) })),
  fails("LYR-ZIP", "a description of 1001 characters", having({ description: "a".repeat(1001) })),
  passes("LYR-ZIP", "a description with a colon", having({ description: "deps: all" })),
];
