import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { checkGuardrails } from "cdktf-scf/testing";
import type { Construct } from "constructs";
import { newApp, node, TestStack } from "../constructs/app";

const stack = (): TerraformStack => new TestStack(newApp(), "example");

function memoryGuardrail(examples?: Partial<scf.GuardrailExamples>, limit = 256): scf.Guardrail {
  const passes = (scope: Construct): void => void new scf.Function(scope, "orders", { ...node, memory: 256 });
  const fails = (scope: Construct): void => void new scf.Function(scope, "orders", { ...node, memory: 512 });
  return scf.defineGuardrail({
    id: "ACME-MEM",
    severity: "error",
    statement: "a function has little memory",
    source: { document: "handbook" },
    fix: "give it less",
    kind: "function",
    check(fn, report) {
      if (fn.properties.memory > limit) report({ message: `${fn.properties.memory} MB: at most ${limit}` });
    },
    ...(examples ? { examples: { passes, fails, ...examples } } : {}),
  });
}

test("has nothing to say of guardrails that do what their examples show", () => {
  expect(checkGuardrails({ stack, guardrails: [memoryGuardrail({}), memoryGuardrail({})] })).toEqual([]);
});

test("fails for a guardrail without examples", () => {
  expect(checkGuardrails({ stack, guardrails: [memoryGuardrail()] })).toEqual([
    "ACME-MEM has no examples: give it `examples: { passes, fails }`.",
  ]);
});

test("fails for a passing example that the guardrail reports", () => {
  const [failure] = checkGuardrails({ stack, guardrails: [memoryGuardrail({}, 128)] });
  expect(failure).toContain(
    "ACME-MEM: the example that passes has findings:\nERROR ACME-MEM  256 MB: at most 128\n",
  );
});

test("fails for a passing example that breaks a rule of the platform", () => {
  const passes = (scope: Construct): void =>
    void new scf.Function(scope, "orders", { ...node, memory: 100 as 128 });
  const [failure] = checkGuardrails({ stack, guardrails: [memoryGuardrail({ passes })] });
  expect(failure).toContain("ERROR FN-MEM");
});

test("fails for a failing example that the guardrail accepts", () => {
  expect(checkGuardrails({ stack, guardrails: [memoryGuardrail({}, 1024)] })).toEqual([
    "ACME-MEM: the example that fails has no error of it; there is no finding at all",
  ]);
});

test("fails for examples that throw", () => {
  const broken = (): never => {
    throw new Error("no such file");
  };
  expect(
    checkGuardrails({ stack, guardrails: [memoryGuardrail({ passes: broken, fails: broken })] }),
  ).toEqual([
    "ACME-MEM: the example that passes fails to run: no such file",
    "ACME-MEM: the example that fails does not even run: no such file",
  ]);
});

test("fails on a stack without a provider", () => {
  const empty = (): TerraformStack => new TerraformStack(new App(), "example");
  expect(() => checkGuardrails({ stack: empty, guardrails: [memoryGuardrail({})] })).toThrow(
    "The stack example for the examples has no ScfProvider.",
  );
});

test("the page of guardrails has statement, source, fix and examples of each", () => {
  const page = scf.guardrailDocumentation([memoryGuardrail({})]);
  expect(page).toContain("| [ACME-MEM](#acme-mem) | error | a function has little memory |");
  expect(page).toContain("## ACME-MEM\n\nA function has little memory.");
  expect(page).toContain("| Source | handbook |");
  expect(page).toContain("### What to do\n\nGive it less.");
  expect(page).toMatch(/A program that breaks it:\n\n```js\n\(scope\) => void new .*memory: 512/);
});
