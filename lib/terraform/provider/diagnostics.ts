import { ScfError } from "../../model/error";
import type { ResourceDriver } from "../../reconciler";
import type { Diagnostic } from "../plugin/provider";

/** An error as Terraform shows it: what is wrong, then what to do about it. */
export function diagnosticOf(error: unknown, driver?: Pick<ResourceDriver, "describe">): Diagnostic {
  const { code, message, fix } = driver?.describe(error) ?? described(error);
  return {
    severity: "error",
    summary: `${code}: ${firstSentence(message)}`,
    detail: [message, fix].filter((part) => part !== undefined && part !== "").join("\n\n"),
  };
}

export function warning(summary: string, detail = ""): Diagnostic {
  return { severity: "warning", summary, detail };
}

function described(error: unknown): { code: string; message: string; fix?: string } {
  if (ScfError.is(error)) {
    return {
      code: error.code,
      message: error.message,
      ...(error.fix === undefined ? {} : { fix: error.fix }),
    };
  }
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
