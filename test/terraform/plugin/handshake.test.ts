import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http2 from "node:http2";
import { createConnection } from "node:net";
import { makeCertificate } from "../../../lib/terraform/plugin/certificate";
import { messages } from "../../../lib/terraform/plugin/messages";
import { encodeMsgpack } from "../../../lib/terraform/plugin/msgpack";
import { temporaryFolder } from "../../temporary-folder";
import { call } from "./grpc-client";
import { COOKIE, dist, PluginProcess, toy } from "./plugin-process";

const started: PluginProcess[] = [];

function start(environment: NodeJS.ProcessEnv = {}, ...words: string[]): PluginProcess {
  const plugin = new PluginProcess(environment, ...words);
  started.push(plugin);
  return plugin;
}

afterEach(() => {
  for (const plugin of started.splice(0)) plugin.process.kill();
});

const schemaCall = "/tfplugin6.Provider/GetProviderSchema";

test("one line says where the plugin listens, and both sides prove who they are", async () => {
  const folder = temporaryFolder();
  const plugin = start({ PLUGIN_UNIX_SOCKET_DIR: folder });
  const [core, protocol, network, address = "", kind, certificate] = await plugin.handshake();
  expect([core, protocol, network, kind]).toEqual(["1", "6", "unix", "grpc"]);
  expect(address.startsWith(folder)).toBe(true);
  expect(certificate).toMatch(/^[A-Za-z0-9+/]+$/);
  const session = await plugin.connect();
  const { status, message } = await call(session, schemaCall);
  expect(status).toBe(0);
  expect(Object.keys(messages.GetProviderSchema.response.decode(message).resource_schemas ?? {})).toEqual([
    "scf_thing",
  ]);
  session.destroy();
});

test("whatever a provider prints goes to standard error", async () => {
  const plugin = start();
  const session = await plugin.connect();
  const config = { msgpack: encodeMsgpack({ file: "none.json" }) };
  const request = messages.ConfigureProvider.request.encode({ terraform_version: "1.11.4", config });
  expect(await call(session, "/tfplugin6.Provider/ConfigureProvider", request)).toMatchObject({ status: 0 });
  await call(session, "/plugin.GRPCController/Shutdown");
  expect(await plugin.exit()).toBe(0);
  expect(plugin.output.trim().split("\n")).toHaveLength(1);
  expect(plugin.errors).toContain("this must not reach the handshake");
});

test("after a shutdown the socket is gone", async () => {
  const folder = temporaryFolder();
  const plugin = start({ PLUGIN_UNIX_SOCKET_DIR: folder });
  const session = await plugin.connect();
  expect(await call(session, "/plugin.GRPCController/Shutdown")).toMatchObject({ status: 0 });
  expect(await plugin.exit()).toBe(0);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("an interruption leaves the plugin to Terraform, a termination ends it", async () => {
  const folder = temporaryFolder();
  const plugin = start({ PLUGIN_UNIX_SOCKET_DIR: folder });
  const session = await plugin.connect();
  plugin.process.kill("SIGINT");
  expect(await call(session, schemaCall)).toMatchObject({ status: 0 });
  plugin.process.kill("SIGTERM");
  expect(await plugin.exit()).toBe(1);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("where the path of a socket would be too long, the plugin listens on loopback", async () => {
  const plugin = start({
    PLUGIN_UNIX_SOCKET_DIR: `/tmp/${"long".repeat(30)}`,
    PLUGIN_MIN_PORT: "21000",
    PLUGIN_MAX_PORT: "21500",
  });
  const [, , network, address = ""] = await plugin.handshake();
  expect(network).toBe("tcp");
  expect(address).toMatch(/^127\.0\.0\.1:21\d\d\d$/);
  const session = await plugin.connect();
  expect(await call(session, schemaCall)).toMatchObject({ status: 0 });
  session.destroy();
});

test("fails to connect for whoever has another certificate than Terraform's", async () => {
  const plugin = start();
  const session = await plugin.connect(makeCertificate());
  await once(session, "close");
  const ours = await plugin.connect();
  expect(await call(ours, schemaCall)).toMatchObject({ status: 0 });
  ours.destroy();
});

test("fails where nobody can listen, with a sentence that Terraform shows", async () => {
  const plugin = start({ PLUGIN_UNIX_SOCKET_DIR: "/nowhere" });
  expect(await plugin.exit()).toBe(1);
  expect(plugin.output).toContain("/nowhere");
});

test("fails for people who start it by hand, and tells them what it is", async () => {
  for (const cookie of [undefined, "another"]) {
    const plugin = start({ TF_PLUGIN_MAGIC_COOKIE: cookie });
    expect(await plugin.exit()).toBe(1);
    expect(plugin.output).toBe("");
    expect(plugin.errors).toContain("This is the Terraform provider terraform.local/cdktf-scf/scf.");
  }
});

test("a plugin whose Terraform was killed ends, and takes its socket with it", async () => {
  const folder = temporaryFolder();
  const terraform = spawn("sh", ["-c", `"${process.execPath}" "${toy}" & wait`], {
    env: { ...process.env, TOY_DIST: dist, TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_UNIX_SOCKET_DIR: folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(terraform.stdout, "data");
  expect(fs.readdirSync(folder)).toHaveLength(1);
  const closed = once(terraform.stdout, "close");
  terraform.kill("SIGKILL");
  await closed;
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("with --debug it prints what Terraform has to be told, and outlives a shutdown", async () => {
  const plugin = start({ TF_PLUGIN_MAGIC_COOKIE: undefined }, "--debug");
  while (!plugin.output.includes("TF_REATTACH_PROVIDERS")) await once(plugin.process.stdout!, "data");
  const [, json = ""] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(plugin.output) ?? [];
  const place = (JSON.parse(json) as { [source: string]: { Addr: { String: string } } })[
    "terraform.local/cdktf-scf/scf"
  ]!;
  expect(place).toMatchObject({ Protocol: "grpc", ProtocolVersion: 6, Pid: plugin.process.pid, Test: true });
  const session = http2.connect("http://localhost", {
    createConnection: () => createConnection(place.Addr.String),
  });
  await call(session, "/plugin.GRPCController/Shutdown");
  expect(await call(session, schemaCall)).toMatchObject({ status: 0 });
  session.destroy();
});
