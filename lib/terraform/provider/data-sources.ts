import type { ReadContext } from "../../kinds/kind";
import { ScfError } from "../../model/error";
import { isErrorOfClass } from "../../platform/errors";
import { reportedQuotas } from "../../platform/reported-quotas";
import { terraformAttribute } from "../../model/terraform";
import type { TerraformObject, TerraformValue } from "../plugin/value";
import { toTerraform } from "../schema/to-terraform";
import type { Connection } from "./connection";

type Lookup = (connection: Connection, given: TerraformObject) => Promise<TerraformObject>;

/** What one looks up: what exists and is not managed here. */
const lookups: Readonly<Record<string, Lookup>> = {
  scf_function: (connection, given) =>
    existing(connection, "scf_function", `${text(given, "namespace")}/${text(given, "function_name")}`),

  scf_alias: (connection, given) =>
    existing(
      connection,
      "scf_alias",
      `${text(given, "namespace")}/${text(given, "function_name")}:${text(given, "name")}`,
    ),

  async scf_layer_version(connection, given) {
    const context = await readingOf(connection, "scf_layer");
    const name = text(given, "layer_name");
    const asked = given["version"] as number | null;
    const number = asked ?? (await newestVersion(context, name));
    if (number === undefined) throw missing(`version of the layer ${name}`);
    const found = await unlessMissing(
      context.call("scf", "GetLayerVersion", { LayerName: name, LayerVersion: number }),
    );
    if (!found) throw missing(`version ${number} of the layer ${name}`);
    return {
      layer_name: name,
      version: number,
      description: found.Description ?? null,
      compatible_runtimes: [...(found.CompatibleRuntimes ?? [])].sort(),
      code_sha256: found.CodeSha256 ?? null,
      id: `${name}/${number}`,
    };
  },

  async scf_load_balancer(connection, given) {
    const context = await readingOf(connection, "clb_listener");
    const id = text(given, "load_balancer_id");
    const answer = await unlessMissing(
      context.call("clb", "DescribeLoadBalancers", { LoadBalancerIds: [id] }),
    );
    const found = answer?.LoadBalancerSet?.find(({ LoadBalancerId }) => LoadBalancerId === id);
    if (!found) throw missing(`load balancer ${id} in ${context.region}`);
    return {
      load_balancer_id: id,
      name: found.LoadBalancerName ?? null,
      region: context.region,
      generation: found.Forward === 0 ? "classic" : "application",
      type: found.LoadBalancerType ?? null,
      address_type: addressType(found),
      vpc_id: filled(found.VpcId),
      domain: filled(found.Domain),
      vips: [...(found.LoadBalancerVips ?? [])],
      id,
    };
  },

  async scf_account_limits(connection) {
    const context = await readingOf(connection, "scf_function");
    const quotas: Readonly<Record<string, number | undefined>> = reportedQuotas(
      await context.call("scf", "GetAccount", {}),
    );
    const names = [
      "namespaces",
      "functionsPerNamespace",
      "initTimeoutSeconds",
      "triggersOfOneType",
      "testEvents",
      "concurrencyMb",
    ];
    return {
      region: context.region,
      ...Object.fromEntries(names.map((name) => [terraformAttribute(name), quotas[name] ?? null])),
      id: context.region,
    };
  },
};

/** @throws ScfError `NOT_FOUND`, `TYPE_UNKNOWN` */
export async function lookUp(
  connection: Connection,
  type: string,
  given: TerraformObject,
): Promise<TerraformObject> {
  const lookup = lookups[type];
  if (!lookup) {
    throw new ScfError("TYPE_UNKNOWN", `There is no data source ${type}.`, {
      fix: `There are: ${Object.keys(lookups).join(", ")}.`,
    });
  }
  return lookup(connection, given);
}

/** An object as its resource would have it, without what only a resource has. */
async function existing(connection: Connection, name: string, id: string): Promise<TerraformObject> {
  const { kind, shape } = connection.type(name);
  const context = await readingOf(connection, kind.schema.kind);
  const live = await kind.import?.find(context, id, {} as never);
  if (!live || live.phase === "deleting") throw missing(`${kind.schema.title} ${id} in ${context.region}`);
  const all = toTerraform(shape, live.properties, live.attributes);
  const own = new Set(shape.own);
  return { ...Object.fromEntries(Object.entries(all).filter(([attribute]) => !own.has(attribute))), id };
}

function readingOf({ driver, settings }: Connection, kind: string): Promise<ReadContext> {
  return driver.reading({ address: "data source", kind, properties: {}, lineage: settings.lineage });
}

async function newestVersion(context: ReadContext, name: string): Promise<number | undefined> {
  const answer = await unlessMissing(context.call("scf", "ListLayerVersions", { LayerName: name }));
  const numbers = (answer?.LayerVersions ?? []).flatMap(({ LayerVersion }) => LayerVersion ?? []);
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isErrorOfClass(error, "not-found")) return undefined;
    throw error;
  }
}

function missing(what: string): ScfError {
  return new ScfError("NOT_FOUND", `There is no ${what}.`, {
    fix: "Correct what it is looked up by, or make it first.",
  });
}

function addressType(found: {
  AddressIPVersion?: string | undefined;
  IPv6Mode?: string | undefined;
}): TerraformValue {
  if (found.AddressIPVersion?.toLowerCase() !== "ipv6") return "ipv4";
  return found.IPv6Mode === "IPv6Nat64" ? "ipv6-nat64" : "ipv6";
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

function text(given: TerraformObject, name: string): string {
  return String(given[name]);
}
