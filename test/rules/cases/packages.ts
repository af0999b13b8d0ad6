import type { Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const MB = 1024 ** 2;

const token = { $token: "${data.other.value}" };

function packaged(
  paths: readonly string[],
  runtime: Value = "Nodejs16.13",
  handler: Value = "index.main_handler",
) {
  return (program: Program): void => {
    program.stack().function("orders", { runtime, handler, code: { asset: program.package("code", paths) } });
  };
}

function zipped(zipBytes: number) {
  return (program: Program): void => {
    program
      .stack()
      .function("orders", { code: { asset: program.package("code", ["index.js"], { zipBytes }) } });
  };
}

/** A function and two layers of these sizes before compression. */
function unpacked(...sizes: readonly [number, number, number]) {
  return (program: Program): void => {
    const stack = program.stack();
    const [own, first, second] = sizes.map((uncompressedBytes, index) =>
      program.package(`code-${index}`, [index === 0 ? "index.js" : `layer-${index}.js`], {
        uncompressedBytes,
      }),
    );
    const layers = [first, second].map((asset, index) =>
      stack.layer(`layer${index}`, { code: { asset: asset ?? "" } }),
    );
    stack.function("orders", {
      code: { asset: own ?? "" },
      layers: layers.map((layer, index) => ({
        name: `layer${index}`,
        version: { $ref: { address: layer, attribute: "version" } },
      })),
    });
  };
}

export const packageCases: readonly RuleCase[] = [
  passes("COD-ZIP", "the handler's file at the root", packaged(["index.js", "lib/index.js"])),
  warns("COD-ZIP", "the handler's file in one folder", packaged(["orders/index.js", "orders/lib/a.js"])),
  warns("COD-ZIP", "a Go program in one folder", packaged(["bin/main"], "Go1", "main")),
  passes("COD-ZIP", "no such file at all", packaged(["a.js"])),
  fails("COD-ZIP", "no files", packaged([])),
  fails("COD-ZIP", "nothing but folders", packaged(["lib/", "lib/a/"])),
  passes("COD-ZIP", "the handler's file two folders deep", packaged(["src/orders/index.js"])),
  passes("COD-ZIP", "a handler without a function", packaged(["orders/index.js"], "Nodejs16.13", "index")),
  passes("COD-ZIP", "a web function, whose handler is another rule's", (program) => {
    const asset = program.package("code", ["orders/index.js"]);
    program.stack().webFunction("shop", { handler: "index.main_handler", code: { asset } });
  }),
  passes("COD-ZIP", "a handler from another provider", packaged(["orders/index.js"], "Nodejs16.13", token)),
  passes("COD-ZIP", "a runtime from another provider", packaged(["orders/index.js"], token)),
  passes("COD-ZIP", "code in a bucket, which cannot be opened", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: "ap-guangzhou" } });
  }),
  fails("COD-ZIP", "a layer without files", (program) => {
    program.stack().layer("deps", { code: { asset: program.package("empty", []) } });
  }),

  passes("COD-SIZE", "500 MB with layers", unpacked(300 * MB, 100 * MB, 100 * MB)),
  fails("COD-SIZE", "one byte above with layers", unpacked(300 * MB, 100 * MB, 100 * MB + 1)),
  fails("COD-SIZE", "a layer that is too large with code in a bucket, whose size is not known", (program) => {
    const stack = program.stack();
    const asset = program.package("code", ["a.js"], { uncompressedBytes: 501 * MB });
    const layer = stack.layer("deps", { code: { asset } });
    stack.function("orders", {
      code: { bucket: "b", object: "/o", region: "ap-guangzhou" },
      layers: [{ name: "deps", version: { $ref: { address: layer, attribute: "version" } } }],
    });
  }),
  passes("COD-SIZE", "a layer with code in a bucket", (program) => {
    const stack = program.stack();
    const code = { bucket: "b", object: "/o", region: "ap-guangzhou" };
    const layer = stack.layer("deps", { code });
    const asset = program.package("code", ["index.js"], { uncompressedBytes: 500 * MB });
    stack.function("orders", {
      code: { asset },
      layers: [{ name: "deps", version: { $ref: { address: layer, attribute: "version" } } }],
    });
  }),
  fails("COD-SIZE", "a function alone", (program) => {
    const asset = program.package("code", ["index.js"], { uncompressedBytes: 501 * MB });
    program.stack().function("orders", { code: { asset } });
  }),

  passes("COD-UP", "50 MB", zipped(50 * MB)),
  fails("COD-UP", "one byte above 50 MB", zipped(50 * MB + 1)),
  fails("COD-UP", "80 MB", zipped(80 * MB)),
  passes("COD-UP", "code in a bucket", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: "ap-guangzhou" } });
  }),

  passes("COD-CALL", "7,700,000 bytes", zipped(7_700_000)),
  warns("COD-CALL", "one byte above 7,700,000", zipped(7_700_001)),
  warns("COD-CALL", "50 MB", zipped(50 * MB)),
  passes("COD-CALL", "more than any upload takes", zipped(50 * MB + 1)),
  warns("COD-CALL", "a layer of 8 MB", (program) => {
    const asset = program.package("code", ["a.js"], { zipBytes: 8 * MB });
    program.stack().layer("deps", { code: { asset } });
  }),
  passes("COD-CALL", "a layer that no upload takes", (program) => {
    const asset = program.package("code", ["a.js"], { zipBytes: 51 * MB });
    program.stack().layer("deps", { code: { asset } });
  }),
  passes("COD-CALL", "code in a bucket", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: "ap-guangzhou" } });
  }),

  passes("COD-COS", "a bucket of the same region", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: "ap-guangzhou" } });
  }),
  fails("COD-COS", "a bucket of another region", (program) => {
    program.stack().function("orders", { code: { bucket: "code", object: "/o", region: "ap-shanghai" } });
  }),
  fails("COD-COS", "a layer's bucket of another region", (program) => {
    program
      .stack()
      .layer("deps", { code: { bucket: { $token: "${x}" }, object: "/o", region: "ap-shanghai" } });
  }),
  waits("COD-COS", "a region from another provider", (program) => {
    program.stack().function("orders", { code: { bucket: "b", object: "/o", region: { $token: "${x}" } } });
  }),
];
