import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };
const vpc = { vpcId: "vpc-1", subnetId: "subnet-1" };

type Some = { readonly [name: string]: Value };

function mount(properties: Some = {}): Some {
  return {
    fileSystemId: "cfs-1",
    mountTargetId: "cfs-1",
    localDirectory: "/mnt/data",
    remoteDirectory: "/",
    userId: 10_000,
    groupId: 10_000,
    ...properties,
  };
}

function having(properties: Some) {
  return (program: Program): void => {
    program.stack().function("orders", { vpc, fileSystems: [mount()], ...properties });
  };
}

function local(...directories: readonly Value[]) {
  return having({ fileSystems: directories.map((localDirectory) => mount({ localDirectory })) });
}

function remote(remoteDirectory: Value) {
  return having({ fileSystems: [mount({ remoteDirectory })] });
}

/** A function with a file system, and the configuration role with these policies. */
function roled(attach: (stack: Stack, role: string) => void, roleName: Value = "SCF_QcsRole") {
  return (program: Program): void => {
    const stack = program.stack();
    stack.function("orders", { vpc, fileSystems: [mount()] });
    attach(stack, stack.role("configuration", { roleName }));
  };
}

function attached(policyName: Value) {
  return (stack: Stack, role: string): void => {
    stack.add("cam_policy_attachment", "attachment", { roleName: reference(role, "roleName"), policyName });
  };
}

export const storageCases: readonly RuleCase[] = [
  passes("STO-VPC", "in a VPC", having({})),
  passes(
    "STO-VPC",
    "no file system and no VPC",
    (program) => void program.stack().function("orders", { fileSystems: [] }),
  ),
  fails(
    "STO-VPC",
    "in no VPC",
    (program) => void program.stack().function("orders", { fileSystems: [mount()] }),
  ),
  passes("STO-VPC", "in the same VPC", having({ surroundings: { fileSystemVpcIds: ["vpc-1"] } })),
  fails("STO-VPC", "in another VPC", having({ surroundings: { fileSystemVpcIds: ["vpc-2"] } })),
  fails(
    "STO-VPC",
    "the second of two in another VPC",
    having({
      fileSystems: [mount(), mount({ fileSystemId: "cfs-2", localDirectory: "/mnt/more" })],
      surroundings: { fileSystemVpcIds: ["vpc-1", "vpc-2"] },
    }),
  ),
  passes("STO-VPC", "a VPC that nobody names", having({ surroundings: { fileSystemVpcIds: [null] } })),
  waits("STO-VPC", "a VPC from another provider", having({ surroundings: { fileSystemVpcIds: [token] } })),
  waits("STO-VPC", "file systems from another provider", having({ fileSystems: token })),
  passes(
    "STO-VPC",
    "file systems of a resource that is not there",
    having({ fileSystems: reference("shop/other", "fileSystems") }),
  ),
  fails(
    "STO-VPC",
    "another VPC, and a file system from another provider",
    having({
      fileSystems: [mount({ fileSystemId: token })],
      surroundings: { fileSystemVpcIds: ["vpc-2"] },
    }),
  ),
  fails("STO-VPC", "in no VPC, which is the only thing to say", (program) => {
    program.stack().function("orders", {
      fileSystems: [mount()],
      surroundings: { networkCidr: "9.0.0.0/8" },
    });
  }),
  ...["10.0.0.0/8", "8.0.0.0/8", "19.0.0.0/8", "90.0.0.0/16", "172.16.0.0/12"].map((networkCidr) =>
    passes("STO-VPC", `a network ${networkCidr}`, having({ surroundings: { networkCidr } })),
  ),
  ...["somewhere", "10.0.0/16", "10.0.0.0/33", "10.0.0.256"].map((networkCidr) =>
    warns("STO-VPC", `a network ${networkCidr}`, having({ surroundings: { networkCidr } })),
  ),
  ...["9.0.0.0/8", "9.1.0.0/16", "9.255.255.0/24", "8.0.0.0/7", "9.2.3.4", " 9.0.0.0/8 "].map((networkCidr) =>
    fails("STO-VPC", `a network ${networkCidr}`, having({ surroundings: { networkCidr } })),
  ),
  passes(
    "STO-VPC",
    "a network 9.0.0.0/8 without file systems",
    having({ fileSystems: [], surroundings: { networkCidr: "9.0.0.0/8" } }),
  ),
  fails(
    "STO-VPC",
    "an image in no VPC",
    (program) => void program.stack().imageFunction("orders", { fileSystems: [mount()] }),
  ),

  ...["/mnt/data", "/mnt/data/", "/mnt/a/b", "/mnt/a-b_c.d"].map((directory) =>
    passes("STO-DIR", directory, local(directory)),
  ),
  ...[
    "/mnt",
    "/mnt/",
    "/data",
    "mnt/data",
    "/mnt/../etc",
    "/mntdata",
    "/MNT/data",
    "/tmp/mnt/data",
    "",
    "/mnt//",
    "tmp/mnt/data",
    "/mnt/./data",
  ].map((directory) => fails("STO-DIR", `"${directory}"`, local(directory))),
  passes("STO-DIR", "two directories", local("/mnt/a", "/mnt/b")),
  fails("STO-DIR", "one directory twice", local("/mnt/a", "/mnt/a")),
  fails("STO-DIR", "one directory twice in two spellings", local("/mnt/a", "/mnt//a/")),
  ...["/", "/data", "/data/orders/"].map((directory) =>
    passes("STO-DIR", `remote ${directory}`, remote(directory)),
  ),
  ...["data", "./data", ""].map((directory) => fails("STO-DIR", `remote "${directory}"`, remote(directory))),
  fails("STO-DIR", "two empty directories, which are one thing to say", local("", "")),
  waits("STO-DIR", "a directory from another provider", local(token)),
  passes("STO-DIR", "a directory that is named after what the platform computes", (program) => {
    const stack = program.stack();
    const localDirectory = { $join: ["/mnt/", reference(stack.function("other"), "functionId")] };
    stack.function("orders", { vpc, fileSystems: [mount({ localDirectory })] });
  }),

  passes("STO-ROLE", "a role that the app does not declare", having({})),
  passes(
    "STO-ROLE",
    "another role of the app",
    roled(() => undefined, "reader"),
  ),
  passes("STO-ROLE", "no file system", (program) => {
    const stack = program.stack();
    stack.function("orders");
    stack.role("configuration", { roleName: "SCF_QcsRole" });
  }),
  warns(
    "STO-ROLE",
    "the role without the policy",
    roled(() => undefined),
  ),
  warns("STO-ROLE", "the role with another policy", roled(attached("QcloudAccessForScfRole"))),
  passes("STO-ROLE", "the role with the policy", roled(attached("QcloudCFSReadOnlyAccess"))),
  passes("STO-ROLE", "the role with more than the policy", roled(attached("QcloudCFSFullAccess"))),
  passes("STO-ROLE", "the role with a policy of another provider", roled(attached(token))),
  passes("STO-ROLE", "the configuration role of another account", (program) => {
    program.stack("shop", { uin: "1" }).function("orders", { vpc, fileSystems: [mount()] });
    program.stack("stock", { uin: "2" }).role("configuration", { roleName: "SCF_QcsRole" });
  }),
  warns(
    "STO-ROLE",
    "another role with the policy",
    roled((stack) => attached("QcloudCFSReadOnlyAccess")(stack, stack.role("reader"))),
  ),
  passes(
    "STO-ROLE",
    "a role from another provider with the policy",
    roled((stack) => {
      stack.add("cam_policy_attachment", "attachment", {
        roleName: token,
        policyName: "QcloudCFSReadOnlyAccess",
      });
    }),
  ),
  warns("STO-ROLE", "the role of the same name in another account with the policy", (program) => {
    const stack = program.stack("shop", { uin: "1" });
    stack.function("orders", { vpc, fileSystems: [mount()] });
    stack.role("configuration", { roleName: "SCF_QcsRole" });
    program.stack("stock", { uin: "2" }).add("cam_policy_attachment", "attachment", {
      roleName: "SCF_QcsRole",
      policyName: "QcloudCFSReadOnlyAccess",
    });
  }),
  passes(
    "STO-ROLE",
    "the role by its name with the policy",
    roled((stack) => {
      stack.add("cam_policy_attachment", "attachment", {
        roleName: "SCF_QcsRole",
        policyName: "QcloudCFSReadOnlyAccess",
      });
    }),
  ),
  passes(
    "STO-ROLE",
    "the role with a policy of the app that allows it",
    roled((stack, role) => {
      const policy = stack.policy("files", [
        { effect: "allow", action: ["cfs:DescribeCfsFileSystems"], resource: ["*"] },
      ]);
      attached(reference(policy, "policyName"))(stack, role);
    }),
  ),
  passes(
    "STO-ROLE",
    "the role with a policy of the app, by its name, that allows it among others",
    roled((stack, role) => {
      stack.policy("files", [
        { effect: "allow", action: ["cls:pushLog"], resource: ["*"] },
        {
          effect: "allow",
          action: ["scf:InvokeFunction", "name/cfs:DescribeCfsFileSystems"],
          resource: ["*"],
        },
      ]);
      attached("files")(stack, role);
    }),
  ),
  warns(
    "STO-ROLE",
    "the role with another policy than the one of the app that allows it",
    roled((stack, role) => {
      stack.policy("files", [{ effect: "allow", action: ["cfs:*"], resource: ["*"] }]);
      attached("QcloudAccessForScfRole")(stack, role);
    }),
  ),
  warns("STO-ROLE", "the role with a policy of that name in another account", (program) => {
    const stack = program.stack("shop", { uin: "1" });
    stack.function("orders", { vpc, fileSystems: [mount()] });
    attached("files")(stack, stack.role("configuration", { roleName: "SCF_QcsRole" }));
    program
      .stack("stock", { uin: "2" })
      .policy("files", [{ effect: "allow", action: ["cfs:*"], resource: ["*"] }]);
  }),
  passes(
    "STO-ROLE",
    "the role with a policy of the app whose statements another provider gives",
    roled((stack, role) => {
      const policy = stack.add("cam_policy", "files", { policyName: "files", statement: token });
      attached(reference(policy, "policyName"))(stack, role);
    }),
  ),
  warns(
    "STO-ROLE",
    "the role with a policy of the app that allows something else",
    roled((stack, role) => {
      const policy = stack.policy("logs", [
        { effect: "allow", action: ["cls:pushLog", "other-cfs:Read"], resource: ["*"] },
      ]);
      attached(reference(policy, "policyName"))(stack, role);
    }),
  ),
];
