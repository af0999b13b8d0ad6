import { PlatformError, UnknownOutcomeError } from "../errors";

/** What the SDK throws: with a code when the platform answered, without one when nothing came back. */
interface SdkException {
  readonly message?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly httpCode?: number;
}

/**
 * The SDK keeps the text of a network failure and drops its code. Failing to reach any of a name's addresses has an empty
 * text after the reason.
 */
const neverSent = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\b|\breason:\s*$/;

/** Sorts what the SDK threw into refused by the platform, and not known. No text that is passed on holds a secret. */
export function outcomeOf(
  error: unknown,
  call: { readonly service: string; readonly action: string; readonly secrets: readonly string[] },
): PlatformError | UnknownOutcomeError {
  const { service, action, secrets } = call;
  const exception = (typeof error === "object" && error !== null ? error : {}) as SdkException;
  const message = withoutSecrets(exception.message ?? "", secrets);
  if (typeof exception.code === "string" && /^[A-Z][A-Za-z]*(\.\S+)?$/.test(exception.code)) {
    const requestId = exception.requestId ?? "";
    return new PlatformError({ code: exception.code, message, service, action, requestId });
  }
  const status = exception.httpCode === undefined ? "" : `, HTTP status ${exception.httpCode}`;
  return new UnknownOutcomeError({
    service,
    action,
    message: `No answer to ${service} ${action}${status}: ${message || "the connection failed"}`,
    sent: !neverSent.test(exception.message ?? ""),
  });
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === "" ? clean : clean.replaceAll(secret, "***")), text);
}
