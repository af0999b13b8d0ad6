import * as scf from "cdktf-scf";
import { Findings } from "cdktf-scf/testing";
import { newApp, node, TestStack } from "../constructs/app";
import { Shop } from "./shop";

function wrong(app = newApp()): TestStack {
  const stack = new TestStack(app, "shop");
  new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(1000) });
  warned(stack);
  return stack;
}

function warned(stack: TestStack): void {
  const role = new scf.Role(stack, "run");
  new scf.Function(stack, "bills", { ...node, role, environment: { TENCENTCLOUD_SECRETID: "id" } });
}

test("errors and warnings are found by rule, place and text", () => {
  Findings.fromStack(wrong())
    .hasError("FN-TIMEOUT")
    .hasError("FN-TIMEOUT", { path: "shop/orders", message: /1,000 seconds/ })
    .hasError("FN-TIMEOUT", { path: "orders" })
    .hasError("FN-TIMEOUT", { path: "shop/*" })
    .hasWarning("FN-ENVSEC", { path: "*/bills" });
});

test("a program that breaks nothing has none", () => {
  const app = newApp();
  Findings.fromStack(new Shop(app)).hasNoErrors().hasNoWarnings().hasNone();
  Findings.fromApp(app).hasNone();
});

test("a stack has the findings that are about it", () => {
  const app = newApp();
  wrong(app);
  const fine = new Shop(app, "fine");
  Findings.fromStack(fine).hasNoErrors();
  Findings.fromApp(app).hasError("FN-TIMEOUT");
});

test("a warning that was acknowledged is none", () => {
  const stack = new TestStack(newApp(), "shop");
  warned(stack);
  scf.Findings.of(stack).acknowledge("FN-ENVSEC", "It is a test.");
  Findings.fromStack(stack).hasNoWarnings();
});

test.each([
  ["another path", () => Findings.fromStack(wrong()).hasError("FN-TIMEOUT", { path: "bills" })],
  ["another path", () => Findings.fromStack(wrong()).hasError("FN-TIMEOUT", { path: "other/*" })],
  ["another text", () => Findings.fromStack(wrong()).hasError("FN-TIMEOUT", { message: /2,000/ })],
  ["another rule", () => Findings.fromStack(wrong()).hasError("FN-NAME")],
])("fails for %s, and lists what there is", (_, fail) => {
  expect(fail).toThrow(/^Stack shop has no error FN-[^]*It has:[^]*ERROR FN-TIMEOUT[^]*WARNING FN-ENVSEC/);
});

test("fails when there are errors, warnings or anything", () => {
  const findings = Findings.fromStack(wrong());
  expect(() => findings.hasNoErrors()).toThrow(/has errors, expected none.[^]*FN-TIMEOUT/);
  expect(() => findings.hasNoWarnings()).toThrow(/has warnings, expected none.[^]*FN-ENVSEC/);
  expect(() => findings.hasNone()).toThrow(/has findings, expected none.[^]*FN-TIMEOUT[^]*FN-ENVSEC/);
});

test.each([
  ["CLB-REGON", 'No rule has the id "CLB-REGON".\nDid you mean CLB-REGION?'],
  ["SOMETHING", 'No rule has the id "SOMETHING".\n`cdktf-scf explain` lists all rules.'],
  ["FN-PAY", "FN-PAY is a fact that no program can break"],
  ["NET-PUB", "NET-PUB is never an error, only a warning.\nUse hasWarning."],
])("fails for an error of %s, which can never be", (rule, message) => {
  expect(() => Findings.fromStack(new Shop()).hasError(rule)).toThrow(message);
});

test("fails for a warning of a rule that only knows errors", () => {
  expect(() => Findings.fromStack(new Shop()).hasWarning("CLB-REGION")).toThrow("Use hasError.");
});
