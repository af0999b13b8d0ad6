import { limits } from "../../model/quotas";
import type { FunctionProperties, PlannedImage } from "../../model/resources/function";
import { CONFIGURATION_ROLE } from "../../model/permissions";
import type { Found } from "../../kinds/kind";
import { call, literal, object, type Expression } from "./expression";
import { layerExpression, runtimeExpression } from "./layers";
import { camelCase, constantCase, idOf } from "./names";
import { namespaceExpression } from "./namespaces";
import { functionKey, number, objectsOf, seconds, tagsOf, text, unless, type Writing } from "./writing";

type Properties = Partial<FunctionProperties>;

/** What the constructs have where nothing is said. */
const USUAL = { memory: 128, timeout: 3, initTimeout: 60, imageInitTimeout: 90, port: 9000, owner: 10_000 };

/** Ids below a function that its construct makes by itself. */
const OWN_IDS = ["CurrentVersion", "AsyncInvocation", "ReservedConcurrency", "DefaultAlias"];

export function writeFunctions(writing: Writing): void {
  const asynchronous = new Map(objectsOf(writing, "scf_async_invocation").map((found) => [found.id, found]));
  const reserved = new Map(objectsOf(writing, "scf_reserved_concurrency").map((found) => [found.id, found]));
  for (const found of plainNamesFirst(objectsOf(writing, "scf_function"))) {
    if (found.live.phase === "failed") {
      writing.program.leftOut.push(`function ${found.id}: making it has failed`);
      continue;
    }
    writeFunction(writing, found, asynchronous.get(found.id));
    writeReservation(writing, found, reserved.get(found.id));
  }
}

/** Where two functions have one name, the one in the default namespace is called by it. */
function plainNamesFirst(functions: readonly Found[]): Found[] {
  const isDefault = (found: Found): boolean => text(found, "namespace") === "default";
  return [...functions.filter(isDefault), ...functions.filter((found) => !isDefault(found))];
}

/** An id that nothing else below a function has. */
export function idBelow(writing: Writing, address: string, ...candidates: [string, ...string[]]): string {
  return writing.program.id(address, OWN_IDS, ...candidates);
}

function writeFunction(writing: Writing, found: Found, asynchronous: Found | undefined): void {
  const { program, stack } = writing;
  const properties = found.live.properties as Properties;
  const name = text(found, "functionName");
  const namespace = text(found, "namespace");
  const plain = idOf(name, "function");
  const id = program.id(stack, [], plain, `${idOf(namespace, "namespace")}-${plain}`, `${plain}-function`);
  const camel = camelCase(name, "fn");
  const variable = program.variable(
    camel,
    `${camel}In${upper(camelCase(namespace, "ns"))}`,
    `${camel}Function`,
  );
  const address = `${stack}/${id}`;
  const image = imageOf(properties.code);
  const isWeb = properties.type === "HTTP";
  const given = image ? { code: undefined, comment: [] } : writing.codeOf(`function ${found.id}`, id);
  const props = object(
    {
      name: literal(name),
      namespace: namespace === "default" ? undefined : namespaceExpression(writing, namespace),
      description: unless(properties.description, ""),
      ...(image ? imageFields(image, isWeb) : { ...codeFields(properties, isWeb), code: given.code }),
      memory: unless(properties.memory, USUAL.memory),
      timeout: seconds(properties.timeout, USUAL.timeout),
      initTimeout: seconds(properties.initTimeout, image ? USUAL.imageInitTimeout : USUAL.initTimeout),
      environment: environmentOf(writing, name, properties.environment),
      timeZone: unless(properties.timeZone, ""),
      layers: layersOf(writing, properties.layers),
      role: roleOf(writing, properties.role),
      gpuNode: properties.gpuNode ? call("scf.GpuNode.of", literal(properties.gpuNode)) : undefined,
      dnsCache: unless(properties.dnsCache, false),
      publicAccess: unless(properties.publicAccess, true),
      fixedEgressIp: unless(properties.fixedEgressIp, false),
      vpc: properties.vpc ? call("scf.Vpc.fromAttributes", literal(properties.vpc)) : undefined,
      fileSystems: fileSystemsOf(properties.fileSystems),
      logTopic: properties.logTopic
        ? call("scf.LogTopic.fromAttributes", literal(properties.logTopic))
        : undefined,
      asyncExecution: unless(properties.asyncExecution, false),
      statusTracking: unless(properties.statusTracking, false),
      asyncInvocation: isWeb ? undefined : asynchronousOf(asynchronous),
      deadLetterQueue: deadLetterQueueOf(properties.deadLetterQueue),
      webSocket: properties.webSocket
        ? object({ idleTimeout: seconds(properties.webSocketIdleTimeout) })
        : undefined,
      instanceConcurrency: unless(properties.instanceConcurrency, undefined),
      tags: tagsOf(found),
    },
    { open: true },
  );
  const type = `${isWeb ? "Web" : ""}${image ? "Image" : ""}Function`;
  program.add("Functions", call(`new scf.${type}`, "stack", literal(id), props), {
    variable,
    comment: given.comment,
  });
  program.stands(address, found.id);
  writing.functions.set(found.id, { variable, address, isWeb, found });
  if (!asynchronous) return;
  if (isWeb)
    program.leftOut.push(`asynchronous invocation of the web function ${found.id}: it has no construct`);
  else program.stands(`${address}/AsyncInvocation`, asynchronous.id);
}

function codeFields(properties: Properties, isWeb: boolean): Record<string, Expression | undefined> {
  return {
    runtime: runtimeExpression(properties.runtime ?? ""),
    handler: isWeb ? undefined : literal(properties.handler ?? ""),
  };
}

function imageFields(image: PlannedImage, isWeb: boolean): Record<string, Expression | undefined> {
  const { registry, registryId = "", entryPoint, command, acceleration, port } = image;
  return {
    image:
      registry === "personal"
        ? call("scf.ContainerImage.fromPersonalRegistry", literal(image.image))
        : call("scf.ContainerImage.fromEnterpriseRegistry", literal({ image: image.image, registryId })),
    entryPoint: unless(entryPoint, ""),
    command: unless(command, ""),
    acceleration: unless(acceleration, false),
    port: isWeb ? unless(port, USUAL.port) : undefined,
  };
}

function imageOf(code: Properties["code"]): PlannedImage | undefined {
  return code !== undefined && "image" in code ? code : undefined;
}

/** Nobody can tell a secret from its value: all are read from the environment unless somebody asked for them in clear. */
function environmentOf(
  { program, withEnvironment }: Writing,
  name: string,
  environment: Properties["environment"],
): Expression | undefined {
  const entries = Object.entries(environment ?? {});
  if (entries.length === 0) return undefined;
  return object(
    Object.fromEntries(
      entries.map(([key, value]) => {
        if (withEnvironment) return [key, literal(value)];
        const wanted = constantCase(`${name}_${key}`);
        let variable = wanted;
        for (let number = 2; program.environment.includes(variable); number++)
          variable = `${wanted}_${number}`;
        program.environment.push(variable);
        return [key, call("scf.Secret.fromEnvironment", literal(variable))];
      }),
    ),
  );
}

function layersOf(writing: Writing, layers: Properties["layers"]): Expression | undefined {
  if (!layers || layers.length === 0) return undefined;
  return { items: layers.map(({ name, version }) => layerExpression(writing, name, version)) };
}

function roleOf({ roles }: Writing, role: string | undefined): Expression | undefined {
  if (!role) return undefined;
  if (role === CONFIGURATION_ROLE) return "scf.Role.configuration";
  return roles.get(role)?.variable.use ?? call("scf.Role.fromName", literal(role));
}

function fileSystemsOf(mounts: Properties["fileSystems"]): Expression | undefined {
  if (!mounts || mounts.length === 0) return undefined;
  return {
    items: mounts.map(({ fileSystemId, mountTargetId, localDirectory, remoteDirectory, userId, groupId }) =>
      object({
        fileSystem: call("scf.FileSystem.fromAttributes", literal({ fileSystemId, mountTargetId })),
        localDirectory: literal(localDirectory),
        remoteDirectory: unless(remoteDirectory, "/"),
        userId: unless(userId, USUAL.owner),
        groupId: unless(groupId, USUAL.owner),
      }),
    ),
  };
}

function asynchronousOf(found: Found | undefined): Expression | undefined {
  if (!found) return undefined;
  return object({
    retryAttempts: literal(number(found, "retryAttempts") ?? 0),
    maximumEventAge: seconds(
      number(found, "maximumEventAge"),
      limits.asyncInvocation.eventAgeSeconds.largest,
    ),
  });
}

function deadLetterQueueOf(queue: Properties["deadLetterQueue"]): Expression | undefined {
  if (!queue) return undefined;
  const { type, name, filterType } = queue;
  const more = filterType === undefined ? [] : [literal({ filterType })];
  return call(`scf.DeadLetterQueue.${type}`, literal(name), ...more);
}

function writeReservation(writing: Writing, found: Found, reserved: Found | undefined): void {
  const written = writing.functions.get(functionKey(found));
  if (!reserved || !written) return;
  const megabytes = number(reserved, "reservedMb") ?? 0;
  const concurrency =
    megabytes === 0 ? "scf.Concurrency.none()" : call("scf.Concurrency.megabytes", String(megabytes));
  writing.program.add("Functions", call(`${written.variable.use}.reserveConcurrency`, concurrency));
  writing.program.stands(`${written.address}/ReservedConcurrency`, reserved.id);
}

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
