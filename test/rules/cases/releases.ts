import { reference, type Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

type Stack = ReturnType<Program["stack"]>;

const token = { $token: "${data.other.value}" };
const steps = [5, 50].map((percent) => ({ percent, waitSeconds: 60 }));

/** A program with one alias of `orders` that is released. */
function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.alias("live", stack.function("orders"), { release: { steps }, ...properties });
  };
}

function releasing(...released: readonly Value[]) {
  return having({ release: { steps: released } });
}

function gated(gate: { readonly [name: string]: Value }) {
  return releasing({
    percent: 5,
    waitSeconds: 0,
    gate: { command: "npm run smoke", timeoutSeconds: 60, ...gate },
  });
}

function step(percent: Value, waitSeconds: Value = 0) {
  return { percent, waitSeconds };
}

/** As many instances of 128 MB as take part of the region's 128,000 MB. */
function starting(instances: number, more: (stack: Stack, target: string) => void = () => undefined) {
  return (program: Program): void => {
    const stack = program.stack();
    const target = stack.function("orders", { memory: 128 });
    const version = stack.version("current", target);
    stack.alias("live", target, {
      version: reference(version, "version"),
      release: { steps },
      provisioned: instances,
    });
    more(stack, target);
  };
}

export const releaseCases: readonly RuleCase[] = [
  passes("REL-STEPS", "shares that rise", releasing(step(1), step(12.5), step(100))),
  passes("REL-STEPS", "nothing, then everything", releasing(step(0), step(100, 604_800))),
  passes("REL-STEPS", "20 steps", releasing(...Array.from({ length: 20 }, (_, index) => step(index)))),
  fails("REL-STEPS", "21 steps", releasing(...Array.from({ length: 21 }, (_, index) => step(index)))),
  fails("REL-STEPS", "no step", releasing()),
  fails("REL-STEPS", "the same share twice", releasing(step(5), step(5))),
  fails("REL-STEPS", "a share that falls", releasing(step(50), step(5))),
  fails("REL-STEPS", "less than nothing", releasing(step(-1))),
  fails("REL-STEPS", "more than everything", releasing(step(101))),
  fails("REL-STEPS", "a wait of less than nothing", releasing(step(5, -1))),
  fails("REL-STEPS", "a wait of more than 7 days", releasing(step(5, 604_801))),
  waits("REL-STEPS", "a share from another provider", releasing(step(token))),

  passes("REL-GATE", "a command", gated({})),
  passes("REL-GATE", "24 hours", gated({ timeoutSeconds: 86_400 })),
  fails("REL-GATE", "no command", gated({ command: " " })),
  fails("REL-GATE", "no time", gated({ timeoutSeconds: 0 })),
  fails("REL-GATE", "more than 24 hours", gated({ timeoutSeconds: 86_401 })),

  passes("REL-ROUTING", "a release", having({})),
  fails(
    "REL-ROUTING",
    "a routing beside",
    having({ routing: { type: "weighted", version: "2", percent: 10 } }),
  ),

  passes("REL-PROV", "instances of the version that is released", starting(5)),
  fails("REL-PROV", "no instance", starting(0)),
  fails("REL-PROV", "half an instance", starting(0.5)),
  fails("REL-PROV", "instances of $LATEST", having({ version: "$LATEST", provisioned: 5 })),
  fails("REL-PROV", "instances without a release", (program) => {
    const stack = program.stack();
    stack.alias("live", stack.function("orders"), { provisioned: 5 });
  }),
  fails(
    "REL-PROV",
    "two aliases with instances",
    starting(5, (stack, target) => {
      stack.alias("next", target, { release: { steps }, provisioned: 5 });
    }),
  ),
  fails("REL-PROV", "a setting of its own for the version that is released", (program) => {
    const stack = program.stack();
    const target = stack.function("orders");
    const version = reference(stack.version("current", target), "version");
    stack.alias("live", target, { version, release: { steps } });
    stack.provision("instances", target, { qualifier: version });
  }),

  passes("CON-PSUM", "instances of a release, with room for those of a new version", starting(500)),
  warns("CON-PSUM", "instances of a release, without room for those of a new version", starting(501)),
  fails("CON-PSUM", "more instances of a release than the region has", starting(1001)),
];
