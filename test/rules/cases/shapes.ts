import { reference, type Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, type RuleCase } from "../rule-case";

function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    program.stack().function("orders", properties);
  };
}

function routed(routing: Value) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.alias("live", stack.function("orders"), { routing });
  };
}

function listening(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    program.stack().listener("front", properties);
  };
}

function timed(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.timer("nightly", stack.function("orders"), properties);
  };
}

function invoked(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.asyncInvocation("orders/AsyncInvocation", stack.function("orders"), properties);
  };
}

/** So many SNAT addresses of one load balancer. */
function snatAddresses(amount: number) {
  return (program: Program): void => {
    const stack = program.stack();
    for (let host = 1; host <= amount; host++) {
      stack.add("clb_snat_address", `snat${host}`, {
        loadBalancerId: "lb-1",
        loadBalancer: { region: "ap-guangzhou" },
        subnetId: "subnet-1",
        address: `10.0.0.${host}`,
      });
    }
  };
}

/** A function that mounts a file system for this owner. */
function owned(userId: number) {
  return having({
    vpc: { vpcId: "vpc-1", subnetId: "subnet-1" },
    fileSystems: [
      {
        fileSystemId: "cfs-1",
        mountTargetId: "cfs-1",
        localDirectory: "/mnt/data",
        remoteDirectory: "/",
        userId,
        groupId: 10_000,
      },
    ],
  });
}

export const shapeCases: readonly RuleCase[] = [
  passes("TYPE", "right types", having({ description: "orders", tags: { team: "shop" } })),
  passes("TYPE", "symbolic values in every place", (program) => {
    const stack = program.stack();
    const other = stack.function("other");
    const token = { $token: "${x}" };
    stack.function("orders", {
      memory: token,
      timeout: reference(other, "timeout"),
      description: { $join: ["a", token] },
      environment: { KEY: { $secret: { environment: "KEY" } }, OTHER: token },
      code: { bucket: token, object: token, region: "ap-guangzhou" },
      layers: [{ name: "deps", version: token }],
    });
    stack.alias("live", other, { routing: { type: "weighted", version: token, percent: token } });
    stack.policy("ops", [{ effect: "allow", action: ["scf:GetFunction"], resource: [token] }]);
  }),
  fails("TYPE", "text for a number", having({ memory: "256" })),
  fails("TYPE", "a number for text", having({ description: 256 })),
  fails(
    "TYPE",
    "a number in the environment, whose value is not shown",
    having({ environment: { PORT: 8080 } }),
  ),
  fails("TYPE", "null", having({ description: null })),
  fails("TYPE", "a list for an object", routed([])),
  fails("TYPE", "text for code", having({ code: "functions/orders" })),
  fails("TYPE", "code with half a bucket", having({ code: { bucket: "b", region: { $token: "${x}" } } })),
  fails("TYPE", "a routing of no known type", routed({ type: "random", version: "2" })),
  fails("TYPE", "a routing with too much", routed({ type: "weighted", version: "2", percent: 5, weight: 5 })),
  fails(
    "TYPE",
    "a routing with two things too much",
    routed({ type: "weighted", version: "2", percent: 5, weight: 5, share: 5 }),
  ),
  fails("TYPE", "another type of function", having({ type: "Web" })),
  passes("TYPE", "a web function", having({ type: "HTTP", instanceConcurrency: "dynamic" })),
  passes("TYPE", "provisioned in both ways, which CON-KIND tells of", (program) => {
    const stack = program.stack();
    const provisioning = { type: "static", instances: 1, minimum: 1, maximum: 2, utilization: 0.5 };
    stack.provision("warm", stack.function("orders"), { provisioning });
  }),
  fails("TYPE", "provisioned with a part that there is not", (program) => {
    const stack = program.stack();
    stack.provision("warm", stack.function("orders"), {
      provisioning: { type: "static", instances: 1, minimun: 1 },
    });
  }),
  passes("TYPE", "a toleration with a word of its own, which K8S-TOL tells of", (program) => {
    const hosting = { clusterId: "cls-1", subnetId: "subnet-1", clusterNamespace: "functions" };
    program.stack().namespace("sale", { hosting: { ...hosting, tolerations: [{ operator: "Exist" }] } });
  }),
  fails("TYPE", "an image without a registry", having({ code: { image: "a/b:1" } })),
  passes("TYPE", "a network without subnet, which NET-VPC tells of", having({ vpc: { vpcId: "vpc-1" } })),
  fails("TYPE", "a network whose subnet is a number", having({ vpc: { vpcId: "vpc-1", subnetId: 7 } })),
  ...[0, 2].map((retryAttempts) =>
    passes("TYPE", `${retryAttempts} retry attempts`, invoked({ retryAttempts })),
  ),
  ...[-1, 1.5, 3].map((retryAttempts) =>
    fails("TYPE", `${retryAttempts} retry attempts`, invoked({ retryAttempts })),
  ),
  ...[60, 21_600].map((maximumEventAge) =>
    passes("TYPE", `events of ${maximumEventAge} s`, invoked({ maximumEventAge })),
  ),
  ...[59, 21_601].map((maximumEventAge) =>
    fails("TYPE", `events of ${maximumEventAge} s`, invoked({ maximumEventAge })),
  ),
  fails("TYPE", "another effect", (program) => {
    program.stack().policy("ops", [{ effect: "alow", action: ["scf:GetFunction"], resource: ["*"] }]);
  }),
  fails("TYPE", "a property that does not exist", having({ memroy: 256 })),
  fails("TYPE", "a property that is missing", (program) => {
    program.stack().add("cam_role", "reader", { roleName: "reader" });
  }),
  ...[1, 65_535].map((port) => passes("TYPE", `port ${port}`, listening({ port }))),
  ...[0, 65_536, 80.5].map((port) => fails("TYPE", `port ${port}`, listening({ port }))),
  passes("TYPE", "HTTPS with a certificate", listening({ protocol: "HTTPS", certificateId: "cert-1" })),
  fails("TYPE", "HTTPS without a certificate", listening({ protocol: "HTTPS" })),
  ...["n", "nightly_1-a", "n".repeat(100)].map((triggerName) =>
    passes("TYPE", `trigger name ${triggerName}`, timed({ triggerName })),
  ),
  ...["", "n".repeat(101), "every night"].map((triggerName) =>
    fails("TYPE", `trigger name "${triggerName}"`, timed({ triggerName })),
  ),
  passes("TYPE", "a web function from a package", (program) => void program.stack().webFunction("shop")),
  passes("TYPE", "an image function", (program) => void program.stack().imageFunction("shop")),
  fails("TYPE", "a format of logs, which no function has", having({ logFormat: "json" })),
  passes("TYPE", "a format of logs of a web function, which WEB-LOGFMT tells of", (program) => {
    program.stack().webFunction("shop", { logFormat: "json" } as object);
  }),
  passes("TYPE", "a format of logs of an image function, which WEB-LOGFMT tells of", (program) => {
    program.stack().imageFunction("shop", { logFormat: "json" } as object);
  }),
  fails("TYPE", "another property of a web function that does not exist", (program) => {
    program.stack().webFunction("shop", { logFormats: "json" } as object);
  }),
  fails("TYPE", "a kind that does not exist", (program) => {
    program.stack().add("scf_wizard" as "scf_function", "orders", {});
  }),

  ...["team", "a1", `a${"x".repeat(59)}`].map((name) =>
    passes("TYPE", `a namespace named ${name.slice(0, 10)}`, (program) => {
      program.stack().namespace("team", { name });
    }),
  ),
  ...["1x", "x", "team-", "te am", `a${"x".repeat(60)}`].map((name) =>
    fails("TYPE", `a namespace named "${name.slice(0, 10)}"`, (program) => {
      program.stack().namespace("team", { name });
    }),
  ),
  ...["r", "run@shop", "x".repeat(128)].map((name) =>
    passes("TYPE", `a role and a policy named ${name.slice(0, 10)}`, (program) => {
      const stack = program.stack();
      stack.role("run", { roleName: name });
      stack.policy("ops", [], { policyName: name });
    }),
  ),
  ...["", "run shop", "x".repeat(129)].flatMap((name) => [
    fails("TYPE", `a role named "${name.slice(0, 10)}"`, (program) => {
      program.stack().role("run", { roleName: name });
    }),
    fails("TYPE", `a policy named "${name.slice(0, 10)}"`, (program) => {
      program.stack().policy("ops", [{ effect: "allow", action: ["scf:InvokeFunction"], resource: ["*"] }], {
        policyName: name,
      });
    }),
  ]),

  fails("TYPE", "a name of an environment variable with an equals sign", (program) => {
    program.stack().function("orders", { environment: { "A=B": "1" } });
  }),
  fails("TYPE", "a dead letter queue without a name", (program) => {
    program.stack().function("orders", { deadLetterQueue: { type: "queue", name: "" } });
  }),
  fails("TYPE", "an owner of mounted files below 0", owned(-1)),
  ...[0, 9_999_999_999].map((id) => passes("TYPE", `an owner of mounted files ${id}`, owned(id))),
  fails("TYPE", "an owner of mounted files of eleven digits", owned(10_000_000_000)),
  passes("TYPE", "a namespace's description of 1000 characters", (program) => {
    program.stack().namespace("team", { description: "!".repeat(1000) });
  }),
  fails("TYPE", "a namespace's description of 1001 characters", (program) => {
    program.stack().namespace("team", { description: "!".repeat(1001) });
  }),
  fails("TYPE", "a policy's description of 301 characters", (program) => {
    program.stack().policy("ops", [], { description: "!".repeat(301) });
  }),
  passes("TYPE", "a role's description of 1000 characters", (program) => {
    program.stack().role("run", { description: "!".repeat(1000) });
  }),
  fails("TYPE", "a role's description of 1001 characters", (program) => {
    program.stack().role("run", { description: "!".repeat(1001) });
  }),
  passes("TYPE", "layer version 1", having({ layers: [{ name: "deps", version: 1 }] })),
  ...[0, -1, 1.5].map((version) =>
    fails("TYPE", `layer version ${version}`, having({ layers: [{ name: "deps", version }] })),
  ),
  fails(
    "TYPE",
    "something else than what a construct takes",
    having({
      memory: { misfit: { expected: "a Size", actual: "the text", fix: "use Size.megabytes(256)" } },
    }),
  ),
  fails(
    "TYPE",
    "nothing where a construct takes something",
    having({ layers: [{ misfit: { expected: "a layer", actual: "missing", fix: "give a layer" } }] }),
  ),
  passes(
    "TYPE",
    "a list of two routings, which ALS-TWO tells of",
    routed([
      { type: "weighted", version: "2", percent: 5 },
      { type: "weighted", version: "3", percent: 5 },
    ]),
  ),
  fails("TYPE", "a list of one routing", routed([{ type: "weighted", version: "2", percent: 5 }])),
  passes(
    "TYPE",
    "a number as an exact match, which ALS-EXACT tells of",
    routed({ type: "match", version: "2", key: "invoke.headers.User", method: "exact", expression: 30 }),
  ),
  fails(
    "TYPE",
    "a number as a range",
    routed({ type: "match", version: "2", key: "invoke.headers.User", method: "range", expression: 30 }),
  ),
  fails("TYPE", "a back-end's port as text, said once", (program) => {
    program.stack().add("clb_backend_binding", "b", {
      loadBalancerId: "lb-1",
      listenerId: "lbl-1",
      locationId: "loc-1",
      backends: [{ instanceId: "ins-1", port: "80", weight: 10 }],
      facts: [{ type: "instance", instanceId: "ins-1", port: "80" }],
    });
  }),
  ...["", " hello", "hello ", "hel\nlo", "h".repeat(101)].map((name) =>
    fails("TYPE", `test event ${JSON.stringify(name)}`, (program) => {
      const stack = program.stack();
      stack.testEvent("event", stack.function("orders"), { name });
    }),
  ),
  passes("TYPE", "a test event of one character", (program) => {
    const stack = program.stack();
    stack.testEvent("event", stack.function("orders"), { name: "h" });
  }),
  passes("TYPE", "a test event of 100 characters", (program) => {
    const stack = program.stack();
    stack.testEvent("event", stack.function("orders"), { name: "h".repeat(100) });
  }),
  fails("TYPE", "a CKafka instance of another service", (program) => {
    const stack = program.stack();
    stack.trigger("scf_ckafka_trigger", "t", stack.function("orders"), { instanceId: "kafka-1" });
  }),
  fails("TYPE", "a log topic without an id", (program) => {
    const stack = program.stack();
    stack.trigger("scf_cls_trigger", "t", stack.function("orders"), { topicId: "" });
  }),
  fails("TYPE", "a rule without a certificate on a listener with SNI", (program) => {
    const stack = program.stack();
    stack.rule("orders", stack.listener("https", { protocol: "HTTPS", serverNameIndication: true }));
  }),
  ...[
    { name: "instanceId", text: "lhins-1" },
    { name: "address", text: "10.0.1" },
  ].map(({ name, text }) =>
    fails("BCK-CVM", `the ${name} ${text} of a back-end`, (program) => {
      const stack = program.stack();
      const rule = stack.rule("orders", stack.listener("http"));
      stack.add("clb_backend_binding", "b", {
        loadBalancerId: "lb-1",
        listenerId: reference("shop/http", "listenerId"),
        locationId: reference(rule, "locationId"),
        backends: [{ [name]: text, port: 80, weight: 10 }],
        facts: [],
      });
    }),
  ),
  fails("TYPE", "a CKafka topic without a name", (program) => {
    const stack = program.stack();
    stack.trigger("scf_ckafka_trigger", "t", stack.function("orders"), { topic: "" });
  }),
  fails("BCK-IDC", "a SNAT address of IPv6", (program) => {
    program.stack().add("clb_snat_address", "snat", {
      loadBalancerId: "lb-1",
      loadBalancer: { region: "ap-guangzhou" },
      subnetId: "subnet-1",
      address: "2001:db8::1",
    });
  }),
  fails("BCK-IDC", "a SNAT address twice", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second"]) {
      stack.add("clb_snat_address", id, {
        loadBalancerId: "lb-1",
        loadBalancer: { region: "ap-guangzhou" },
        subnetId: "subnet-1",
        address: "10.0.0.1",
      });
    }
  }),
  passes("BCK-IDC", "ten SNAT addresses", snatAddresses(10)),
  fails("BCK-IDC", "eleven SNAT addresses", snatAddresses(11)),
  ...["bucket", "object"].map((part) =>
    fails("COD-COS", `an empty ${part}`, (program) => {
      program.stack().function("orders", {
        code: { bucket: "code-1250000000", object: "fn.zip", region: "ap-guangzhou", [part]: "" },
      });
    }),
  ),
  fails("FN-ENV", "4 KB with the time zone", (program) => {
    program.stack().function("orders", { environment: { A: "x".repeat(4094) }, timeZone: "UTC" });
  }),
];
