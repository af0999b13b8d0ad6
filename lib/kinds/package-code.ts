import type { PlannedCode, PlannedImage } from "../model/resources/function";
import type { Value } from "../model/value";
import type { ReadContext } from "./kind";

/** What is known of code before the platform is asked. */
export interface KnownCode {
  readonly code?: PlannedCode | PlannedImage | undefined;
  /** The hash that the platform reported when that code was sent. */
  readonly codeSha256?: string | undefined;
}

/**
 * The code of a package as plans have it. The platform shows it by a hash alone: it is the code that was sent last where the
 * hash is the one reported then, or the package of the plan where it is the hash of its ZIP (belief: the documents say "SHA256"
 * and not of what; where that is wrong, code is sent once more). Undefined where nobody can tell.
 */
export async function shownCode(
  context: ReadContext,
  reported: string,
  { code, codeSha256 }: KnownCode,
): Promise<Value | undefined> {
  if (code !== undefined && reported === codeSha256) return code as Value;
  const asset = await context.packageOf?.(hexadecimal(reported));
  if (asset !== undefined) return { asset };
  // What is in a bucket is out of reach here.
  if (code !== undefined && "bucket" in code && codeSha256 === undefined) return undefined;
  return { sha256: reported };
}

/** The documents do not say how the hash is written: hexadecimal digits and base64 both read the same. */
export function hexadecimal(sha256: string): string {
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  const bytes = Buffer.from(sha256, "base64");
  return bytes.length === 32 ? bytes.toString("hex") : sha256;
}
