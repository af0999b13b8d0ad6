import * as path from "node:path";
import { decodeKept } from "../../../lib/terraform/provider/kept";
import { ScfProvider } from "../../../lib/terraform/provider/scf-provider";
import type { Diagnostic } from "../../../lib/terraform/plugin/provider";
import type { TerraformAttribute } from "../../../lib/terraform/plugin/schema";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../../../lib/terraform/plugin/value";
import { temporaryFolder } from "../../temporary-folder";

const nothing = new Uint8Array();

/** What Terraform does with a provider, as far as a single resource needs it, with its checks of what comes back. */
export class TerraformCore {
  readonly folder = temporaryFolder();
  readonly states = new Map<string, { state: TerraformObject; private: Uint8Array; type: string }>();
  environment: Record<string, string> = {};
  private provider: ScfProvider | undefined;

  readonly database: string;

  /** @param database file of the local platform; one of its own without */
  constructor(database?: string) {
    this.database = database ?? path.join(this.folder, "local.db");
  }

  /** A new process. */
  async start(): Promise<ScfProvider> {
    const provider = new ScfProvider(this.folder, this.environment);
    const config = {
      region: "ap-guangzhou",
      platform: { type: "local", path: this.database, delay_ms: 0, endpoint: null },
      owner: "test",
    };
    await provider.configure({ terraformVersion: "1.11.4", config });
    this.provider = provider;
    return provider;
  }

  async config(type: string, given: TerraformObject): Promise<TerraformObject> {
    const { resources } = await (this.provider as ScfProvider).schema();
    const { attributes } = resources[type] as { attributes: readonly TerraformAttribute[] };
    return complete(attributes, given);
  }

  /** Reads, plans, and applies what is different. */
  async apply(type: string, name: string, given: TerraformObject | undefined): Promise<Applied> {
    const provider = this.provider ?? (await this.start());
    await this.refresh(name);
    const held = this.states.get(name);
    const diagnostics: Diagnostic[] = [];
    if (!given) {
      const gone = await provider.apply({
        type,
        prior: (held as { state: TerraformObject }).state,
        private: held?.private ?? nothing,
        signal: new AbortController().signal,
      });
      diagnostics.push(...(gone.diagnostics ?? []));
      if (!diagnostics.some(({ severity }) => severity === "error")) this.states.delete(name);
      return { action: "delete", diagnostics };
    }
    const config = await this.config(type, given);
    diagnostics.push(...((await provider.validateResource({ type, config })).diagnostics ?? []));
    const { attributes } = (await provider.schema()).resources[type] as {
      attributes: readonly TerraformAttribute[];
    };
    const proposed = proposedState(attributes, config, held?.state);
    const first = await provider.plan({
      type,
      ...(held ? { prior: held.state } : {}),
      proposed,
      config,
      private: held?.private ?? nothing,
    });
    diagnostics.push(...(first.diagnostics ?? []));
    if ((first.replace ?? []).length > 0) {
      await this.apply(type, name, undefined);
      const made = await this.apply(type, name, given);
      return { ...made, action: "replace" };
    }
    const planned = first.planned as TerraformObject;
    consistent(attributes, config, planned);
    if (held && same(planned, held.state)) return { action: "none", diagnostics, planned };
    const result = await provider.apply({
      type,
      ...(held ? { prior: held.state } : {}),
      planned,
      config,
      private: first.private ?? nothing,
      signal: new AbortController().signal,
    });
    diagnostics.push(...(result.diagnostics ?? []));
    if (diagnostics.some(({ severity }) => severity === "error")) return { action: "failed", diagnostics };
    const state = result.state as TerraformObject;
    applied(planned, state);
    this.states.set(name, { state, private: result.private ?? nothing, type });
    return { action: held ? "update" : "create", diagnostics, planned, state };
  }

  async refresh(name: string): Promise<void> {
    const held = this.states.get(name);
    if (!held || !this.provider) return;
    const { state, private: kept = nothing } = await this.provider.read(held);
    if (state) this.states.set(name, { ...held, state, private: kept });
    else this.states.delete(name);
  }

  kept(name: string): ReturnType<typeof decodeKept> {
    return decodeKept(this.states.get(name)?.private ?? nothing);
  }
}

export interface Applied {
  readonly action: "create" | "update" | "replace" | "delete" | "none" | "failed";
  readonly diagnostics: readonly Diagnostic[];
  readonly planned?: TerraformObject;
  readonly state?: TerraformObject;
}

function complete(attributes: readonly TerraformAttribute[], given: TerraformObject): TerraformObject {
  const known = new Set(attributes.map(({ name }) => name));
  for (const name of Object.keys(given)) if (!known.has(name)) throw new Error(`no attribute ${name}`);
  return Object.fromEntries(
    attributes.map((attribute) => [attribute.name, completed(attribute, given[attribute.name])]),
  );
}

function completed({ nested }: TerraformAttribute, value: TerraformValue | undefined): TerraformValue {
  if (value === undefined || value === null || !nested || value === UNKNOWN) return value ?? null;
  const one = (item: TerraformValue): TerraformValue => complete(nested.attributes, item as TerraformObject);
  return nested.nesting === "single" ? one(value) : (value as readonly TerraformValue[]).map(one);
}

/** Computed attributes that the configuration leaves out keep their values. */
function proposedState(
  attributes: readonly TerraformAttribute[],
  config: TerraformObject,
  prior: TerraformObject | undefined,
): TerraformObject {
  return Object.fromEntries(
    attributes.map(({ name, computed }) => [
      name,
      computed && config[name] === null ? (prior?.[name] ?? null) : (config[name] ?? null),
    ]),
  );
}

function consistent(
  attributes: readonly TerraformAttribute[],
  config: TerraformObject,
  planned: TerraformObject,
): void {
  for (const { name, computed } of attributes) {
    if (!(name in planned)) throw new Error(`planned without ${name}`);
    if (!computed && !same(config[name] ?? null, planned[name] ?? null)) {
      throw new Error(`Provider produced invalid plan: ${name}`);
    }
  }
}

function applied(planned: TerraformObject, state: TerraformObject): void {
  for (const [name, value] of Object.entries(planned)) {
    if (state[name] === UNKNOWN || state[name] === undefined) throw new Error(`${name} is still unknown`);
    if (value !== UNKNOWN && !same(value, state[name] ?? null)) {
      throw new Error(`Provider produced inconsistent result after apply: ${name}`);
    }
  }
}

function same(left: TerraformValue, right: TerraformValue): boolean {
  return show(left) === show(right);
}

function show(value: TerraformValue): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item === UNKNOWN
      ? "(unknown)"
      : typeof item === "object" && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
  );
}
