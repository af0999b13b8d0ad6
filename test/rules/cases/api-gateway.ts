import type { Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

type Properties = { readonly [name: string]: Value };

const web = { type: "HTTP" } as const;
const webSocket = { type: "HTTP", webSocket: true } as const;

/** A function with one API. */
function having(api: Properties, properties: Properties = {}) {
  return (program: Program): void => {
    const stack = program.stack();
    addApi(stack, "api", stack.function("orders", properties), api);
  };
}

/** `serviceId: null` stands for a basic gateway. */
function addApi(stack: Stack, id: string, target: string, { serviceId, ...api }: Properties): void {
  stack.api(id, target, {
    ...api,
    ...(serviceId === undefined ? {} : { serviceId: (serviceId ?? undefined) as Value }),
  });
}

/** Several APIs of one function. */
function apis(properties: Properties, ...all: readonly Properties[]) {
  return (program: Program): void => {
    const stack = program.stack();
    const orders = stack.function("orders", properties);
    all.forEach((api, index) => addApi(stack, `api${index + 1}`, orders, api));
  };
}

/** Several APIs of one function that the program does not declare. */
function imported(functionType: string, ...all: readonly Properties[]) {
  return (program: Program): void => {
    const stack = program.stack();
    all.forEach((api, index) =>
      addApi(stack, `api${index + 1}`, "", {
        namespace: "default",
        functionName: "site",
        functionType,
        ...api,
      }),
    );
  };
}

/** An API of each of two functions. */
function twoFunctions(first: Properties, second: Properties) {
  return (program: Program): void => {
    const stack = program.stack();
    addApi(stack, "first", stack.function("orders"), first);
    addApi(stack, "second", stack.function("stock"), second);
  };
}

const basic = { serviceId: null };
const token = { $token: "${x}" };
const otherService = { serviceId: "service-e5f6g7h8" };

export const apiGatewayCases: readonly RuleCase[] = [
  passes("WEB-TRG", "a web function with an API", having({}, web)),
  passes("WEB-TRG", "an event function with a timer", (program) => {
    const stack = program.stack();
    stack.timer("nightly", stack.function("orders"));
  }),
  fails("WEB-TRG", "a web function with a timer", (program) => {
    const stack = program.stack();
    stack.timer("nightly", stack.function("orders", web));
  }),
  ...(
    [
      "scf_cos_trigger",
      "scf_ckafka_trigger",
      "scf_cls_trigger",
      "scf_mps_trigger",
      "scf_cmq_trigger",
    ] as const
  ).map((kind) =>
    fails("WEB-TRG", `a web function with a trigger of ${kind}`, (program) => {
      const stack = program.stack();
      stack.trigger(kind, "source", stack.function("orders", web));
    }),
  ),
  fails("WEB-TRG", "a web function behind a load balancer", (program) => {
    const stack = program.stack();
    stack.binding(
      "http/orders/Target",
      stack.rule("http/orders", stack.listener("http")),
      stack.function("orders", web),
    );
  }),
  fails("WEB-TRG", "a timer of an imported web function", (program) => {
    program.stack().timer("nightly", "", { namespace: "default", functionName: "site", functionType: "web" });
  }),
  passes("WEB-TRG", "a function whose type another provider gives", (program) => {
    const stack = program.stack();
    stack.timer("nightly", stack.function("orders", { type: token }));
  }),

  passes("WEB-SVC", "two APIs of one service", apis(web, { path: "/a" }, { path: "/b" })),
  passes("WEB-SVC", "one basic gateway", apis(web, basic)),
  passes("WEB-SVC", "an event function in two services", apis({}, {}, otherService)),
  fails("WEB-SVC", "two services", apis(web, {}, otherService)),
  fails("WEB-SVC", "two basic gateways", apis(web, { ...basic, path: "/a" }, { ...basic, path: "/b" })),
  fails("WEB-SVC", "a basic gateway and a service", apis(web, basic, { path: "/a" })),
  fails("WEB-SVC", "two services of an imported web function", imported("web", {}, otherService)),
  passes("WEB-SVC", "two services of an imported event function", imported("event", {}, otherService)),
  waits("WEB-SVC", "a service that another provider makes", apis(web, {}, { serviceId: token })),

  passes("WS-GW", "HTTPS without WebSocket", having({}, web)),
  passes("WS-GW", "HTTP on an event function", having({ protocol: "HTTP" })),
  ...["WS", "WSS"].flatMap((protocol) => [
    passes("WS-GW", `${protocol} and GET with WebSocket`, having({ protocol, method: "GET" }, webSocket)),
    fails("WS-GW", `${protocol} and ANY with WebSocket`, having({ protocol }, webSocket)),
    fails("WS-GW", `${protocol} without WebSocket`, having({ protocol, method: "GET" }, web)),
    fails("WS-GW", `${protocol} on an event function`, having({ protocol, method: "GET" })),
  ]),
  ...["HTTP", "HTTPS"].map((protocol) =>
    fails("WS-GW", `${protocol} with WebSocket`, having({ protocol, method: "GET" }, webSocket)),
  ),
  fails("WS-GW", "HTTPS and ANY with WebSocket, said once", having({ protocol: "HTTPS" }, webSocket)),
  ...["type", "webSocket"].map((name) =>
    passes(
      "WS-GW",
      `a function whose ${name} another provider gives`,
      having({ protocol: "WSS", method: "GET" }, { ...webSocket, [name]: token }),
    ),
  ),
  passes("WS-GW", "a method from another provider", having({ protocol: "WSS", method: token }, webSocket)),
  passes(
    "WS-GW",
    "HTTPS on an event function that is told to speak WebSocket",
    having({}, { webSocket: true }),
  ),
  waits("WS-GW", "a protocol from another provider", having({ protocol: token }, webSocket)),

  passes("GW-BASIC", "15 s", having(basic)),
  passes(
    "GW-BASIC",
    "a method and an environment",
    having({ ...basic, method: "POST", environment: "test" }),
  ),
  passes(
    "GW-BASIC",
    "a standard gateway with everything",
    having({
      backendTimeout: 60,
      authentication: true,
      plugins: ["plugin-1"],
      exclusiveInstance: "instance-1",
    }),
  ),
  ...[14, 16].map((backendTimeout) =>
    fails("GW-BASIC", `${backendTimeout} s`, having({ ...basic, backendTimeout })),
  ),
  fails("GW-BASIC", "authentication", having({ ...basic, authentication: true })),
  fails("GW-BASIC", "a plug-in", having({ ...basic, plugins: ["plugin-1"] })),
  fails("GW-BASIC", "an exclusive instance", having({ ...basic, exclusiveInstance: "instance-1" })),
  waits("GW-BASIC", "a timeout from another provider", having({ ...basic, backendTimeout: token })),

  passes("GW-ONE", "no path, which is another rule's", twoFunctions({ path: null }, { path: null })),
  passes("GW-BASIC", "no plug-ins", having({ ...basic, plugins: [] })),
  passes("GW-ONE", "other paths", twoFunctions({ path: "/a" }, { path: "/b" })),
  passes("GW-ONE", "other methods", twoFunctions({ method: "GET" }, { method: "POST" })),
  passes("GW-ONE", "one method, and all others", twoFunctions({ method: "GET" }, { method: "ANY" })),
  passes("GW-ONE", "other services", twoFunctions({}, otherService)),
  passes("GW-ONE", "basic gateways of two functions", twoFunctions(basic, basic)),
  passes("GW-ONE", "many APIs of one function", apis({}, { path: "/a" }, { path: "/b" }, { method: "GET" })),
  passes("GW-ONE", "another region", (program) => {
    for (const region of ["ap-guangzhou", "ap-shanghai"]) {
      const stack = program.stack(region, { region });
      stack.api("api", stack.function("orders"));
    }
  }),
  fails("GW-ONE", "one path and method for two functions", twoFunctions({ path: "/a" }, { path: "/a" })),
  fails(
    "GW-ONE",
    "one path and method in two environments",
    twoFunctions({ environment: "test" }, { environment: "release" }),
  ),
  fails("GW-ONE", "one path and method twice on one function", apis({}, {}, {})),
  fails("GW-ONE", "one path and method twice on a basic gateway", apis({}, basic, basic)),
  fails("GW-ONE", "one path and method in two stacks", (program) => {
    for (const name of ["shop", "stock"]) {
      const stack = program.stack(name);
      stack.api("api", stack.function("orders", { functionName: name }));
    }
  }),

  ...[14, 15].map((timeout) => passes("GW-TIMEOUT", `${timeout} s of 15`, having({}, { timeout }))),
  warns("GW-TIMEOUT", "16 s of 15", having({}, { timeout: 16 })),
  warns("GW-TIMEOUT", "16 s behind a basic gateway", having(basic, { timeout: 16 })),
  passes("GW-TIMEOUT", "60 s of 60", having({ backendTimeout: 60 }, { timeout: 60 })),
  passes(
    "GW-TIMEOUT",
    "a connection by WebSocket",
    having({ protocol: "WSS", method: "GET" }, { ...webSocket, timeout: 900 }),
  ),
  passes("GW-TIMEOUT", "a version that was published before", having({ qualifier: "3" }, { timeout: 900 })),
  passes("GW-TIMEOUT", "a function that the app does not declare", (program) => {
    program.stack().api("api", "", { namespace: "default", functionName: "elsewhere" });
  }),
  waits("GW-TIMEOUT", "a timeout from another provider", having({ backendTimeout: token })),
];
