import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createSocketServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { Platform } from "../../lib/platform";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startLocalServer } from "../../lib/platform/local";
import type { LocalServer } from "../../lib/platform/local";
import { findCredentials, openTencentCloud } from "../../lib/platform/tencentcloud";
import type { Credentials } from "../../lib/platform/tencentcloud";
import { createFunction, createPlace, expectRefusal, nodeCode, region, target } from "./support";

const credentials = { secretId: "local-id", secretKey: "local-secret-key" };
const orders = { FunctionName: "orders" };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function connect(endpoint: string, changes: Partial<typeof credentials & { token: string }> = {}): Platform {
  const platform = openTencentCloud({ region, credentials: { ...credentials, ...changes }, endpoint });
  closing.push(() => platform.close());
  return platform;
}

async function start(): Promise<LocalServer> {
  const server = await startLocalServer({ path: ":memory:", credentials });
  closing.push(() => server.close());
  return server;
}

/** A server that answers as it is told. */
async function serve(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A port where nobody listens. */
async function unusedPort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a platform behind the official SDK", () => {
  test("behaves as the one in this process", async () => {
    const platform = connect((await start()).url);
    expect(platform.region).toBe(region);
    await createFunction(platform, { Environment: { Variables: [{ Key: "A", Value: "1" }] } });
    expect(await platform.call("scf", "GetFunction", orders)).toMatchObject({
      FunctionName: "orders",
      Status: "Active",
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
    });
    const version = await platform.call("scf", "PublishVersion", orders);
    expect(version.FunctionVersion).toBe("1");
    await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", {
      ...place,
      FunctionTargets: [target("orders", "live")],
    });
    const targets = await platform.call("clb", "DescribeTargets", { LoadBalancerId: place.LoadBalancerId });
    expect(targets.Listeners?.[0]?.Rules?.[0]?.FunctionTargets).toMatchObject([{ Weight: 10 }]);
    await platform.call("tag", "ModifyResourceTags", {
      Resource: `qcs::scf:${region}:uin/:namespace/default/function/orders`,
      ReplaceTags: [{ TagKey: "team", TagValue: "shop" }],
    });
    expect((await platform.call("scf", "GetFunction", orders)).Tags).toEqual([
      { Key: "team", Value: "shop" },
    ]);
    const type = await platform.call("vpc", "DescribeNetworkAccountType", {});
    expect(type.NetworkAccountType).toBe("STANDARD");
    const trigger = { ...orders, Namespace: "default", Qualifier: "live" };
    const TopicId = "0f1e2d3c-0000-4000-8000-000000000001";
    await platform.call("cls", "CreateDeliverCloudFunction", { ...trigger, TopicId });
    const event = { ...trigger, ScfRegion: region, EventType: "WorkflowTask" };
    await platform.call("mps", "BindTrigger", event);
    const triggers = (await platform.call("scf", "ListTriggers", orders)).Triggers ?? [];
    expect(triggers.map(({ Type }) => Type)).toEqual(["cls", "mps", "clb"]);
    expect((await platform.call("cam", "ListPolicies", {})).TotalNum).toBe(7);
    expect(type.RequestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("fails with the platform's own codes", async () => {
    const platform = connect((await start()).url);
    await expectRefusal(
      platform,
      "scf",
      "GetFunction",
      orders,
      "ResourceNotFound.Function",
      "default/orders",
    );
    const request = {
      ...orders,
      Runtime: "Go1",
      Handler: "main",
      Code: { ZipFile: nodeCode },
      MemorySize: 96,
    };
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      request,
      "InvalidParameterValue.Memory",
      "MemorySize is 96",
    );
    await expectRefusal(
      platform,
      "clb",
      "DescribeListeners",
      { LoadBalancerId: "lb-1" },
      "InvalidParameter.LBIdNotFound",
      "lb-1",
    );
  });

  test("fails on a wrong key, and does not say which it was", async () => {
    const platform = connect((await start()).url, { secretKey: "wrong-secret-key" });
    const call = platform.call("scf", "ListFunctions", {});
    await expect(call).rejects.toMatchObject({ name: "PlatformError", code: "AuthFailure.SignatureFailure" });
    await expect(call).rejects.toMatchObject({ message: expect.not.stringContaining("wrong-secret-key") });
  });

  test("is reached directly, whatever proxy the environment names", async () => {
    const platform = connect((await start()).url);
    const before = process.env["http_proxy"];
    process.env["http_proxy"] = "http://127.0.0.1:1";
    try {
      expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
    } finally {
      if (before === undefined) delete process.env["http_proxy"];
      else process.env["http_proxy"] = before;
    }
  });

  test("gets secrets struck out of what the platform says", async () => {
    const url = await serve((request, response) => {
      const Message = `${credentials.secretKey} and session-token are wrong`;
      response.end(JSON.stringify({ Response: { Error: { Code: "AuthFailure", Message }, RequestId: "1" } }));
      request.resume();
    });
    const platform = connect(url, { token: "session-token" });
    await expect(platform.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      code: "AuthFailure",
      message: "*** and *** are wrong",
      requestId: "1",
    });
  });
});

describe("an outcome is unknown", () => {
  const unknown = { name: "UnknownOutcomeError", service: "scf", action: "ListFunctions" };

  test("and nothing was sent, when nobody listens", async () => {
    const platform = connect(`http://127.0.0.1:${await unusedPort()}`);
    await expect(platform.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: false,
      message: expect.stringContaining("No answer to scf ListFunctions"),
    });
  });

  test("and nothing was sent, when no address of a name is reached", async () => {
    const platform = connect(`http://localhost:${await unusedPort()}`);
    await expect(platform.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: false,
    });
  });

  test("and nothing was sent, when the name does not exist", async () => {
    const platform = connect("http://platform.invalid:9750");
    await expect(platform.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: false,
    });
  });

  test("and nothing was sent, when the call was given up before", async () => {
    const platform = connect((await start()).url);
    const call = platform.call("scf", "ListFunctions", {}, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ ...unknown, sent: false });
  });

  test("when the call is given up while it runs", async () => {
    const abort = new AbortController();
    const url = await serve((request) => {
      request.resume();
      abort.abort();
    });
    const call = connect(url).call("scf", "ListFunctions", {}, { signal: abort.signal });
    await expect(call).rejects.toMatchObject({ ...unknown, sent: true });
  });

  test("when the connection breaks before the answer", async () => {
    const url = await serve((request) => request.socket.destroy());
    await expect(connect(url).call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: true,
    });
  });

  test("when the answer has another status than 200", async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(502).end("bad gateway");
    });
    await expect(connect(url).call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: true,
      message: expect.stringContaining("HTTP status 502"),
    });
  });

  test("when the answer is not one of the platform", async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.end("<html>");
    });
    await expect(connect(url).call("scf", "ListFunctions", {})).rejects.toMatchObject({
      ...unknown,
      sent: true,
    });
  });
});

test.each(["127.0.0.1:9750", "ftp://127.0.0.1", "nonsense"])("fails on the endpoint %s", (endpoint) => {
  expect(() => openTencentCloud({ region, credentials, endpoint })).toThrow(
    expect.objectContaining({
      code: "ENDPOINT_INVALID",
      fix: expect.stringContaining("http://127.0.0.1:9750"),
    }),
  );
});

describe("credentials that expire", () => {
  const renewed = { secretId: "new-id", secretKey: "new-secret-key", token: "new-token" };

  /** A platform that takes the second credentials only, and what asks for credentials. */
  async function connectExpired(...answers: readonly (Credentials | Error)[]) {
    const server = await startLocalServer({ path: ":memory:", credentials: renewed });
    closing.push(() => server.close());
    let asked = 0;
    const provider = (): Credentials => {
      const answer = answers[Math.min(asked++, answers.length - 1)] as Credentials | Error;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const platform = openTencentCloud({ region, credentials: provider, endpoint: server.url });
    closing.push(() => platform.close());
    return { platform, asked: () => asked };
  }

  test("are renewed once for all calls that were refused, and every call is made again once", async () => {
    const { platform, asked } = await connectExpired(credentials, renewed);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => platform.call("scf", "ListFunctions", {})),
    );
    expect(answers.map(({ TotalCount }) => TotalCount)).toEqual(Array(10).fill(0));
    expect(asked()).toBe(2);
    await createFunction(platform);
    expect(asked()).toBe(2);
  });

  test("are renewed when only the token is too old", async () => {
    const { platform, asked } = await connectExpired({ ...renewed, token: "old-token" }, renewed);
    expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
    expect(asked()).toBe(2);
  });

  test("are renewed before they end, where that is known", async () => {
    const soon = { ...renewed, expiresAt: Date.now() + 30_000 };
    const { platform, asked } = await connectExpired(soon, { ...renewed, expiresAt: Date.now() + 3_600_000 });
    await platform.call("scf", "ListFunctions", {});
    await platform.call("scf", "ListFunctions", {});
    await platform.call("scf", "ListFunctions", {});
    expect(asked()).toBe(2);
  });

  test.each([
    ["the same ones come back", credentials],
    ["there are no others", new Error("gone")],
  ])("fail with what the platform said when %s, without a second attempt", async (_name, second) => {
    const { platform, asked } = await connectExpired(credentials, second);
    await expect(platform.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      name: "PlatformError",
      code: "AuthFailure.SecretIdNotFound",
    });
    expect(asked()).toBe(2);
  });

  test("fail when the new ones are refused as well", async () => {
    const wrong = { ...renewed, secretKey: "wrong-secret-key" };
    const { platform, asked } = await connectExpired(credentials, wrong);
    const call = platform.call("scf", "ListFunctions", {});
    await expect(call).rejects.toMatchObject({ code: "AuthFailure.SignatureFailure" });
    await expect(call).rejects.toMatchObject({ message: expect.not.stringContaining("wrong-secret-key") });
    expect(asked()).toBe(2);
  });
});

describe("credentials from a file", () => {
  const nothing = {};

  function fileWith(text: string): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), "credentials-"));
    closing.push(async () => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(path.join(folder, "credentials"), text);
    return folder;
  }

  test("are those of the section default, read anew every time", () => {
    const folder = fileWith("[other]\nsecret_id = no\n[default]\nsecret_id = id\nsecret_key = key\n");
    expect(findCredentials(nothing, ["/no/such/folder", folder])).toEqual({
      secretId: "id",
      secretKey: "key",
    });
    writeFileSync(
      path.join(folder, "credentials"),
      '[default]\r\nsecret_id="id2"\r\nsecret_key=key2\r\ntoken=t=2\r\n',
    );
    expect(findCredentials(nothing, [folder])).toEqual({ secretId: "id2", secretKey: "key2", token: "t=2" });
  });

  test("are not looked for when the environment has some", () => {
    const folder = fileWith("[default]\nsecret_id = id\nsecret_key = key\n");
    const environment = { TENCENTCLOUD_SECRET_ID: "mine", TENCENTCLOUD_SECRET_KEY: "own" };
    expect(findCredentials(environment, [folder])).toEqual({ secretId: "mine", secretKey: "own" });
  });

  test("fail when one is missing, and say where", () => {
    const folder = fileWith("[default]\nsecret_id = id\n");
    expect(() => findCredentials(nothing, [folder])).toThrow(
      `${path.join(folder, "credentials")} has no secret_key in its section [default]`,
    );
  });
});

describe("credentials from the environment", () => {
  const TENCENTCLOUD_SECRET_ID = "id";
  const TENCENTCLOUD_SECRET_KEY = "key";

  test("are an id and a key, and a token for temporary ones", () => {
    const environment = { TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY };
    expect(findCredentials(environment)).toEqual({ secretId: "id", secretKey: "key" });
    expect(findCredentials({ ...environment, TENCENTCLOUD_SECURITY_TOKEN: "token" })).toEqual({
      secretId: "id",
      secretKey: "key",
      token: "token",
    });
  });

  test.each([
    [{}, "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY not set"],
    [{ TENCENTCLOUD_SECRET_ID }, ": TENCENTCLOUD_SECRET_KEY not set"],
    [{ TENCENTCLOUD_SECRET_KEY }, ": TENCENTCLOUD_SECRET_ID not set"],
  ])("fails with %j", (environment, text) => {
    expect(() => findCredentials(environment, [])).toThrow(
      expect.objectContaining({
        name: "ScfError",
        code: "CREDENTIALS_MISSING",
        message: expect.stringContaining(text),
        fix: expect.stringContaining("TENCENTCLOUD_SECURITY_TOKEN"),
      }),
    );
  });
});
