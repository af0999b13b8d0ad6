import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { PlatformError, UnknownOutcomeError } from "../platform/errors";
import { advice } from "./advice";
import type { Style } from "./render/style";
import { withoutSecrets } from "./secrets-in-use";
import { SynthesisRefused } from "./synthesis";
import { fileSystemFailure } from "./unwritable";

/**
 * Everything that can go wrong, as sentences for the person in front of the terminal. Stack traces are ours to read and
 * appear with CDKTF_SCF_DEBUG=1 only. No secret is in any of it: platforms repeat in their errors what they were sent.
 */
export function describeFailure(error: unknown, style: Style): string {
  const findings = error instanceof SynthesisRefused ? advice(error.project, error) : undefined;
  if (findings !== undefined) return findings;
  const { message, fix } = expected(error) ?? unexpected(error);
  const lines = [`${style.red("Error:")} ${sentence(message)}`];
  if (fix !== undefined) lines.push(sentence(fix));
  if (process.env.CDKTF_SCF_DEBUG === "1") lines.push("", stackOf(error));
  return withoutSecrets(lines.join("\n"));
}

interface Sentences {
  readonly message: string;
  readonly fix?: string | undefined;
}

function expected(error: unknown): Sentences | undefined {
  if (ScfError.is(error)) return error;
  if (PlatformError.is(error)) {
    return {
      message: `The platform refused ${error.service} ${error.action} with ${error.code}: ${error.message}`,
      fix: `Its request id is ${error.requestId}. What was done before is recorded; run the command again when the cause is gone.`,
    };
  }
  if (UnknownOutcomeError.is(error)) {
    return {
      // The cloud's client names the call in its own words.
      message: error.message.startsWith("No answer to")
        ? error.message
        : `No answer came to ${error.service} ${error.action}: ${error.message}`,
      fix: error.sent
        ? "Run the command again: it looks first whether the call was carried out."
        : "Nothing was sent. Check the network, and the endpoint if the provider names one; then run the command again.",
    };
  }
  return fileSystemFailure(error);
}

function unexpected(error: unknown): Sentences {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    message: `cdktf-scf failed in a way that it does not know: ${text}`,
    fix: `Please report it${reportPlace()}, with what CDKTF_SCF_DEBUG=1 adds to this message.`,
  };
}

function reportPlace(): string {
  try {
    const file = path.resolve(__dirname, "..", "..", "package.json");
    const { bugs } = JSON.parse(fs.readFileSync(file, "utf8")) as { bugs?: { url?: string } };
    return bugs?.url === undefined ? "" : ` at ${bugs.url}`;
  } catch {
    return "";
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?:`'"})\]]$/.test(trimmed) || trimmed.includes("\n") ? trimmed : `${trimmed}.`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
