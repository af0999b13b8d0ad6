import { ended, orders, printed, stack, TestProject } from "./project";

const request = JSON.stringify({
  FunctionName: "orders",
  Runtime: "Nodejs16.13",
  Handler: "index.main_handler",
  Code: { CosBucketName: "code-1250000000", CosObjectName: "/orders.zip", CosBucketRegion: "ap-guangzhou" },
});

test("calls by hand are answered, counted, refused with the platform's codes, and forgotten", () => {
  const project = new TestProject({});
  const missing = project.run(["local", "call", "scf", "GetFunction", '{"FunctionName":"orders"}']);
  expect(missing).toMatchObject({ exitCode: 1, stderr: "" });
  expect(JSON.parse(missing.stdout)).toMatchObject({
    Error: { Code: expect.stringMatching(/^ResourceNotFound/) },
  });
  const made = project.run(["local", "call", "scf", "CreateNamespace", '{"Namespace":"shop"}']);
  expect(made).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(made.stdout)).toEqual({ RequestId: expect.any(String) });
  const calls = project.run(["local", "calls"]);
  expect(calls.stdout).toMatch(
    /^read {3}scf GetFunction {2}default\/orders {2}ResourceNotFound\S*\nwrite {2}scf CreateNamespace {2}shop\nap-guangzhou: 1 reads, 1 writes\n$/,
  );
  expect(project.run(["local", "calls", "--region", "ap-shanghai"]).stdout).toBe(
    "ap-shanghai: 0 reads, 0 writes\n",
  );
  expect(project.run(["local", "reset"]).exitCode).toBe(0);
  expect(JSON.parse(project.run(["local", "call", "scf", "ListNamespaces"]).stdout)).toMatchObject({
    TotalCount: 1,
  });
});

test("the platform's limits hold for calls by hand", () => {
  const project = new TestProject({});
  const wrong = JSON.stringify({ ...(JSON.parse(request) as object), MemorySize: 320 });
  const { exitCode, stdout } = project.run(["local", "call", "scf", "CreateFunction", wrong]);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ Error: { Code: expect.stringContaining("Memory") } });
});

test.each([
  [
    ["local", "call", "cos", "PutObject"],
    "The local platform has no service cos.\nIt has: scf, clb, cam, tag, vpc, monitor, cls, mps, sts.",
  ],
  [
    ["local", "call", "scf", "MakeFunction"],
    "The local platform has no action MakeFunction of scf.\nIt has: ",
  ],
  [["local", "call", "scf", "GetFunction", "{"], "The request cannot be used: "],
  [["local", "call", "scf", "GetFunction", "[]"], "The request cannot be used: it is not an object."],
])("%j is refused with a sentence", (argv, sentence) => {
  const { exitCode, stdout, stderr } = new TestProject({}).run(argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(`Error: ${sentence}`);
});

test("faults are set, listed, struck, told in the record of the calls, and cleared", () => {
  const project = new TestProject({});
  const fault = (...words: string[]) => project.run(["local", "fault", ...words]);
  const make = (name: string) =>
    project.run(["local", "call", "scf", "CreateNamespace", JSON.stringify({ Namespace: name })]);
  expect(fault("add", "drop-answer", "--action", "CreateNamespace", "--resource", "shop")).toEqual({
    exitCode: 0,
    stdout:
      "Fault 1 is set: a call of CreateNamespace whose request holds shop is carried out, and its answer is lost.\n",
    stderr: "",
  });
  expect(fault("add", "throttle", "--writes", "--times", "always").exitCode).toBe(0);
  expect(make("shop")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("a fault broke the connection"),
  });
  expect(make("other").stdout).toContain("RequestLimitExceeded");
  expect(fault("list").stdout).toBe(
    "1  a call of CreateNamespace whose request holds shop is carried out, and its answer is lost.  (used up)\n" +
      "2  any write, every time, is refused with RequestLimitExceeded.  (2 fitted so far, 1 struck)\n",
  );
  expect(project.run(["local", "calls"]).stdout).toBe(
    "write  scf CreateNamespace  shop  [drop-answer: carried out]\n" +
      "write  scf CreateNamespace  other  RequestLimitExceeded  [throttle: not carried out]\n" +
      "ap-guangzhou: 0 reads, 2 writes, 2 of them struck by faults\n",
  );
  expect(fault("clear", "2").stdout).toBe("1 fault is cleared.\n");
  expect(make("other").exitCode).toBe(0);
  expect(fault("clear").stdout).toBe("1 fault is cleared.\n");
  expect(fault("list").stdout).toBe("No faults are set.\n");
});

test.each([
  [["add", "explode"], "explode is not a fault."],
  [["add", "fail"], "fail needs an error code of the platform, not none."],
  [["add", "delay"], "delay needs how many milliseconds it takes; none is given."],
  [["add", "delay", "--code", "InternalError"], "--code means nothing to delay."],
  [["clear", "7"], "There is no fault 7."],
])("refuses `local fault` %j with a sentence", (argv, sentence) => {
  const { exitCode, stdout, stderr } = new TestProject({}).run(["local", "fault", ...argv]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(`Error: ${sentence}`);
});

test("--path chooses another database", () => {
  const project = new TestProject({});
  const argv = ["local", "call", "scf", "CreateNamespace", '{"Namespace":"shop"}'];
  expect(project.run([...argv, "--path", "other.db"]).exitCode).toBe(0);
  expect(project.has("other.db")).toBe(true);
  expect(project.has(".cdktf-scf/local.db")).toBe(false);
});

test("a server deploys for another process, over HTTP, until Ctrl-C", async () => {
  const project = new TestProject({});
  const server = project.start(["local", "start", "--port", "0", "--json"]);
  const end = ended(server);
  const text = await printed(server, "Ctrl-C");
  const line = text.split("\n").find((candidate) => candidate.startsWith("{")) ?? "";
  const { endpoint, environment } = JSON.parse(line) as { endpoint: string; environment: NodeJS.ProcessEnv };
  expect(environment).toEqual({ TENCENTCLOUD_SECRET_ID: "local", TENCENTCLOUD_SECRET_KEY: "local" });
  project.write({
    "main.js": `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", orders(), `scf.Platform.tencentCloud({ endpoint: ${JSON.stringify(endpoint)} })`)}
app.synth();`,
  });
  const deploy = project.run(["deploy", "--auto-approve"], environment);
  expect(deploy).toMatchObject({ exitCode: 0, stderr: "" });
  expect(deploy.stdout).toContain("✓ created function default/shop-orders");
  expect(project.run(["diff"], environment).exitCode).toBe(0);
  const stranger = project.run(["diff"], { ...environment, TENCENTCLOUD_SECRET_KEY: "wrong" });
  expect(stranger.exitCode).toBe(1);
  expect(stranger.stderr).toContain("AuthFailure");
  server.kill("SIGINT");
  const { exitCode, output } = await end;
  expect(exitCode).toBe(0);
  expect(output).toContain("Ended.");
  expect(
    project.run(["local", "call", "scf", "GetFunction", '{"FunctionName":"shop-orders"}']).exitCode,
  ).toBe(0);
});

test("a port that is taken is named", async () => {
  const project = new TestProject({});
  const first = project.start(["local", "start", "--port", "0", "--json"]);
  const end = ended(first);
  const text = await printed(first, "Ctrl-C");
  const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? "";
  const second = project.run(["local", "start", "--port", port]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`127.0.0.1:${port}`);
  first.kill("SIGTERM");
  expect((await end).exitCode).toBe(0);
});
