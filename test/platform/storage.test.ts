import { execFile } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { openLocalPlatform } from "../../lib/platform/local";
import { cleanUp, createFunction, databasePath, open, region } from "./support";

afterEach(cleanUp);

const secret = "correct-horse-battery-staple";
const Environment = { Variables: [{ Key: "PASSWORD", Value: secret }] };
const orders = { FunctionName: "orders" };

/** Everything that lies in the folder of a database. */
function bytesBeside(path: string): Buffer {
  const folder = dirname(path);
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

test("what was stored is there when the file is opened again", async () => {
  const path = databasePath();
  const first = openLocalPlatform({ path, region });
  await createFunction(first, { Environment });
  await first.close();
  const second = open({ path });
  const found = await second.call("scf", "GetFunction", orders);
  expect(found).toMatchObject({ FunctionName: "orders", Environment });
  expect(second.calls().map((call) => call.action)).toEqual(["CreateFunction", "GetFunction"]);
});

test("environment variables are nowhere in clear, in no file and in no message", async () => {
  const path = databasePath();
  const platform = open({ path });
  await createFunction(platform, { Environment });
  await platform.call("scf", "PublishVersion", orders);
  await platform.call("scf", "UpdateFunctionConfiguration", { ...orders, Environment });
  const wrong = { Variables: [...Environment.Variables, { Key: "PASSWORD", Value: `${secret}!` }] };
  const refusal = platform.call("scf", "UpdateFunctionConfiguration", { ...orders, Environment: wrong });
  await expect(refusal).rejects.toMatchObject({ message: expect.not.stringContaining(secret) });
  expect(bytesBeside(path).includes(secret)).toBe(false);
  await platform.close();
  expect(bytesBeside(path).includes(secret)).toBe(false);
  expect(bytesBeside(path).includes("default/orders")).toBe(true);
});

test("the key lies beside the file, for its owner alone, and survives a second opening", async () => {
  const path = databasePath();
  await createFunction(open({ path }), { Environment });
  const key = readFileSync(`${path}.key`);
  expect(key).toHaveLength(32);
  expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
  open({ path });
  expect(readFileSync(`${path}.key`).equals(key)).toBe(true);
});

test("fails on a function with environment variables when the key is lost, and on nothing else", async () => {
  const path = databasePath();
  const platform = openLocalPlatform({ path, region });
  await createFunction(platform, { Environment });
  await createFunction(platform, { FunctionName: "plain" });
  await platform.close();
  rmSync(`${path}.key`);
  const again = open({ path });
  await expect(again.call("scf", "GetFunction", orders)).rejects.toMatchObject({ code: "InternalError" });
  await again.call("scf", "GetFunction", { FunctionName: "plain" });
});

test("fails on a key of another length", () => {
  const path = databasePath();
  writeFileSync(`${path}.key`, "short");
  expect(() => openLocalPlatform({ path, region })).toThrow(
    expect.objectContaining({ code: "LOCAL_PLATFORM_KEY", message: expect.stringContaining("32 bytes") }),
  );
});

test("fails on a file that is no database", () => {
  const path = databasePath();
  writeFileSync(
    path,
    "a text, and not a short one either: longer than the header of a database would be. ".repeat(20),
  );
  expect(() => openLocalPlatform({ path, region })).toThrow(
    expect.objectContaining({ code: "LOCAL_PLATFORM_UNREADABLE", message: expect.stringContaining(path) }),
  );
});

test("fails on a file that a newer version made", async () => {
  const path = databasePath();
  await openLocalPlatform({ path, region }).close();
  const { Database } = jest.requireActual<typeof import("../../lib/platform/local/database")>(
    "../../lib/platform/local/database",
  );
  const database = new Database(path);
  database.run("PRAGMA user_version = 99");
  database.close();
  expect(() => openLocalPlatform({ path, region })).toThrow(
    expect.objectContaining({
      code: "LOCAL_PLATFORM_VERSION",
      message: expect.stringContaining("format 99"),
    }),
  );
});

test("two handles on one file see each other's changes at once", async () => {
  const path = databasePath();
  const one = open({ path });
  const other = open({ path });
  await createFunction(one);
  expect(await other.call("scf", "GetFunction", orders)).toMatchObject(orders);
  await Promise.all(
    [one, other].flatMap((platform) => [1, 2, 3].map(() => platform.call("scf", "PublishVersion", orders))),
  );
  const list = await one.call("scf", "ListVersionByFunction", orders);
  expect(list.FunctionVersion).toEqual(["$LATEST", "1", "2", "3", "4", "5", "6"]);
});

test("three processes write to one new file at once, and every call takes effect once", async () => {
  const path = databasePath();
  const program = `
    const { openLocalPlatform } = require(${JSON.stringify(join(process.cwd(), "dist/platform/local"))});
    (async () => {
      const platform = openLocalPlatform({ path: ${JSON.stringify(path)}, region: ${JSON.stringify(region)}, quotas: { functionsPerNamespace: 100 } });
      for (let index = 0; index < 20; index++) {
        await platform.call("scf", "CreateFunction", {
          FunctionName: process.argv[1] + index, Runtime: "Go1", Handler: "main",
          Code: { CosBucketName: "code", CosObjectName: "a.zip" },
          Environment: { Variables: [{ Key: "A", Value: "1" }] },
        });
      }
      await platform.close();
    })();`;
  const run = (name: string) => promisify(execFile)(process.execPath, ["-e", program, name]);
  await Promise.all(["aa", "bb", "cc"].map(run));
  const platform = open({ path });
  expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(60);
  expect(platform.calls().filter((call) => call.action === "CreateFunction")).toHaveLength(60);
  // All of them used one key, although each found none.
  for (const FunctionName of ["aa0", "bb0", "cc0"]) {
    const found = await platform.call("scf", "GetFunction", { FunctionName });
    expect(found.Environment?.Variables).toEqual([{ Key: "A", Value: "1" }]);
  }
});
