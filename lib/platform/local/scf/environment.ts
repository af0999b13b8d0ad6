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
  const servers = variables.find((variable) => variable.Key === "OS_NAMESERVER")?.Value.split(";") ?? [];
  const named = servers.filter((server) => server.trim() !== "").length;
  if (named <= limits.nameServers) return;
  refuse(
    "InvalidParameterValue.Environment",
    `OS_NAMESERVER names ${named} name servers; ${limits.nameServers} at most are allowed`,
  );
}

/** Environment variables in the database are sealed; none at all is stored as nothing. */
export function sealEnvironment(context: Context, variables: readonly Variable[]): Uint8Array | null {
  return variables.length === 0 ? null : context.seal.close(variables);
}

export function openEnvironment(context: Context, sealed: Uint8Array | null): readonly Variable[] {
  return sealed === null ? [] : context.seal.open<readonly Variable[]>(sealed);
}
