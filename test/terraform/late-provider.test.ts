import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { LateProvider } from "../../lib/terraform/late-provider";
import { encodeProviderSchema } from "../../lib/terraform/plugin/schema-encoding";
import type { Provider } from "../../lib/terraform/plugin/provider";
import { providerSchema } from "../../lib/terraform/schema/provider-schema";

const built = path.resolve(__dirname, "../../dist/terraform/late-provider");

/** What a process of the built package prints. */
function printed(program: string): unknown {
  const text = execFileSync(process.execPath, ["-e", program, built], {
    encoding: "utf8",
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(text);
}

const loadNothing = "new LateProvider(() => { throw new Error('It is loaded.') })";

describe("a provider that is loaded late", () => {
  it("answers with the schema of the kinds, which the build has written", () => {
    const program = `const { LateProvider } = require(process.argv[1]);
      ${loadNothing}.schema().then((schema) => console.log(JSON.stringify(schema.toString("base64"))));`;
    expect(printed(program)).toBe(Buffer.from(encodeProviderSchema(providerSchema())).toString("base64"));
  });

  it("needs neither the kinds nor the library of their schemas for what is asked before a resource is", () => {
    const program = `const { LateProvider } = require(process.argv[1]);
      const provider = ${loadNothing};
      Promise.all([provider.schema(), provider.validateProvider({ config: {} }), provider.stop()]).then(() =>
        console.log(JSON.stringify(Object.keys(require.cache))));`;
    const heavy = /node_modules|[\\/](kinds|resources|reconciler|platform)[\\/]/;
    expect((printed(program) as string[]).filter((module) => heavy.test(module))).toEqual([]);
  });

  it("hands on whatever is about a resource, to a provider that it loads once", async () => {
    const calls: string[] = [];
    const handed = new Proxy({} as Provider, {
      get: (_, name) => (request: unknown) => {
        calls.push(String(name));
        return Promise.resolve({ request });
      },
    });
    let loaded = 0;
    const provider = new LateProvider(() => {
      loaded++;
      return handed;
    });
    const names = [
      "configure",
      "validateResource",
      "upgradeState",
      "read",
      "plan",
      "apply",
      "import",
      "validateDataSource",
      "readDataSource",
    ] as const;
    for (const name of names) {
      const request = { name };
      expect(await provider[name](request as never)).toEqual({ request });
    }
    await provider.stop();
    expect([loaded, calls]).toEqual([1, [...names, "stop"]]);
  });

  it("answers with the schema made on the spot where nothing is built", async () => {
    const schema = providerSchema();
    const provider = new LateProvider(() => ({ schema: () => Promise.resolve(schema) }) as Provider);
    expect(await provider.schema()).toBe(schema);
  });
});
