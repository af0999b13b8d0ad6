import { reference, type Value } from "../../../lib/model/value";
import type { Program, StackOptions } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };

type Some = { readonly [name: string]: Value };

function image(code: Some, properties: Some = {}, options: StackOptions = {}) {
  return (program: Program): void => {
    program.stack("shop", options).imageFunction("orders", {
      ...properties,
      code: { image: "ccr.ccs.tencentyun.com/shop/orders:1.0", registry: "personal", ...code },
    });
  };
}

const enterprise = {
  image: "acme.tencentcloudcr.com/shop/orders:1.0",
  registry: "enterprise",
  registryId: "tcr-1",
};

export const imageCases: readonly RuleCase[] = [
  passes("COD-IMG", "an image of a personal registry", image({})),
  passes("COD-IMG", "an image of an enterprise registry", image(enterprise)),
  passes(
    "COD-IMG",
    "a registry with a name of its own",
    image({ ...enterprise, image: "images.example.com/shop/orders:1.0" }),
  ),
  passes(
    "COD-IMG",
    "tag and digest",
    image({ image: `ccr.ccs.tencentyun.com/shop/orders:1.0@sha256:${"a".repeat(64)}` }),
  ),
  passes(
    "COD-IMG",
    "a digest",
    image({ image: `ccr.ccs.tencentyun.com/shop/orders@sha256:${"a".repeat(64)}` }),
  ),
  passes(
    "COD-IMG",
    "a name of several parts",
    image({ image: "ccr.ccs.tencentyun.com/shop/team/orders:1.0" }),
  ),
  passes(
    "COD-IMG",
    "entry point, arguments, acceleration",
    image({ entryPoint: "python", command: "-u app.py", acceleration: true }),
  ),
  passes("COD-IMG", "an entry point with a hyphen", image({ entryPoint: "my-server" })),
  passes("COD-IMG", "an entry point that only looks like a list", image({ entryPoint: '["python", 3]' })),
  ...[9000, -1].map((port) => passes("COD-IMG", `port ${port}`, image({ port }))),
  ...["ap-shanghai", "ap-beijing", "ap-chengdu"].map((region) =>
    passes("COD-IMG", `the registry of the mainland in ${region}`, image({}, {}, { region })),
  ),
  passes(
    "COD-IMG",
    "the registry of Hong Kong in Hong Kong",
    image({ image: "hkccr.ccs.tencentyun.com/shop/orders:1" }, {}, { region: "ap-hongkong" }),
  ),
  fails("COD-IMG", "the registry of the mainland in Hong Kong", image({}, {}, { region: "ap-hongkong" })),
  fails(
    "COD-IMG",
    "the registry of Singapore in Guangzhou",
    image({ image: "sgccr.ccs.tencentyun.com/shop/orders:1" }),
  ),
  passes(
    "COD-IMG",
    "a registry that nobody knows",
    image({ image: "xyccr.ccs.tencentyun.com/shop/orders:1" }),
  ),
  passes("COD-IMG", "a region that nobody knows", image({}, {}, { region: "me-atlantis" })),
  passes(
    "COD-IMG",
    "a registry that is said to be in the region",
    image(enterprise, { surroundings: { imageRegion: "ap-guangzhou" } }),
  ),
  fails(
    "COD-IMG",
    "a registry that is said to be in another region",
    image(enterprise, { surroundings: { imageRegion: "ap-shanghai" } }),
  ),
  waits(
    "COD-IMG",
    "a registry whose region another provider gives",
    image(enterprise, { surroundings: { imageRegion: token } }),
  ),
  fails("COD-IMG", "an enterprise registry without its id", image({ ...enterprise, registryId: "" })),
  fails("COD-IMG", "an enterprise registry as a personal one", image({ image: enterprise.image })),
  fails(
    "COD-IMG",
    "a personal registry as an enterprise one",
    image({ registry: "enterprise", registryId: "tcr-1" }),
  ),
  passes(
    "COD-IMG",
    "a personal registry by another name",
    image({ image: "registry.example.com/shop/orders:1.0" }),
  ),
  ...[
    "orders",
    "orders:1.0",
    "shop/orders:1.0",
    "",
    "ccr.ccs.tencentyun.com/",
    "ccr.ccs.tencentyun.com//orders:1",
    "https://ccr.ccs.tencentyun.com/shop/orders:1.0",
    "ccr.ccs.tencentyun.com/shop/or ders:1",
    " ccr.ccs.tencentyun.com/shop/orders:1",
    "ccr.ccs.tencentyun.com/shop/orders:",
    "ccr.ccs.tencentyun.com/shop/orders@",
  ].map((address) => fails("COD-IMG", `"${address}"`, image({ image: address }))),
  fails("COD-IMG", "no namespace", image({ image: "ccr.ccs.tencentyun.com/orders:1.0" })),
  fails(
    "COD-IMG",
    "no namespace and no tag, of which one is said",
    image({ image: "ccr.ccs.tencentyun.com/orders" }),
  ),
  warns("COD-IMG", "neither tag nor digest", image({ image: "ccr.ccs.tencentyun.com/shop/orders" })),
  fails("COD-IMG", "a command as a list", image({ command: '["-u", "app.py"]' })),
  fails("COD-IMG", "an entry point as a list", image({ entryPoint: '["python", "-u", "app.py"]' })),
  fails("COD-IMG", "an entry point as a list of one", image({ entryPoint: '["python"]' })),
  fails("COD-IMG", "an entry point as a list of two", image({ entryPoint: '["python", "app.py"]' })),
  fails("COD-IMG", "a command of two lines", image({ command: "-u\napp.py" })),
  passes("COD-IMG", "a command with brackets", image({ command: "[ -f app.py ]" })),
  warns("COD-IMG", "an entry point with arguments", image({ entryPoint: "python -u app.py" })),
  ...[1, 80, 8080, 65_535].map((port) => warns("COD-IMG", `port ${port}`, image({ port }))),
  ...[0, -2, 90.5, 65_536].map((port) => fails("COD-IMG", `port ${port}`, image({ port }))),
  fails("COD-IMG", "a web function without a port", image({ port: -1 }, { type: "HTTP" })),
  waits("COD-IMG", "an address from another provider", image({ image: token })),
  passes(
    "COD-IMG",
    "an address of a resource that is not there",
    image({ image: reference("shop/other", "image") }),
  ),
  passes("COD-IMG", "a package", (program) => void program.stack().function("orders")),

  passes("LYR-IMG", "an image without layers", image({}, { layers: [] })),
  fails("LYR-IMG", "an image with a layer", image({}, { layers: [{ name: "deps", version: 1 }] })),
  fails("LYR-IMG", "a layer of the app", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps", { compatibleRuntimes: ["Nodejs16.13"] });
    stack.imageFunction("orders", {
      layers: [{ name: "deps", version: { $ref: { address: layer, attribute: "version" } } }],
    });
  }),
  passes("LYR-IMG", "a package with a layer", (program) => {
    program.stack().function("orders", { layers: [{ name: "deps", version: 1 }] });
  }),
  waits("LYR-IMG", "layers from another provider", image({}, { layers: token })),
  passes("LYR-MATCH", "an image, whose layers are another rule's", (program) => {
    const stack = program.stack();
    const layer = stack.layer("deps");
    stack.imageFunction("orders", {
      layers: [{ name: "deps", version: { $ref: { address: layer, attribute: "version" } } }],
    });
  }),
];
