import { createHash, createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { CommonClient } from "tencentcloud-sdk-nodejs-common";
import { scf } from "tencentcloud-sdk-nodejs-scf";
import { startLocalServer } from "../../lib/platform/local";
import type { LocalServer, LocalServerOptions } from "../../lib/platform/local";
import { cleanUp, databasePath, nodeCode, open, region } from "./support";

const credentials = { secretId: "local-id", secretKey: "local-key" };
const versions = { scf: "2018-04-16", clb: "2018-03-17", cam: "2019-01-16", vpc: "2017-03-12" };

let server: LocalServer;
const servers: LocalServer[] = [];

async function start(options: Partial<LocalServerOptions> = {}): Promise<LocalServer> {
  const started = await startLocalServer({ path: ":memory:", credentials, ...options });
  servers.push(started);
  return started;
}

beforeEach(async () => {
  server = await start();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((started) => started.close()));
  await cleanUp();
});

function profile(of: LocalServer = server) {
  return { httpProfile: { endpoint: `127.0.0.1:${of.port}`, protocol: "http://" } };
}

function scfClient(credential: object = credentials, of: LocalServer = server) {
  return new scf.v20180416.Client({ credential, region, profile: profile(of) } as never);
}

function client(service: keyof typeof versions, credential: object = credentials) {
  const config = { credential, region, profile: profile() } as never;
  return new CommonClient(`127.0.0.1:${server.port}`, versions[service], config);
}

const orders = {
  FunctionName: "orders",
  Runtime: "Nodejs16.13",
  Handler: "index.main_handler",
  Code: { ZipFile: nodeCode },
};

describe("the official SDK, unmodified", () => {
  test("creates, reads, publishes and deletes a function", async () => {
    const sdk = scfClient();
    await sdk.CreateFunction({ ...orders, Environment: { Variables: [{ Key: "NAME", Value: "订单" }] } });
    const found = await sdk.GetFunction({ FunctionName: "orders" });
    expect(found).toMatchObject({
      FunctionName: "orders",
      Status: "Active",
      Environment: { Variables: [{ Key: "NAME", Value: "订单" }] },
    });
    expect(found.RequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await sdk.PublishVersion({ FunctionName: "orders" })).FunctionVersion).toBe("1");
    await sdk.CreateAlias({ FunctionName: "orders", Name: "live", FunctionVersion: "1" });
    expect((await sdk.ListAliases({ FunctionName: "orders" })).TotalCount).toBe(2);
    await sdk.DeleteAlias({ FunctionName: "orders", Name: "live" });
    await sdk.DeleteFunction({ FunctionName: "orders" });
    await expect(sdk.GetFunction({ FunctionName: "orders" })).rejects.toMatchObject({
      code: "ResourceNotFound.Function",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("works with load balancers, policies and the kind of the account", async () => {
    const created = await client("clb").request("CreateLoadBalancer", { LoadBalancerType: "OPEN" });
    expect(created.LoadBalancerIds[0]).toMatch(/^lb-[a-z0-9]{8}$/);
    expect((await client("clb").request("DescribeLoadBalancers", {})).TotalCount).toBe(1);
    expect(await client("vpc").request("DescribeNetworkAccountType", {})).toMatchObject({
      NetworkAccountType: "STANDARD",
    });
    const statement = [{ effect: "allow", action: "scf:Get*", resource: "*" }];
    const PolicyDocument = JSON.stringify({ version: "2.0", statement });
    await client("cam").request("CreatePolicy", { PolicyName: "ops", PolicyDocument });
    expect((await client("cam").request("ListPolicies", { Scope: "Local" })).TotalNum).toBe(1);
  });

  test.each([
    ["96 MB", { ...orders, MemorySize: 96 }, "InvalidParameterValue.Memory", "MemorySize is 96"],
    ["901 s", { ...orders, Timeout: 901 }, "LimitExceeded.Timeout", "900 s at most"],
    [
      "a name of 1 character",
      { ...orders, FunctionName: "a" },
      "InvalidParameterValue.FunctionName",
      "2 to 60",
    ],
    ["a namespace that is missing", { ...orders, Namespace: "shop" }, "ResourceNotFound.Namespace", "shop"],
    ["a parameter that is unknown", { ...orders, Colour: "red" }, "UnknownParameter", "`Colour`"],
    ["a parameter of another type", { ...orders, Timeout: "3" }, "InvalidParameter", "must be a number"],
    ["a parameter that is missing", { FunctionName: "orders" }, "MissingParameter", "`Code`"],
  ])("fails on %s with the platform's code", async (_name, request, code, text) => {
    const call = scfClient().CreateFunction(request as never);
    await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });

  test("fails on a wrong key", async () => {
    const call = scfClient({ ...credentials, secretKey: "wrong" }).ListFunctions({});
    await expect(call).rejects.toMatchObject({ code: "AuthFailure.SignatureFailure" });
  });

  test("fails on an unknown id of a key", async () => {
    const call = scfClient({ ...credentials, secretId: "wrong" }).ListFunctions({});
    await expect(call).rejects.toMatchObject({ code: "AuthFailure.SecretIdNotFound" });
  });

  test("needs the token where there is one", async () => {
    const withToken = await start({ credentials: { ...credentials, token: "session" } });
    await scfClient({ ...credentials, token: "session" }, withToken).ListFunctions({});
    for (const token of ["other", undefined]) {
      const call = scfClient({ ...credentials, token }, withToken).ListFunctions({});
      await expect(call).rejects.toMatchObject({ code: "AuthFailure.TokenFailure" });
    }
  });

  test("is throttled", async () => {
    const stopped = Date.now();
    const slow = await start({ rateLimit: 1, now: () => stopped });
    await scfClient(credentials, slow).ListFunctions({});
    await expect(scfClient(credentials, slow).ListFunctions({})).rejects.toMatchObject({
      code: "RequestLimitExceeded",
    });
  });
});

interface Signed {
  readonly action?: string;
  readonly version?: string;
  readonly region?: string;
  readonly body?: string;
  readonly secondsAgo?: number;
  readonly host?: string;
  readonly signedHost?: string;
  readonly path?: string;
  readonly method?: string;
  readonly contentType?: string;
  readonly authorization?: string;
  readonly signedHeaders?: readonly string[];
}

/** A call that is signed by hand, as clients in other languages do it. */
function send(signed: Signed): Promise<{
  status: number;
  answer: { Error?: { Code: string; Message: string } } & Record<string, unknown>;
}> {
  const {
    action = "ListFunctions",
    version = versions.scf,
    body = "{}",
    secondsAgo = 0,
    host = `127.0.0.1:${server.port}`,
    signedHost = host,
    path = "/",
    method = "POST",
    contentType = "application/json; charset=utf-8",
    signedHeaders = ["content-type", "host"],
  } = signed;
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const values: Record<string, string> = {
    "content-type": contentType,
    host: signedHost,
    "x-tc-region": region,
  };
  const lines = signedHeaders.map((name) => `${name}:${values[name] ?? ""}\n`).join("");
  const canonical = `${method}\n${path}\n\n${lines}\n${signedHeaders.join(";")}\n${sha256(body)}`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/scf/tc3_request\n${sha256(canonical)}`;
  const key = hmac(hmac(hmac(`TC3${credentials.secretKey}`, date), "scf"), "tc3_request");
  const authorization =
    `TC3-HMAC-SHA256 Credential=${credentials.secretId}/${date}/scf/tc3_request, ` +
    `SignedHeaders=${signedHeaders.join(";")}, Signature=${hmac(key, text).toString("hex")}`;
  const headers: Record<string, string> = {
    Host: host,
    "Content-Type": contentType,
    "X-TC-Timestamp": String(timestamp),
    "X-TC-Action": action,
    "X-TC-Version": version,
    Authorization: signed.authorization ?? authorization,
  };
  if (signed.region !== "") headers["X-TC-Region"] = signed.region ?? region;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const content = JSON.parse(Buffer.concat(parts).toString("utf8")) as {
          Response: { RequestId: string };
        };
        resolve({ status: response.statusCode ?? 0, answer: content.Response });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("the wire format", () => {
  test.each([
    ["the host with its port", {}],
    ["the host without its port", { signedHost: "127.0.0.1" }],
    ["a name for the host", { host: "scf.platform.test:9750", signedHost: "scf.platform.test" }],
    ["a time four minutes ago", { secondsAgo: 240 }],
    ["a time four minutes ahead", { secondsAgo: -240 }],
  ])("takes a call that is signed with %s", async (_name, signed) => {
    const { status, answer } = await send(signed);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ TotalCount: 0, RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test("takes a call to the account's own services without a region", async () => {
    const { answer } = await send({ action: "ListPolicies", version: versions.cam, region: "" });
    expect(answer["TotalNum"]).toBe(7);
  });

  test.each([
    [
      "a time six minutes ago",
      { secondsAgo: 360 },
      "AuthFailure.SignatureExpire",
      /signed 36\d s away.*300 s/,
    ],
    ["a time six minutes ahead", { secondsAgo: -360 }, "AuthFailure.SignatureExpire", /300 s/],
    [
      "another host than the one it signed",
      { signedHost: "example.com" },
      "AuthFailure.SignatureFailure",
      /does not fit/,
    ],
    ["no signature", { authorization: "" }, "AuthFailure.SignatureFailure", /not one of TC3-HMAC-SHA256/],
    ["another algorithm", { authorization: "Basic abc" }, "AuthFailure.SignatureFailure", /TC3-HMAC-SHA256/],
    [
      "a host that is not signed",
      { signedHeaders: ["content-type"] },
      "AuthFailure.SignatureFailure",
      /content-type and host/,
    ],
    [
      "an action that is unknown",
      { action: "Explode" },
      "InvalidAction",
      /no action Explode of the service scf/,
    ],
    ["an action of another service", { action: "CreateRule" }, "InvalidAction", /no action CreateRule/],
    ["a version that is unknown", { version: "2001-01-01" }, "NoSuchVersion", /2001-01-01/],
    ["no region", { region: "" }, "MissingParameter", /X-TC-Region/],
    ["a region that is none", { region: "Guangzhou!" }, "UnsupportedRegion", /Guangzhou!/],
    ["a body that is not JSON", { body: "{" }, "InvalidParameter", /not JSON/],
    ["a body that is a list", { body: "[]" }, "InvalidParameter", /an object, not a list/],
    [
      "a form",
      { contentType: "application/x-www-form-urlencoded" },
      "UnsupportedProtocol",
      /application\/json/,
    ],
    ["GET", { method: "GET", body: "" }, "UnsupportedProtocol", /by POST, not by GET/],
  ])("fails on %s, with the status 200", async (_name, signed, code, text) => {
    const { status, answer } = await send(signed);
    expect(status).toBe(200);
    expect(answer.Error?.Code).toBe(code);
    expect(answer.Error?.Message).toMatch(text);
    expect(answer["RequestId"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("takes signed headers beyond the usual ones", async () => {
    const signedHeaders = ["content-type", "host", "x-tc-region"];
    expect((await send({ signedHeaders })).answer["TotalCount"]).toBe(0);
    const { answer } = await send({ signedHeaders, region: "ap-beijing" });
    expect(answer.Error?.Code).toBe("AuthFailure.SignatureFailure");
  });

  test("fails on a body of more than 10 MB, and takes one of 10 MB", async () => {
    const filled = (bytes: number) => {
      const empty = JSON.stringify({ Description: "" });
      return JSON.stringify({ Description: "a".repeat(bytes - empty.length) });
    };
    const largest = 10 * 1024 ** 2;
    const taken = await send({ body: filled(largest) });
    expect(taken.answer.Error).toBeUndefined();
    const refused = await send({ body: filled(largest + 1) });
    expect(refused.answer.Error).toEqual({
      Code: "RequestSizeLimitExceeded",
      Message: `The call has ${largest + 1} bytes; ${largest} at most are allowed`,
    });
  });
});

test("regions are those of the calls, and a process with the file sees what came over HTTP", async () => {
  const path = databasePath();
  const shared = await start({ path });
  await scfClient(credentials, shared).CreateFunction(orders);
  const south = open({ path });
  expect((await south.call("scf", "ListFunctions", {})).TotalCount).toBe(1);
  expect((await open({ path, region: "ap-beijing" }).call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  expect(south.calls().map((call) => call.action)).toEqual(["CreateFunction", "ListFunctions"]);
});

test("listens on this machine only", () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
});

test("fails on a port that is taken", async () => {
  await expect(start({ port: server.port })).rejects.toMatchObject({
    code: "LOCAL_PLATFORM_PORT",
    message: expect.stringContaining(`127.0.0.1:${server.port}: another program listens there`),
  });
});
