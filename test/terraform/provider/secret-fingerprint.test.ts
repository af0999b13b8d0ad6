import { secretFingerprint } from "../../../lib/terraform/provider/secret-fingerprint";

const first = secretFingerprint(["A", "B"], { A: "1", B: "2" }, "scf_function orders");
const again = (environment: Record<string, string>) =>
  secretFingerprint(["A", "B"], environment, "scf_function orders", first);

test("the same secrets have the same fingerprint, beside one that they are compared with", () => {
  expect(again({ A: "1", B: "2", C: "3" })).toBe(first);
});

test.each([
  ["another value", { A: "1", B: "3" }],
  ["values that have changed places", { A: "2", B: "1" }],
  ["the same characters, split otherwise", { A: "12", B: "" }],
])("%s: another fingerprint", (_, environment) => {
  expect(again(environment)).not.toBe(first);
});

test("every resource has a salt of its own", () => {
  expect(secretFingerprint(["A", "B"], { A: "1", B: "2" }, "scf_function stock")).not.toBe(first);
});
