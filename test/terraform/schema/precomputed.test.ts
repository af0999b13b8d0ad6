import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { precomputedSchema, precomputedShapes } from "../../../lib/terraform/schema/precomputed";
import { providerSchema, resourceShapes } from "../../../lib/terraform/schema/provider-schema";

const built = path.resolve(__dirname, "../../../dist/terraform/schema");

/** What a process of the built package prints. */
function printed(program: string): unknown {
  const text = execFileSync(process.execPath, ["-e", program, built], {
    encoding: "utf8",
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(text);
}

describe("what the build writes", () => {
  it("is the schema and the shapes of the kinds", () => {
    const program = `const room = require(process.argv[1]);
      console.log(JSON.stringify([room.precomputedSchema(), room.precomputedShapes()]));`;
    expect(printed(program)).toEqual([providerSchema(), resourceShapes()]);
  });

  it("answers without loading the kinds, or the library of their schemas", () => {
    const program = `const room = require(process.argv[1]);
      room.precomputedSchema();
      room.toProperties(room.precomputedShapes().scf_function, { environment: { A: "{{secret:B}}" } });
      console.log(JSON.stringify(Object.keys(require.cache)));`;
    const heavy = /node_modules|[\\/](kinds|resources)[\\/]/;
    expect((printed(program) as string[]).filter((module) => heavy.test(module))).toEqual([]);
  });

  it("is made on the spot where nothing is built", () => {
    expect([precomputedSchema(), precomputedShapes()]).toEqual([providerSchema(), resourceShapes()]);
  });
});
