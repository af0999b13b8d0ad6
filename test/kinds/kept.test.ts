import { kinds } from "../../lib/kinds";
import { KEPT_KINDS } from "../../lib/cdktf/terraform/configuration";

test("synthesis knows which kinds keep what they replace", () => {
  const kept = Object.entries(kinds).filter(([, kind]) => kind.keepsReplaced);
  expect([...KEPT_KINDS].sort()).toEqual(kept.map(([name]) => name).sort());
});
