import * as scf from "cdktf-scf";
import { node } from "../constructs/app";
import { Project, type Program } from "./deployment";

const codeOf = (answer: number) => scf.Code.fromInline(`exports.main_handler = async () => ${answer};\n`);

interface Options {
  readonly answer?: number;
  readonly memory?: scf.MemoryMb;
  readonly provisioning?: scf.Provisioning | undefined;
  readonly reserved?: scf.Concurrency | undefined;
}

function shop({ answer = 1, memory = 128, ...options }: Options = {}): Program {
  const provisioning =
    "provisioning" in options ? options.provisioning : scf.Provisioning.static({ instances: 10 });
  return (stack) => {
    const orders = new scf.Function(stack, "orders", {
      ...node,
      name: "orders",
      memory,
      code: codeOf(answer),
    });
    // The alias is declared before the instances of its version are: it waits for them all the same.
    orders.addAlias("live", { version: orders.currentVersion });
    if (provisioning) orders.currentVersion.provision(provisioning);
    if (options.reserved) orders.reserveConcurrency(options.reserved);
  };
}

const orders = { FunctionName: "orders" };

async function provisionedVersions(project: Project): Promise<(string | undefined)[]> {
  const found = await project.platform.call("scf", "GetProvisionedConcurrencyConfig", orders);
  return (found.Allocated ?? []).map(({ Qualifier }) => Qualifier);
}

async function reserved(project: Project): Promise<number | undefined> {
  return (await project.platform.call("scf", "GetReservedConcurrencyConfig", orders)).ReservedMem;
}

test("a new version is warm before the alias moves, and the old one is cold after", async () => {
  const project = new Project();
  expect(await project.deploy(shop())).toMatchObject({ failed: 0, blocked: 0 });
  expect(await project.writesOf(shop())).toEqual([]);
  expect(await project.writesOf(shop({ answer: 2 }))).toEqual([
    "UpdateFunctionCode",
    "PublishVersion",
    "PutProvisionedConcurrencyConfig",
    "UpdateAlias",
    "DeleteProvisionedConcurrencyConfig",
  ]);
  expect(await provisionedVersions(project)).toEqual(["2"]);
  expect(await project.writesOf(shop({ answer: 2 }))).toEqual([]);
});

test("another number of instances, and another way, are changed in place", async () => {
  const project = new Project();
  await project.deploy(shop());
  const more = scf.Provisioning.static({ instances: 20 });
  const dynamic = scf.Provisioning.dynamic({ minimum: 1, maximum: 20, utilization: 0.8 });
  for (const provisioning of [more, dynamic]) {
    expect(await project.writesOf(shop({ provisioning }))).toEqual(["PutProvisionedConcurrencyConfig"]);
    expect(await project.writesOf(shop({ provisioning }))).toEqual([]);
  }
});

test("instances that nobody wants any more are given back, and the alias stays", async () => {
  const project = new Project();
  await project.deploy(shop());
  expect(await project.writesOf(shop({ provisioning: undefined }))).toEqual([
    "DeleteProvisionedConcurrencyConfig",
  ]);
});

test("a function that is replaced keeps its instances and what it reserves", async () => {
  const project = new Project();
  const program =
    (asyncExecution: boolean): Program =>
    (stack) => {
      const declared = new scf.Function(stack, "orders", { ...node, name: "orders", asyncExecution });
      declared.reserveConcurrency(scf.Concurrency.instances(20));
      declared.currentVersion.provision(scf.Provisioning.static({ instances: 10 }));
      declared.addAlias("live", { version: declared.currentVersion });
    };
  await project.deploy(program(false));
  expect(await project.deploy(program(true))).toMatchObject({ failed: 0, blocked: 0 });
  expect(await provisionedVersions(project)).toEqual(["1"]);
  expect(await reserved(project)).toBe(2560);
  expect(await project.writesOf(program(true))).toEqual([]);
});

test("no reservation, a reservation and a stopped function are three things", async () => {
  const project = new Project();
  await project.deploy(shop());
  expect(await reserved(project)).toBeUndefined();
  const instances = scf.Concurrency.instances(150);
  expect(await project.writesOf(shop({ reserved: instances }))).toEqual(["PutReservedConcurrencyConfig"]);
  expect(await reserved(project)).toBe(19_200);
  const none = scf.Concurrency.none();
  expect(await project.writesOf(shop({ reserved: none, provisioning: undefined }))).toEqual(
    expect.arrayContaining(["PutReservedConcurrencyConfig"]),
  );
  expect(await reserved(project)).toBe(0);
  expect(await project.writesOf(shop({ provisioning: undefined }))).toEqual([
    "DeleteReservedConcurrencyConfig",
  ]);
  expect(await reserved(project)).toBeUndefined();
});

test("instances that are reserved follow the function's memory", async () => {
  const project = new Project();
  const options = { reserved: scf.Concurrency.instances(150), provisioning: undefined };
  await project.deploy(shop(options));
  await project.deploy(shop({ ...options, memory: 256 }));
  expect(await reserved(project)).toBe(38_400);
});

test("everything is destroyed", async () => {
  const project = new Project();
  const program = shop({ reserved: scf.Concurrency.instances(150) });
  await project.deploy(program);
  expect(await project.destroy(program)).toMatchObject({ failed: 0, blocked: 0 });
  expect((await project.platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
});

test("a namespace's quota stays when it is removed, and can be set again", async () => {
  const project = new Project();
  const program =
    (concurrencyMb?: number): Program =>
    (stack) =>
      void new scf.Namespace(stack, "sale", {
        name: "sale",
        ...(concurrencyMb === undefined ? {} : { concurrencyMb }),
      });
  const total = async () => {
    const { AccountUsage } = await project.platform.call("scf", "GetAccount", {});
    return AccountUsage?.Namespace?.find(({ Namespace }) => Namespace === "sale")?.TotalConcurrencyMem;
  };
  await project.deploy(program(64_000));
  expect(await project.writesOf(program(64_000))).toEqual([]);
  expect(await project.writesOf(program())).toEqual([]);
  expect(await total()).toBe(64_000);
  expect(await project.writesOf(program(32_000))).toEqual(["PutTotalConcurrencyConfig"]);
  expect(await total()).toBe(32_000);
});

test("a namespace that another cluster is to host is made anew", async () => {
  const project = new Project();
  const program =
    (clusterId: string): Program =>
    (stack) =>
      void new scf.Namespace(stack, "sale", {
        name: "sale",
        hosting: scf.Hosting.kubernetes({ clusterId, subnetId: "subnet-1", clusterNamespace: "functions" }),
      });
  await project.deploy(program("cls-1"));
  expect(await project.writesOf(program("cls-1"))).toEqual([]);
  expect(await project.writesOf(program("cls-2"))).toEqual(["DeleteNamespace", "CreateNamespace"]);
});
