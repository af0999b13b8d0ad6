import { isIP } from "node:net";
import { limits } from "../../../model/quotas";
import { refuse } from "../context";
import type { Context } from "../context";

export interface Variable {
  readonly Key: string;
  readonly Value: string;
}

interface EnvironmentInput {
  readonly Variables?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** The variables that a call sets. A single one without a name is the API's way to say "none". */
export function readEnvironment(input: EnvironmentInput): readonly Variable[] {
  const given = input.Variables ?? [];
  if (given.length === 1 && !given[0]?.Key && !given[0]?.Value) return [];
  const names = new Set<string>();
  let bytes = 0;
  const variables = given.map((variable, index) => {
    const { Key: name = "", Value: value = "" } = variable;
    if (name === "" || /[=\0]/.test(name)) {
      refuse("InvalidParameterValue.Environment", `Environment variable ${index + 1} has no usable name`);
    }
    if (names.has(name)) {
      refuse("InvalidParameterValue.Environment", `The environment variable ${name} is set twice`);
    }
    names.add(name);
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    return { Key: name, Value: value };
  });
  if (bytes > limits.environmentBytes) {
    refuse(
      "InvalidParameterValue.EnvironmentExceededLimit",
      `The environment variables have ${bytes} bytes, names and values together; ${limits.environmentBytes} at most are allowed`,
    );
  }
  checkNameServers(variables);
  return variables;
}

/** NET-NS. */
function checkNameServers(variables: readonly Variable[]): void {
  const code = "InvalidParameterValue.Environment";
  const servers = variables.find((variable) => variable.Key === "OS_NAMESERVER")?.Value.split(";") ?? [];
  if (servers.length > limits.nameServers) {
    refuse(
      code,
      `OS_NAMESERVER names ${servers.length} name servers; ${limits.nameServers} at most are allowed`,
    );
  }
  const wrong = servers.find((server) => isIP(server) === 0 && !isDomainName(server));
  if (wrong === undefined) return;
  refuse(
    code,
    `OS_NAMESERVER has addresses and domain names, separated by ";"; "${wrong.slice(0, 80)}" is neither`,
  );
}

function isDomainName(text: string): boolean {
  const labels = text.replace(/\.$/, "").split(".");
  const form = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
  // The last label is a word: numbers with periods are addresses that are wrong.
  const isWord = /^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(labels.at(-1) ?? "");
  return text.length <= 254 && isWord && labels.every((label) => form.test(label));
}

/** Environment variables in the database are sealed; none at all is stored as nothing. */
export function sealEnvironment(context: Context, variables: readonly Variable[]): Uint8Array | null {
  return variables.length === 0 ? null : context.seal.close(variables);
}

export function openEnvironment(context: Context, sealed: Uint8Array | null): readonly Variable[] {
  return sealed === null ? [] : context.seal.open<readonly Variable[]>(sealed);
}
