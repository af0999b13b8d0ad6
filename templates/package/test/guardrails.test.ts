import { App, TerraformStack } from "cdktf";
import { Region, ScfProvider } from "cdktf-scf";
import { checkGuardrails } from "cdktf-scf/testing";
import { guardrails } from "../lib";

function stack(): TerraformStack {
  const made = new TerraformStack(new App(), "example");
  new ScfProvider(made, "scf", { region: Region.GUANGZHOU });
  return made;
}

test("every guardrail accepts its passing example, and reports its failing one", () => {
  expect(checkGuardrails({ stack, guardrails })).toEqual([]);
});
