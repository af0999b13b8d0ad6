import type { Diagnostic } from "./provider";
import type { AttributePath } from "./value";

const severities = { error: 1, warning: 2 };

/** A diagnostic as the protocol has it. */
export function diagnosticMessage({ severity, summary, detail, attribute }: Diagnostic) {
  return {
    severity: severities[severity],
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(attribute === undefined ? {} : { attribute: pathMessage(attribute) }),
  };
}

/** A path as the protocol has it. */
export function pathMessage(path: AttributePath) {
  return {
    steps: path.map((step) => {
      if ("attribute" in step) return { attribute_name: step.attribute };
      return "key" in step ? { element_key_string: step.key } : { element_key_int: step.index };
    }),
  };
}

/** What people read of something that was thrown: the first line in bold, what to do below it. */
export function diagnosticOf(thrown: unknown): Diagnostic {
  const message = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  const [summary = "", ...more] = message.split("\n");
  const fix =
    thrown instanceof Error && "fix" in thrown && typeof thrown.fix === "string" ? [thrown.fix] : [];
  const detail = [...more, ...fix].join("\n").trim();
  return { severity: "error", summary, ...(detail === "" ? {} : { detail }) };
}
