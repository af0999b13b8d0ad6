import { diagnosticMessage, diagnosticOf, pathMessage } from "./diagnostics";
import type { Call, Method } from "./grpc";
import { logThrown } from "./log";
import { messages, schemaNames } from "./messages";
import { decodeMsgpack, encodeMsgpack } from "./msgpack";
import type { ValueOf } from "./protobuf";
import type { Diagnostic, Private, Provider, Told } from "./provider";
import { capabilities, encodeProviderSchema } from "./schema-encoding";
import type { TerraformObject } from "./value";

type Messages = typeof messages;
type Name = keyof Messages;
type Request<Of extends Name> = ValueOf<Messages[Of]["request"]>;
type Response<Of extends Name> = ValueOf<Messages[Of]["response"]>;
type Answer<Of extends Name> = (
  provider: Provider,
  request: Request<Of>,
  call: Call,
) => Promise<Response<Of> | Uint8Array>;

/** How every call of the protocol is put to a provider. */
const answers: { readonly [Of in Name]: Answer<Of> } = {
  async GetMetadata(provider) {
    const schema = await provider.schema();
    const { resource_schemas = {}, data_source_schemas = {} } =
      schema instanceof Uint8Array
        ? schemaNames.decode(schema)
        : { resource_schemas: schema.resources, data_source_schemas: schema.dataSources };
    return {
      server_capabilities: capabilities,
      resources: Object.keys(resource_schemas).map((type_name) => ({ type_name })),
      data_sources: Object.keys(data_source_schemas).map((type_name) => ({ type_name })),
    };
  },
  async GetProviderSchema(provider) {
    const schema = await provider.schema();
    return schema instanceof Uint8Array ? schema : encodeProviderSchema(schema);
  },
  async ValidateProviderConfig(provider, { config }) {
    return told(await provider.validateProvider({ config: present(config) }));
  },
  async ConfigureProvider(provider, { terraform_version = "", config }) {
    return told(await provider.configure({ terraformVersion: terraform_version, config: present(config) }));
  },
  async ValidateResourceConfig(provider, { type_name = "", config }) {
    return told(await provider.validateResource({ type: type_name, config: present(config) }));
  },
  async ValidateDataResourceConfig(provider, { type_name = "", config }) {
    return told(await provider.validateDataSource({ type: type_name, config: present(config) }));
  },
  async UpgradeResourceState(provider, { type_name = "", version = 0, raw_state }) {
    const upgraded = await provider.upgradeState({
      type: type_name,
      version,
      state: JSON.parse(Buffer.from(raw_state?.json ?? NOTHING).toString() || "null"),
    });
    return { ...told(upgraded), upgraded_state: value(upgraded.state) };
  },
  async ReadResource(provider, { type_name = "", current_state, private: kept = NOTHING }) {
    const state = present(current_state);
    const read = await provider.read({ type: type_name, state, private: kept });
    const new_state = read.state === state ? current_state : value(read.state);
    return { ...told(read), new_state, private: read.private ?? kept };
  },
  async PlanResourceChange(provider, request) {
    const { type_name = "", prior_private = NOTHING, proposed_new_state } = request;
    const proposed = objectOf(proposed_new_state);
    const plan = await provider.plan({
      type: type_name,
      ...whereThere("prior", objectOf(request.prior_state)),
      ...whereThere("proposed", proposed),
      ...whereThere("config", objectOf(request.config)),
      private: prior_private,
    });
    const isAsProposed = proposed !== undefined && plan.planned === proposed;
    return {
      ...told(plan),
      planned_state: isAsProposed ? proposed_new_state : value(plan.planned),
      requires_replace: (plan.replace ?? []).map(pathMessage),
      planned_private: plan.private ?? prior_private,
    };
  },
  async ApplyResourceChange(provider, request, call) {
    const { type_name = "", planned_private = NOTHING } = request;
    const applied = await provider.apply({
      type: type_name,
      ...whereThere("prior", objectOf(request.prior_state)),
      ...whereThere("planned", objectOf(request.planned_state)),
      ...whereThere("config", objectOf(request.config)),
      private: planned_private,
      signal: call.signal,
    });
    return { ...told(applied), new_state: value(applied.state), private: applied.private ?? planned_private };
  },
  async ImportResourceState(provider, { type_name = "", id = "" }) {
    const found = await provider.import({ type: type_name, id });
    const imported = { type_name, state: value(found.state), private: found.private ?? NOTHING };
    return { ...told(found), imported_resources: found.state === undefined ? [] : [imported] };
  },
  async MoveResourceState(_provider, { source_type_name, target_type_name }) {
    const summary = `A ${source_type_name} cannot become a ${target_type_name}`;
    const detail = "Remove it from the state with `removed`, and import it under its new type.";
    return told({ diagnostics: [{ severity: "error", summary, detail }] });
  },
  async ReadDataSource(provider, { type_name = "", config }) {
    const read = await provider.readDataSource({ type: type_name, config: present(config) });
    return { ...told(read), state: value(read.state) };
  },
  async GetFunctions() {
    return {};
  },
  async StopProvider(provider) {
    await provider.stop();
    return {};
  },
};

/** What is answered beside the diagnostic when a call fails: what there was stays. */
const unchanged: { readonly [Of in Name]?: (request: Request<Of>) => Response<Of> } = {
  ReadResource: (request) => ({ new_state: request.current_state, private: request.private }),
  PlanResourceChange: (request) => ({
    planned_state: request.prior_state,
    planned_private: request.prior_private,
  }),
  ApplyResourceChange: (request) => ({ new_state: request.prior_state, private: request.planned_private }),
};

/** Every call of the protocol by its path, put to a provider that is loaded when the first of them comes. */
export function providerMethods(load: () => Provider | Promise<Provider>): Map<string, Method> {
  let loaded: Promise<Provider> | undefined;
  const running = new Set<AbortController>();

  async function answer<Of extends Name>(name: Of, encoded: Buffer, call: Call): Promise<Uint8Array> {
    const request = messages[name].request.decode(encoded) as Request<Of>;
    const response = messages[name].response as { encode(value: Response<Of>): Uint8Array };
    if (name === "StopProvider") for (const call of running) call.abort();
    try {
      const provider = await (loaded ??= Promise.resolve().then(load));
      const answered = await answers[name](provider, request, interruptible(call, running));
      return answered instanceof Uint8Array ? answered : response.encode(answered);
    } catch (error) {
      logThrown(`${name} failed`, error);
      return response.encode(failed(name, request, error));
    }
  }

  const names = Object.keys(answers) as Name[];
  return new Map(
    names.map((name) => [`/tfplugin6.Provider/${name}`, (encoded, call) => answer(name, encoded, call)]),
  );
}

/** A call that is aborted with all others that run when people interrupt Terraform. */
function interruptible(call: Call, running: Set<AbortController>): Call {
  return {
    get signal() {
      const interruption = new AbortController();
      running.add(interruption);
      call.whenOver(() => running.delete(interruption));
      return AbortSignal.any([call.signal, interruption.signal]);
    },
    whenOver: (listener) => call.whenOver(listener),
  };
}

function failed<Of extends Name>(name: Of, request: Request<Of>, error: unknown): Response<Of> {
  const diagnostic = diagnosticOf(error);
  if (name === "StopProvider") return { Error: diagnostic.summary } as Response<Of>;
  return { ...unchanged[name]?.(request), ...told({ diagnostics: [diagnostic] }) } as Response<Of>;
}

const NOTHING: Private = new Uint8Array(0);

function told({ diagnostics = [] }: Told): { diagnostics: ReturnType<typeof diagnosticMessage>[] } {
  return { diagnostics: diagnostics.map((diagnostic: Diagnostic) => diagnosticMessage(diagnostic)) };
}

type Encoded = { readonly msgpack?: Uint8Array; readonly json?: Uint8Array } | undefined;

/** No object is a null of Terraform's. */
function value(object: TerraformObject | undefined): { msgpack: Uint8Array } {
  return { msgpack: encodeMsgpack(object ?? null) };
}

function objectOf(encoded: Encoded): TerraformObject | undefined {
  const { msgpack = NOTHING, json = NOTHING } = encoded ?? {};
  const decoded =
    msgpack.length > 0 ? decodeMsgpack(msgpack) : JSON.parse(Buffer.from(json).toString() || "null");
  return (decoded as TerraformObject | null) ?? undefined;
}

/** What Terraform always sends: an object, be it one without values. */
function present(encoded: Encoded): TerraformObject {
  return objectOf(encoded) ?? {};
}

function whereThere<Key extends string>(
  key: Key,
  object: TerraformObject | undefined,
): { [Name in Key]?: TerraformObject } {
  return (object === undefined ? {} : { [key]: object }) as { [Name in Key]?: TerraformObject };
}
