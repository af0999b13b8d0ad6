import { readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ScfError } from "../../model/error";

export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  /** For temporary credentials. */
  readonly token?: string;
  /**
   * When temporary credentials end, in milliseconds since 1970: others are asked for shortly before.
   * @default - not known; others are asked for when the platform does not take these any more
   */
  readonly expiresAt?: number;
}

/** Gives the credentials that hold now. Asked again when those that it gave have expired. */
export type CredentialsProvider = () => Credentials | Promise<Credentials>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The credentials that the platform's own tools take: from the environment, or from the section `default` of the file
 * `credentials` in `~/.tencentcloud` or `/etc/tencentcloud`. The file is read anew every time, so that a tool that renews
 * temporary credentials there is heard while a run goes on; variables of a process never change.
 *
 * @param folders where the file may be, the first one that has it counts
 * @throws ScfError `CREDENTIALS_MISSING`
 */
export function findCredentials(
  environment: Environment = process.env,
  folders: readonly string[] = [path.join(os.homedir(), ".tencentcloud"), "/etc/tencentcloud"],
): Credentials {
  const secretId = environment["TENCENTCLOUD_SECRET_ID"] ?? "";
  const secretKey = environment["TENCENTCLOUD_SECRET_KEY"] ?? "";
  const token = environment["TENCENTCLOUD_SECURITY_TOKEN"] ?? "";
  if (secretId === "" && secretKey === "") {
    const found = fromFile(folders.map((folder) => path.join(folder, "credentials")));
    if (found) return found;
  }
  const missing = [
    secretId === "" && "TENCENTCLOUD_SECRET_ID",
    secretKey === "" && "TENCENTCLOUD_SECRET_KEY",
  ].filter((name) => name !== false);
  if (missing.length > 0) {
    throw new ScfError(
      "CREDENTIALS_MISSING",
      `There are no credentials for the platform: ${missing.join(" and ")} not set`,
      {
        fix:
          "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and TENCENTCLOUD_SECURITY_TOKEN for temporary credentials; " +
          "or put secret_id, secret_key and token into the section [default] of ~/.tencentcloud/credentials.",
      },
    );
  }
  return { secretId, secretKey, ...(token === "" ? {} : { token }) };
}

function fromFile(files: readonly string[]): Credentials | undefined {
  for (const file of files) {
    const text = read(file);
    if (text === undefined) continue;
    const { secret_id: secretId, secret_key: secretKey, token } = sectionOf(text, "default");
    if (secretId && secretKey) return { secretId, secretKey, ...(token ? { token } : {}) };
    const missing = [!secretId && "secret_id", !secretKey && "secret_key"].filter((name) => name !== false);
    throw new ScfError(
      "CREDENTIALS_MISSING",
      `${file} has no ${missing.join(" and no ")} in its section [default]`,
      {
        fix: "Write them there, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.",
      },
    );
  }
  return undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ScfError(
      "CREDENTIALS_MISSING",
      `The credentials in ${file} cannot be read: ${code ?? "unknown error"}`,
      {
        fix: "Make the file readable, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.",
        cause,
      },
    );
  }
}

/** The lines `name = value` below `[section]`. */
function sectionOf(text: string, section: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  let current = "";
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line);
    if (header) {
      current = (header[1] as string).trim();
      continue;
    }
    const entry = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (entry && current === section)
      values[entry[1] as string] = (entry[2] as string).replace(/^"(.*)"$/, "$1");
  }
  return values;
}
