import { randomUUID } from "node:crypto";
import type { Live } from "../../kinds/kind";
import { ScfError } from "../../model/error";
import type { Driven, HeldResource } from "../../reconciler";
import type { Diagnostic, Provider, Told } from "../plugin/provider";
import type { ProviderSchema } from "../plugin/schema";
import type { TerraformObject, TerraformValue } from "../plugin/value";
import { keepConfigured, type SameSecret } from "../schema/keep-configured";
import { clearText, withSecrets } from "../schema/secret-text";
import { toProperties } from "../schema/to-properties";
import { toTerraform } from "../schema/to-terraform";
import { misfits } from "../schema/validate";
import { Connection } from "./connection";
import { lookUp } from "./data-sources";
import { diagnosticOf, warning } from "./diagnostics";
import { decodeKept, encodeKept, type Kept } from "./kept";
import { kindOfType } from "./kind-of-type";
import type { ResourceType } from "./resource-type";
import { settingsOf } from "./settings";
import { timeoutOf } from "./timeouts";

type Request<K extends keyof Provider> = Parameters<Provider[K]>[0];

/** The provider: every resource of Terraform is one of the kinds', driven one by one. */
export class ScfProvider implements Provider {
  private connection: Connection | undefined;

  constructor(
    private readonly directory: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  schema(): Promise<ProviderSchema> {
    const { providerSchema } =
      require("../schema/provider-schema") as typeof import("../schema/provider-schema");
    return Promise.resolve(providerSchema());
  }

  validateProvider(): Promise<Told> {
    return Promise.resolve({});
  }

  async configure({ config }: Request<"configure">): Promise<Told> {
    this.connection = new Connection(settingsOf(config, this.directory), this.directory, this.environment);
    return Promise.resolve({});
  }

  validateResource({ type, config }: Request<"validateResource">): Promise<Told> {
    for (const operation of ["create", "update", "delete"] as const) timeoutOf(config, operation);
    return Promise.resolve({ diagnostics: misfits(kindOfType(type).schema, config) });
  }

  upgradeState({ state }: Request<"upgradeState">): ReturnType<Provider["upgradeState"]> {
    return Promise.resolve({ state: state as TerraformObject });
  }

  async read(request: Request<"read">): ReturnType<Provider["read"]> {
    const { driver, begun, type } = this.in(request);
    const { state } = request;
    const kept = decodeKept(request.private);
    const held = type.held(state, kept);
    // Terraform has it: whatever becomes of it now is no create that was cut off.
    begun.forget(held.address);
    const live = await driver.read(held, kept?.changedAt);
    if (!live || live.phase === "deleting") return {};
    if (live.phase === "failed") {
      const told = warning(
        `${held.address} has failed on the platform.`,
        "What failed is made again by the next apply.",
      );
      return { diagnostics: [told] };
    }
    return { state: this.stateOf(type, state, live, held), private: request.private };
  }

  async plan(request: Request<"plan">): ReturnType<Provider["plan"]> {
    const { prior, proposed } = request;
    const { driver, type } = this.in(request);
    if (!proposed) return { private: request.private };
    const diagnostics = this.broken(type, proposed);
    if (!prior) return { planned: type.plannedCreate(proposed), diagnostics };
    const { planned, replace } = type.plannedUpdate(prior, proposed);
    const isUpdate = planned !== proposed && replace.length === 0;
    const refusal = isUpdate ? this.forbidden(type, prior, proposed) : undefined;
    if (refusal) diagnostics.push(diagnosticOf(refusal, driver));
    return { planned, replace, private: request.private, diagnostics };
  }

  async apply(request: Request<"apply">): ReturnType<Provider["apply"]> {
    const { prior, planned, signal } = request;
    const { driver, type } = this.in(request);
    const stop = (): void => driver.stop();
    signal.addEventListener("abort", stop, { once: true });
    try {
      if (!planned) return prior ? await this.delete(type, prior, decodeKept(request.private)) : {};
      return prior
        ? await this.update(type, prior, planned, decodeKept(request.private))
        : await this.create(type, planned);
    } catch (error) {
      const diagnostics = [this.told(type, error, planned ?? prior)];
      // What was there is still there; the next read tells what became of it.
      return prior ? { state: prior, private: request.private, diagnostics } : { diagnostics };
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async import({ type: name, id }: Request<"import">): ReturnType<Provider["import"]> {
    const { driver, type } = this.in({ type: name });
    const { kind } = type;
    if (!kind.import) {
      throw new ScfError(
        "IMPORT_KIND",
        `A ${kind.schema.title} cannot be imported: nothing tells one from another.`,
        {
          fix: "Delete it and have it made again.",
        },
      );
    }
    const { lineage } = this.connected().settings;
    const nothing = { address: `${name} ${id}`, kind: kind.schema.kind, properties: {}, lineage };
    const packages =
      this.connected()
        .plan()
        ?.assets.map(({ hash }) => hash) ?? [];
    const live = await kind.import.find(await driver.reading(nothing, packages), id, {} as never);
    if (!live || live.phase === "deleting") {
      throw new ScfError("IMPORT_NOTHING", `There is no ${kind.schema.title} ${id}.`, {
        fix: `An id has the form ${kind.import.id}.`,
      });
    }
    const found = toTerraform(type.shape, live.properties, live.attributes);
    const state: TerraformObject = {
      // Nobody has configured anything yet: what says nothing is not set.
      ...keepConfigured(type.shape, {}, found, this.sameSecret()),
      id: type.identity(live.properties, new Set()),
      instance: randomUUID(),
    };
    const held = type.held(state, undefined);
    const kept = { ...keptOf(held, held), carries: live.owner ?? "" };
    return { state, private: encodeKept(kept) };
  }

  validateDataSource(): Promise<Told> {
    return Promise.resolve({});
  }

  async readDataSource({ type, config }: Request<"readDataSource">): ReturnType<Provider["readDataSource"]> {
    return { state: await lookUp(this.connected(), type, config) };
  }

  stop(): Promise<void> {
    this.connection?.driver.stop();
    return Promise.resolve();
  }

  private async create(type: ResourceType, planned: TerraformObject): ReturnType<Provider["apply"]> {
    const resource = type.driven(planned, timeoutOf(planned, "create"));
    const made = await this.connected().driver.create(resource);
    const kept = keptOf({ ...resource, markedAs: resource.address }, made);
    return { state: type.after(planned, made, true), private: encodeKept(kept) };
  }

  private async update(
    type: ResourceType,
    prior: TerraformObject,
    planned: TerraformObject,
    kept: Kept | undefined,
  ): ReturnType<Provider["apply"]> {
    const { driver } = this.connected();
    const changed = type.changed(prior, planned);
    const held = type.held(prior, kept);
    const unchanged = { attributes: held.attributes, generation: held.generation };
    if (changed.length === 0) {
      return { state: type.after(planned, unchanged, false), private: encodeKept(keptOf(held, held, kept)) };
    }
    const timeout = timeoutOf(planned, "update");
    const { lineage } = held;
    const isNew = type.kind.keepsReplaced === true && type.replacing(changed, prior, planned).length > 0;
    const wanted = { ...type.driven(planned, timeout), lineage, address: held.address };
    const made = isNew
      ? await driver.create(wanted, held)
      : await driver.update(wanted, held, sendable(type, changed));
    return { state: type.after(planned, made, isNew), private: encodeKept(keptOf(held, made)) };
  }

  private async delete(
    type: ResourceType,
    prior: TerraformObject,
    kept: Kept | undefined,
  ): ReturnType<Provider["apply"]> {
    const held = type.held(prior, kept, timeoutOf(prior, "delete"));
    if (prior["retain"] === true) {
      return {
        diagnostics: [warning(`${held.address} stays, and is not managed any more: it is retained.`)],
      };
    }
    await this.connected().driver.delete(held);
    return {};
  }

  /** What is there now, in the words that it was configured in. */
  private stateOf(
    type: ResourceType,
    state: TerraformObject,
    live: Live,
    held: HeldResource,
  ): TerraformObject {
    const { shape } = type;
    const now: Record<string, TerraformValue> = {
      ...toTerraform(shape, live.properties, { ...held.attributes, ...live.attributes }),
    };
    for (const { property, name } of shape.properties) {
      if (!(property in live.properties)) now[name] = state[name] ?? null;
    }
    return keepConfigured(shape, state, now, this.sameSecret());
  }

  private sameSecret(): SameSecret {
    return (_property, prior, live) => {
      const read = clearText(withSecrets(prior), this.environment);
      return "text" in read && read.text === live;
    };
  }

  /** Rules that a value of another provider breaks. */
  private broken(type: ResourceType, proposed: TerraformObject): Diagnostic[] {
    const rules = this.connected().rules();
    if (!rules) return [];
    const { properties, unknown } = toProperties(type.shape, proposed);
    return rules.check(type.kind.schema.kind, properties, unknown);
  }

  private forbidden(
    type: ResourceType,
    prior: TerraformObject,
    proposed: TerraformObject,
  ): ScfError | undefined {
    if (!type.kind.forbids) return undefined;
    const recorded = this.connected().driver.recordedProperties(type.driven(prior));
    return type.kind.forbids(type.assumed(proposed) as never, recorded as never);
  }

  private told(type: ResourceType, error: unknown, object: TerraformObject | undefined): Diagnostic {
    const told = diagnosticOf(error, this.connected().driver);
    if (!ScfError.is(error) || error.code !== "CONFLICT" || !type.kind.import) return told;
    const id = String(object?.["id"] ?? "ID");
    return {
      ...told,
      detail:
        `${error.message}\n\nRun \`terraform import ADDRESS ${id}\` to manage it here (ID: ${type.kind.import.id}), or ` +
        "give yours another name.",
    };
  }

  private in({
    type,
  }: {
    readonly type: string;
  }): Pick<Connection, "driver" | "begun"> & { type: ResourceType } {
    const { driver, begun } = this.connected();
    return { driver, begun, type: this.connected().type(type) };
  }

  private connected(): Connection {
    if (this.connection) return this.connection;
    throw new ScfError("PROVIDER_SETTINGS", "The provider was asked before it was configured.");
  }
}

/** What a call can change: of the rest it is enough that it is recorded. */
function sendable({ kind }: ResourceType, changed: readonly string[]): string[] {
  return changed.filter((name) => kind.update && !kind.schema.metadata[name]?.immutable);
}

function keptOf(
  {
    lineage,
    address,
    markedAs = address,
    carries,
  }: Pick<HeldResource, "lineage" | "address" | "markedAs" | "carries">,
  { generation }: Pick<Driven, "generation">,
  before?: Kept,
): Kept {
  return {
    lineage,
    generation,
    markedAs,
    ...(carries === undefined ? {} : { carries }),
    changedAt: before?.changedAt ?? Date.now(),
  };
}
