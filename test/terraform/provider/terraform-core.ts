import { decodeKept } from "../../../lib/terraform/provider/kept";
import { ScfProvider } from "../../../lib/terraform/provider/scf-provider";
import type { Diagnostic, Provider } from "../../../lib/terraform/plugin/provider";
import type { TerraformAttribute } from "../../../lib/terraform/plugin/schema";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../../../lib/terraform/plugin/value";
import { temporaryFolder } from "../../temporary-folder";

const nothing = new Uint8Array();

type Planned = Awaited<ReturnType<Provider["plan"]>>;
interface Held {
  readonly state: TerraformObject;
  readonly private: Uint8Array;
  readonly type: string;
}

/** What Terraform does with a provider, as far as a single resource needs it, with its checks of what comes back. */
export class TerraformCore {
  readonly folder = temporaryFolder();
  readonly states = new Map<string, Held>();
  environment: Record<string, string> = {};
  private provider: ScfProvider | undefined;

  constructor(private readonly settings: TerraformObject = {}) {}

  /** A new process. */
  async start(): Promise<ScfProvider> {
    const provider = new ScfProvider(this.folder, this.environment);
    const config = {
      region: "ap-guangzhou",
      platform: { type: "local", path: "local.db", delay_ms: 0, endpoint: null },
      owner: "test",
      ...this.settings,
    };
    await provider.configure({ terraformVersion: "1.11.4", config });
    this.provider = provider;
    return provider;
  }

  async config(type: string, given: TerraformObject): Promise<TerraformObject> {
    return complete(await this.attributes(type), given);
  }

  /**
   * Reads, plans, and applies what is different.
   *
   * @param atPlan what Terraform knows when it plans, where that is less: some values are UNKNOWN there
   */
  async apply(
    type: string,
    name: string,
    given: TerraformObject | undefined,
    atPlan: TerraformObject | undefined = given,
  ): Promise<Applied> {
    const provider = this.provider ?? (await this.start());
    await this.refresh(name);
    const held = this.states.get(name);
    if (!given || !atPlan) return this.delete(name, held as Held);
    const config = await this.config(type, given);
    const planning = await this.config(type, atPlan);
    const diagnostics = [
      ...((await provider.validateResource({ type, config: planning })).diagnostics ?? []),
    ];
    if (isFailed(diagnostics)) return { action: "failed", diagnostics };
    const first = await this.plan(type, planning, held);
    diagnostics.push(...(first.diagnostics ?? []));
    if (isFailed(diagnostics)) return { action: "failed", diagnostics };
    if (held && (first.replace ?? []).length > 0) {
      const replacing = await this.plan(type, planning, undefined);
      const gone = await this.delete(name, held);
      diagnostics.push(...gone.diagnostics);
      if (isFailed(diagnostics)) return { action: "failed", diagnostics };
      const made = await this.applyPlanned({ type, name, config, held: undefined }, replacing, diagnostics);
      return made.action === "failed" ? made : { ...made, action: "replace" };
    }
    return this.applyPlanned({ type, name, config, held }, first, diagnostics);
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

  private async attributes(type: string): Promise<readonly TerraformAttribute[]> {
    const { resources } = await (this.provider as ScfProvider).schema();
    return (resources[type] as { attributes: readonly TerraformAttribute[] }).attributes;
  }

  /** Plans as Terraform does: a second time with what came of the first, which has to be the same. */
  private async plan(type: string, config: TerraformObject, held: Held | undefined): Promise<Planned> {
    const provider = this.provider as ScfProvider;
    const attributes = await this.attributes(type);
    const proposed = proposedState(attributes, config, held?.state);
    const ask = (): Promise<Planned> =>
      provider.plan({
        type,
        ...(held ? { prior: held.state } : {}),
        proposed,
        config,
        private: held?.private ?? nothing,
      });
    const first = await ask();
    if (isFailed(first.diagnostics ?? [])) return first;
    const planned = first.planned as TerraformObject;
    consistent(attributes, config, planned, held?.state);
    const second = await ask();
    if (!same(attributes, planned, second.planned as TerraformObject))
      throw new Error("planned differently twice");
    return first;
  }

  private async applyPlanned(
    {
      type,
      name,
      config,
      held,
    }: { type: string; name: string; config: TerraformObject; held: Held | undefined },
    first: Planned,
    diagnostics: Diagnostic[],
  ): Promise<Applied> {
    const provider = this.provider as ScfProvider;
    const attributes = await this.attributes(type);
    const planned = first.planned as TerraformObject;
    if (held && same(attributes, planned, held.state)) {
      if (first.planned && unknownsIn(planned)) throw new Error("a plan of nothing has unknown values");
      return { action: "none", diagnostics, planned };
    }
    // What was unknown is known now: Terraform plans again, and nothing that was known may be different then.
    const last = await this.plan(type, config, held);
    if (isFailed(last.diagnostics ?? [])) {
      return { action: "failed", diagnostics: [...diagnostics, ...(last.diagnostics ?? [])] };
    }
    const now = last.planned as TerraformObject;
    refines(attributes, planned, now, "Provider produced inconsistent final plan");
    const result = await provider.apply({
      type,
      ...(held ? { prior: held.state } : {}),
      planned: now,
      config,
      private: last.private ?? nothing,
      signal: new AbortController().signal,
    });
    diagnostics.push(...(result.diagnostics ?? []));
    if (isFailed(diagnostics)) return { action: "failed", diagnostics };
    const state = result.state as TerraformObject;
    if (unknownsIn(state)) throw new Error("something is still unknown after apply");
    refines(attributes, now, state, "Provider produced inconsistent result after apply");
    this.states.set(name, { state, private: result.private ?? nothing, type });
    return { action: held ? "update" : "create", diagnostics, planned, state };
  }

  private async delete(name: string, { type, state, private: kept }: Held): Promise<Applied> {
    const provider = this.provider as ScfProvider;
    const request = { type, prior: state, private: kept, signal: new AbortController().signal };
    const { diagnostics = [], state: left } = await provider.apply(request);
    if (!isFailed(diagnostics)) {
      if (left) throw new Error("Provider returned invalid result object after apply: it is to be deleted");
      this.states.delete(name);
    }
    return { action: isFailed(diagnostics) ? "failed" : "delete", diagnostics };
  }
}

export interface Applied {
  readonly action: "create" | "update" | "replace" | "delete" | "none" | "failed";
  readonly diagnostics: readonly Diagnostic[];
  readonly planned?: TerraformObject;
  readonly state?: TerraformObject;
}

function isFailed(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function complete(attributes: readonly TerraformAttribute[], given: TerraformObject): TerraformObject {
  const known = new Set(attributes.map(({ name }) => name));
  for (const name of Object.keys(given)) if (!known.has(name)) throw new Error(`no attribute ${name}`);
  return Object.fromEntries(
    attributes.map((attribute) => [attribute.name, completed(attribute, given[attribute.name])]),
  );
}

function completed(attribute: TerraformAttribute, value: TerraformValue | undefined): TerraformValue {
  const { nested } = attribute;
  if (value === undefined || value === null || value === UNKNOWN) return value ?? null;
  if (!nested)
    return isSet(attribute)
      ? withoutRepeated(attribute, value as readonly TerraformValue[])
      : (value as TerraformValue);
  const one = (item: TerraformValue): TerraformObject => complete(nested.attributes, item as TerraformObject);
  if (nested.nesting === "single") return one(value as TerraformValue);
  const items: readonly TerraformValue[] = (value as readonly TerraformValue[]).map(one);
  return isSet(attribute) ? withoutRepeated(attribute, items) : items;
}

/** A set has everything once, and Terraform has it in an order of its own. */
function withoutRepeated(
  attribute: TerraformAttribute,
  items: readonly TerraformValue[],
): readonly TerraformValue[] {
  const byText = new Map<string, TerraformValue>(items.map((item) => [show(attribute, item), item]));
  return [...byText].sort(([left], [right]) => (left < right ? 1 : -1)).map(([, item]) => item);
}

function isSet({ type, nested }: TerraformAttribute): boolean {
  return nested?.nesting === "set" || (Array.isArray(type) && type[0] === "set");
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

/** What is configured is planned as it is, or as it was before where the provider takes both for one; all else is computed. */
function consistent(
  attributes: readonly TerraformAttribute[],
  config: TerraformObject,
  planned: TerraformObject,
  prior: TerraformObject | undefined,
): void {
  for (const attribute of attributes) {
    const { name, computed } = attribute;
    if (!(name in planned)) throw new Error(`planned without ${name}`);
    const text = show(attribute, planned[name] ?? null);
    const isConfigured = show(attribute, config[name] ?? null) === text;
    const isAsBefore = prior !== undefined && show(attribute, prior[name] ?? null) === text;
    if (!computed && !isConfigured && !isAsBefore) {
      throw new Error(`Provider produced invalid plan: ${name}`);
    }
  }
}

/** Whatever was known is the same; what was not may be anything. */
function refines(
  attributes: readonly TerraformAttribute[],
  before: TerraformObject,
  after: TerraformObject,
  complaint: string,
): void {
  for (const attribute of attributes) {
    const { name } = attribute;
    if (unknownsIn(before[name])) continue;
    if (!(name in after)) throw new Error(`${complaint}: no ${name}`);
    if (show(attribute, before[name] ?? null) !== show(attribute, after[name] ?? null)) {
      throw new Error(`${complaint}: ${name}`);
    }
  }
}

function unknownsIn(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item) => unknownsIn(item));
}

function same(
  attributes: readonly TerraformAttribute[],
  left: TerraformObject,
  right: TerraformObject,
): boolean {
  return attributes.every(
    (attribute) =>
      show(attribute, left[attribute.name] ?? null) === show(attribute, right[attribute.name] ?? null),
  );
}

/** As text, in which sets that hold the same are the same. */
function show(attribute: TerraformAttribute, value: TerraformValue): string {
  if (value === UNKNOWN) return "(unknown)";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const { nested } = attribute;
  if (Array.isArray(value)) {
    const items = (value as readonly TerraformValue[]).map((item) =>
      nested ? showObject(nested.attributes, item as TerraformObject) : JSON.stringify(item),
    );
    return `[${(isSet(attribute) ? [...new Set(items)].sort() : items).join()}]`;
  }
  if (nested) return showObject(nested.attributes, value as TerraformObject);
  return JSON.stringify(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function showObject(attributes: readonly TerraformAttribute[], object: TerraformObject): string {
  return `{${attributes.map((one) => `${one.name}:${show(one, object[one.name] ?? null)}`).join()}}`;
}
