import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };
const HOURS = 3600;
const queue = { type: "queue", name: "lost" };

type Some = { readonly [name: string]: Value };

/** Settings of a function's asynchronous invocation. */
export function settingsOf(stack: Stack, target: string, properties: Some = {}): string {
  return stack.add("scf_async_invocation", "settings", {
    namespace: reference(target, "namespace"),
    functionName: reference(target, "functionName"),
    retryAttempts: 2,
    maximumEventAge: 21_600,
    ...properties,
  });
}

function having(properties: Some) {
  return (program: Program): void => {
    program.stack().function("worker", properties);
  };
}

function configured(properties: Some, settings: Some = {}) {
  return (program: Program): void => {
    const stack = program.stack();
    settingsOf(stack, stack.function("worker", properties), settings);
  };
}

function bound(stack: Stack, target: string): void {
  stack.binding("http/worker/target", stack.rule("http/worker", stack.listener("http")), target);
}

export const executionCases: readonly RuleCase[] = [
  passes("EXE-TRACK", "with asynchronous execution", having({ statusTracking: true, asyncExecution: true })),
  passes("EXE-TRACK", "switched off", having({ statusTracking: false })),
  passes("EXE-TRACK", "asynchronous execution alone", having({ asyncExecution: true })),
  fails("EXE-TRACK", "without asynchronous execution", having({ statusTracking: true })),
  fails("EXE-TRACK", "a web function", (program) => {
    program.stack().webFunction("shop", { statusTracking: true });
  }),
  passes("EXE-TRACK", "an image with asynchronous execution", (program) => {
    program.stack().imageFunction("worker", { statusTracking: true, asyncExecution: true });
  }),
  waits(
    "EXE-TRACK",
    "a switch from another provider",
    having({ statusTracking: true, asyncExecution: token }),
  ),
  waits("EXE-TRACK", "tracking from another provider", having({ statusTracking: token })),
  passes(
    "EXE-TRACK",
    "switched off, whatever another provider says",
    having({ statusTracking: false, asyncExecution: token }),
  ),
  passes(
    "EXE-TRACK",
    "a switch of a resource that is not there",
    having({ statusTracking: true, asyncExecution: reference("shop/other", "asyncExecution") }),
  ),
  passes("EXE-TRACK", "no switch, which is another rule's", having({ statusTracking: "yes" })),

  passes("EXE-RETRY", "retries without asynchronous execution", configured({})),
  passes(
    "EXE-RETRY",
    "no retries with asynchronous execution",
    configured({ asyncExecution: true }, { retryAttempts: 0 }),
  ),
  fails(
    "EXE-RETRY",
    "one retry with asynchronous execution",
    configured({ asyncExecution: true }, { retryAttempts: 1 }),
  ),
  fails(
    "EXE-RETRY",
    "two retries with asynchronous execution",
    configured({ asyncExecution: true }, { retryAttempts: 2 }),
  ),
  fails("EXE-RETRY", "settings in another stack", (program) => {
    program.stack("shop").function("worker", { asyncExecution: true });
    program.stack("more").add("scf_async_invocation", "settings", {
      namespace: "default",
      functionName: "worker",
      retryAttempts: 2,
      maximumEventAge: 60,
    });
  }),
  waits(
    "EXE-RETRY",
    "retries from another provider",
    configured({ asyncExecution: true }, { retryAttempts: token }),
  ),
  waits(
    "EXE-RETRY",
    "a switch from another provider",
    configured({ asyncExecution: token }, { retryAttempts: 2 }),
  ),
  passes(
    "EXE-RETRY",
    "no retries, whatever another provider says",
    configured({ asyncExecution: token }, { retryAttempts: 0 }),
  ),
  passes("EXE-RETRY", "settings of a function that the app does not declare", (program) => {
    program.stack().add("scf_async_invocation", "settings", {
      namespace: "default",
      functionName: "elsewhere",
      retryAttempts: 2,
      maximumEventAge: 60,
    });
  }),
  passes("EXE-RETRY", "a web function, which is another rule's", (program) => {
    const stack = program.stack();
    settingsOf(stack, stack.webFunction("shop", { asyncExecution: true }));
  }),
  passes(
    "EXE-RETRY",
    "a switch of a resource that is not there",
    configured({ asyncExecution: reference("shop/other", "asyncExecution") }),
  ),
  passes(
    "EXE-RETRY",
    "no number of retries, which is another rule's",
    configured({ asyncExecution: true }, { retryAttempts: "2" }),
  ),

  passes("EXE-ROLE", "six hours", having({ asyncExecution: true, role: "run", timeout: 6 * HOURS })),
  warns("EXE-ROLE", "one second more", having({ asyncExecution: true, role: "run", timeout: 6 * HOURS + 1 })),
  warns("EXE-ROLE", "24 hours with a role of the app", (program) => {
    const stack = program.stack();
    const role = stack.role("run");
    stack.function("worker", {
      asyncExecution: true,
      timeout: 24 * HOURS,
      role: { $ref: { address: role, attribute: "roleName" } },
    });
  }),
  passes(
    "EXE-ROLE",
    "more than six hours without asynchronous execution",
    having({ role: "run", timeout: 21_601 }),
  ),
  passes("EXE-ROLE", "24 hours without a role", having({ asyncExecution: true, timeout: 24 * HOURS })),
  passes("EXE-ROLE", "a role without asynchronous execution", having({ role: "run", timeout: 900 })),

  passes(
    "EXE-DLQ",
    "a queue on a function that nothing in the app starts",
    having({ deadLetterQueue: queue }),
  ),
  passes("EXE-DLQ", "settings of a function that nothing in the app starts", configured({})),
  passes("EXE-DLQ", "a function that a timer starts", (program) => {
    const stack = program.stack();
    const worker = stack.function("worker", { deadLetterQueue: queue });
    settingsOf(stack, worker);
    stack.timer("nightly", worker);
  }),
  passes("EXE-DLQ", "a function that a timer and a load balancer start", (program) => {
    const stack = program.stack();
    const worker = stack.function("worker", { deadLetterQueue: queue });
    stack.timer("nightly", worker);
    bound(stack, worker);
  }),
  warns("EXE-DLQ", "a queue on a function that only a load balancer starts", (program) => {
    const stack = program.stack();
    bound(stack, stack.function("worker", { deadLetterQueue: queue }));
  }),
  warns("EXE-DLQ", "settings of a function that only a load balancer starts", (program) => {
    const stack = program.stack();
    const worker = stack.function("worker");
    settingsOf(stack, worker);
    bound(stack, worker);
  }),
  ...(["scf_api_gateway_trigger", "scf_ckafka_trigger"] as const).map((kind) =>
    warns("EXE-DLQ", `a queue on a function that only ${kind} starts`, (program) => {
      const stack = program.stack();
      stack.trigger(kind, "source", stack.function("worker", { deadLetterQueue: queue }));
    }),
  ),
  ...(["scf_cos_trigger", "scf_cls_trigger", "scf_mps_trigger", "scf_cmq_trigger"] as const).map((kind) =>
    passes("EXE-DLQ", `a function that ${kind} starts beside a load balancer`, (program) => {
      const stack = program.stack();
      const worker = stack.function("worker", { deadLetterQueue: queue });
      stack.trigger(kind, "source", worker);
      bound(stack, worker);
    }),
  ),
  passes("EXE-DLQ", "a web function, whose queue is another rule's", (program) => {
    const stack = program.stack();
    bound(stack, stack.webFunction("shop", { deadLetterQueue: queue }));
  }),
  passes("EXE-DLQ", "a function that executes asynchronously, whoever starts it", (program) => {
    const stack = program.stack();
    bound(stack, stack.function("worker", { asyncExecution: true, deadLetterQueue: queue }));
  }),
  passes("EXE-DLQ", "a load balancer without such settings", (program) => {
    const stack = program.stack();
    bound(stack, stack.function("worker"));
  }),
];
