import { limits } from "../../../model/quotas";
import { refuse, parseJson } from "../context";
import type { Context, Handlers } from "../context";
import { mintId } from "../ids";
import { checkDescription, checkName } from "../names";
import { checkWord } from "../words";
import { bindLayers, boundLayerBytes, checkLayers, checkUncompressed } from "./bound-layers";
import { checkCodeVolume } from "./code-volume";
import {
  changedConfiguration,
  checkConfiguration,
  checkFixedSettings,
  firstConfiguration,
} from "./configuration";
import type { Configuration, FixedSettings } from "./configuration";
import { checkEgressAddresses } from "./egress-addresses";
import { readEnvironment, sealEnvironment } from "./environment";
import { describeFunction, listFunctions } from "./describe-function";
import {
  defaultAlias,
  findFunction,
  findVersion,
  latest,
  latestOf,
  lookUpFunction,
  nameOf,
  namespaceOf,
  requireSettled,
  requireNamespace,
  versionName,
} from "./lookup";
import { functionCodes, readPackage } from "./package";
import type { Package } from "./package";
import { checkHandler, checkHandlerFile, checkRuntime } from "./runtime";
import { checkStartFile } from "./start-file";
import { usualInvocation } from "./async-invocation";
import { deleteFunction, deleteVersion } from "./deletion";
import { publish } from "./publish";

/** RT-NOH: web and image functions have no handler. What a web function from code has instead is its start file. */
function checkEntrance(type: string, configuration: Configuration, code: Package): void {
  const { Runtime: runtime, Handler: handler } = configuration;
  const what = type === "HTTP" ? "web" : configuration.ImageConfig ? "image" : undefined;
  if (!what) {
    checkHandler(runtime, handler);
    checkHandlerFile(runtime, handler, code);
  } else if (handler !== "") {
    refuse("InvalidParameterValue.Handler", `A ${what} function takes no handler`);
  }
  if (type === "HTTP") checkStartFile(runtime, code);
  if (type === "HTTP" && code.image?.ImagePort === -1) {
    refuse("InvalidParameterValue.Port", "The image of a web function is a server: ImagePort is its port");
  }
}

/** FN-NAME, FN-NAMELEN, FN-UNIQUE, QTA-FN. */
function checkPlace(context: Context, namespace: string, name: string): void {
  const { database, region, settings } = context;
  checkName(name, "function", "InvalidParameterValue.FunctionName");
  const length = namespace.length + name.length;
  if (length > limits.namespaceAndFunctionName) {
    refuse(
      "InvalidParameterValue.FunctionName",
      `The names of namespace and function have ${length} characters together; ${limits.namespaceAndFunctionName} at most are allowed`,
    );
  }
  requireNamespace(context, namespace);
  if (lookUpFunction(context, namespace, name)) {
    refuse("ResourceInUse.Function", `The function ${namespace}/${name} exists already in ${region}`);
  }
  const sql = "SELECT functions FROM namespaces WHERE region = ? AND name = ?";
  const used = database.get<{ functions: number }>(sql, region, namespace)?.functions ?? 0;
  const quota = settings.quotas.functionsPerNamespace;
  if (used >= quota) {
    refuse(
      "LimitExceeded.Function",
      `The namespace ${namespace} has ${used} functions; the quota is ${quota}`,
    );
  }
}

function runtimeOf(given: string | undefined, code: Package): string {
  if (code.image) return "CustomImage";
  if (given === undefined || given === "") refuse("MissingParameter.Runtime", "Runtime is missing");
  checkRuntime(given);
  return given;
}

function wantsPublish(publishes: string | undefined): boolean {
  if (publishes === undefined) return false;
  return checkWord(publishes, ["TRUE", "FALSE"], "Publish", "InvalidParameterValue") === "TRUE";
}

export const functions = {
  CreateFunction(context, request) {
    const { database, region, now, settings } = context;
    const namespace = namespaceOf(request);
    checkPlace(context, namespace, request.FunctionName);
    const type = checkWord(request.Type ?? "Event", ["Event", "HTTP"], "Type", "InvalidParameterValue.Type");
    checkDescription(request.Description ?? "", "function");
    const fixed: FixedSettings = {
      AsyncRunEnable: request.AsyncRunEnable ?? "FALSE",
      TraceEnable: request.TraceEnable ?? "FALSE",
      ProtocolType: request.ProtocolType ?? "",
    };
    checkFixedSettings(type, fixed);
    const code = readPackage(context, request.Code, functionCodes);
    const configuration = firstConfiguration(request, runtimeOf(request.Runtime, code), code.image);
    checkEntrance(type, configuration, code);
    checkConfiguration(context, configuration, type, fixed);
    checkEgressAddresses(context, undefined, configuration);
    const environment = readEnvironment(request.Environment ?? {});
    const bound = checkLayers(context, configuration);
    checkUncompressed(code.uncompressedBytes, bound.uncompressedBytes, "InvalidParameterValue.Code");
    checkCodeVolume(context, code.bytes, "InvalidParameterValue.LimitExceeded");

    const invocation = usualInvocation(fixed.AsyncRunEnable === "TRUE");
    const id = database.insert(
      `INSERT INTO functions (region, namespace, name, public_id, type, fixed, tags, retry_attempts, event_age, created)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      region,
      namespace,
      request.FunctionName,
      mintId("lam"),
      type,
      JSON.stringify(fixed),
      JSON.stringify(request.Tags ?? []),
      invocation.retries,
      invocation.age,
      now,
    );
    const version = database.insert(
      `INSERT INTO versions (function, region, number, description, configuration, environment, code_hash,
         code_bytes, uncompressed_bytes, pending, ready_at, created, modified)
       VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, 'Creating', ?, ?, ?)`,
      id,
      region,
      request.Description ?? "",
      JSON.stringify(configuration),
      sealEnvironment(context, environment),
      code.hash,
      code.bytes,
      code.uncompressedBytes,
      now + settings.delayMs,
      now,
      now,
    );
    bindLayers(context, version, bound.ids);
    database.run(
      `INSERT INTO aliases (function, name, version, routing, description, created, modified)
       VALUES (?, ?, 0, '{}', '', ?, ?)`,
      id,
      defaultAlias,
      now,
      now,
    );
    return {};
  },

  UpdateFunctionCode(context, request) {
    const { database, now, settings } = context;
    const fn = findFunction(context, request);
    const current = latestOf(context, fn);
    requireSettled(context, fn, current, "change");
    const publishes = wantsPublish(request.Publish);
    const { ZipFile, CosBucketName, CosObjectName, CosBucketRegion } = request;
    const code = readPackage(
      context,
      request.Code ?? { ZipFile, CosBucketName, CosObjectName, CosBucketRegion },
      functionCodes,
    );
    const before = parseJson<Configuration>(current.configuration);
    if ((before.ImageConfig === undefined) !== (code.image === undefined)) {
      refuse(
        "InvalidParameterValue.Code",
        "A function made from an image keeps being one, and so does one made from code",
      );
    }
    const after: Configuration = {
      ...before,
      Handler: request.Handler ?? before.Handler,
      InstallDependency: request.InstallDependency ?? before.InstallDependency,
      ImageConfig: code.image,
    };
    checkEntrance(fn.type, after, code);
    checkUncompressed(
      code.uncompressedBytes,
      boundLayerBytes(context, current.id),
      "InvalidParameterValue.Code",
    );
    checkCodeVolume(context, code.bytes - current.code_bytes, "InvalidParameterValue.Code");
    database.run(
      `UPDATE versions SET configuration = ?, code_hash = ?, code_bytes = ?, uncompressed_bytes = ?,
         pending = 'Updating', ready_at = ?, failed = NULL, modified = ? WHERE id = ?`,
      JSON.stringify(after),
      code.hash,
      code.bytes,
      code.uncompressedBytes,
      now + settings.delayMs,
      now,
      current.id,
    );
    if (publishes) publish(context, fn, "", now + settings.delayMs);
    return {};
  },

  UpdateFunctionConfiguration(context, request) {
    const { database, now, settings } = context;
    const fn = findFunction(context, request);
    const current = latestOf(context, fn);
    requireSettled(context, fn, current, "change");
    const publishes = wantsPublish(request.Publish);
    const before = parseJson<Configuration>(current.configuration);
    if (request.Runtime !== undefined && request.Runtime !== before.Runtime) {
      refuse(
        "InvalidParameterValue.Runtime",
        `The runtime of ${nameOf(fn)} is ${before.Runtime} and cannot be changed to ${request.Runtime.slice(0, 80)}`,
      );
    }
    if (request.Description !== undefined) {
      checkDescription(request.Description, "function");
    }
    const after = changedConfiguration(before, request);
    const fixed = parseJson<FixedSettings>(fn.fixed);
    checkConfiguration(context, after, fn.type, fixed);
    checkEgressAddresses(context, fn.id, after);
    const environment = request.Environment && readEnvironment(request.Environment);
    if (request.Layers) {
      const bound = checkLayers(context, after);
      checkUncompressed(current.uncompressed_bytes, bound.uncompressedBytes, "InvalidParameterValue.Layers");
      bindLayers(context, current.id, bound.ids);
    }
    database.run(
      `UPDATE versions SET description = ?, configuration = ?, environment = ?, pending = 'Updating',
         ready_at = ?, failed = NULL, modified = ? WHERE id = ?`,
      request.Description ?? current.description,
      JSON.stringify(after),
      environment ? sealEnvironment(context, environment) : current.environment,
      now + settings.delayMs,
      now,
      current.id,
    );
    if (publishes) publish(context, fn, "", now + settings.delayMs);
    return {};
  },

  DeleteFunction(context, request) {
    const fn = findFunction(context, request);
    const { Qualifier: qualifier } = request;
    if (qualifier === undefined || qualifier === "") deleteFunction(context, fn);
    else deleteVersion(context, fn, qualifier);
    return {};
  },

  GetFunction(context, request) {
    if (request.FunctionName === undefined || request.FunctionName === "") {
      refuse("InvalidParameter.FunctionNameOrResourceIdRequired", "FunctionName is missing");
    }
    const fn = findFunction(context, request);
    const version = findVersion(context, fn, request.Qualifier, "ResourceNotFound.Version");
    return describeFunction(context, fn, version, request.Qualifier ?? latest);
  },

  GetFunctionAddress(context, request) {
    const fn = findFunction(context, request);
    const version = findVersion(context, fn, request.Qualifier, "ResourceNotFound.Version");
    const place = `${fn.region}/functions/${fn.namespace}/${fn.name}/${versionName(version.number)}`;
    return { Url: `local://${place}`, CodeSha256: version.code_hash };
  },

  ListFunctions(context, request) {
    return listFunctions(context, request);
  },
} satisfies Partial<Handlers<"scf">>;
