import { ScfError } from "../../model/error";

export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  /** For temporary credentials. */
  readonly token?: string;
}

/** The credentials that the platform's own tools take from the environment. */
export function credentialsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Credentials {
  const secretId = environment["TENCENTCLOUD_SECRET_ID"] ?? "";
  const secretKey = environment["TENCENTCLOUD_SECRET_KEY"] ?? "";
  const token = environment["TENCENTCLOUD_SECURITY_TOKEN"] ?? "";
  const missing = [
    secretId === "" && "TENCENTCLOUD_SECRET_ID",
    secretKey === "" && "TENCENTCLOUD_SECRET_KEY",
  ].filter((name) => name !== false);
  if (missing.length > 0) {
    throw new ScfError(
      "CREDENTIALS_MISSING",
      `There are no credentials for the platform: ${missing.join(" and ")} not set`,
      {
        fix: "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and TENCENTCLOUD_SECURITY_TOKEN for temporary credentials.",
      },
    );
  }
  return { secretId, secretKey, ...(token === "" ? {} : { token }) };
}
