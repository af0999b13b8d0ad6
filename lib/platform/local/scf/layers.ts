import { limits } from "../../../model/quotas";
import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { checkLength, checkName } from "../names";
import { pageRange } from "../paging";
import { layerCodes, readPackage } from "./package";
import { checkRuntime } from "./runtime";

export interface LayerVersionRow {
  readonly id: number;
  readonly number: number;
  readonly description: string;
  readonly license: string;
  readonly runtimes: string;
  readonly tags: string;
  readonly code_hash: string;
  readonly uncompressed_bytes: number;
  readonly ready_at: number;
  readonly failed: string | null;
  readonly gone_at: number | null;
  readonly created: number;
}

interface LayerRow {
  readonly id: number;
  readonly next_version: number;
  readonly versions: number;
}

export function layerStatus(context: Context, version: LayerVersionRow): string {
  if (version.gone_at !== null) return "Deleting";
  return version.ready_at > context.now ? "Publishing" : (version.failed ?? "Active");
}

function lookUpLayer(context: Context, name: string): LayerRow | undefined {
  const sql = "SELECT id, next_version, versions FROM layers WHERE region = ? AND name = ?";
  return context.database.get<LayerRow>(sql, context.region, name);
}

function findLayerVersion(context: Context, name: string, number: number): LayerVersionRow {
  const layer = lookUpLayer(context, name);
  const version =
    layer &&
    context.database.get<LayerVersionRow>(
      "SELECT * FROM layer_versions WHERE layer = ? AND number = ?",
      layer.id,
      number,
    );
  return (
    version ??
    refuse(
      "ResourceNotFound.LayerVersion",
      `Version ${number} of the layer ${name} does not exist in ${context.region}`,
    )
  );
}

function describeVersion(context: Context, name: string, version: LayerVersionRow) {
  return {
    LayerName: name,
    LayerVersion: version.number,
    CompatibleRuntimes: parseJson<string[]>(version.runtimes),
    Description: version.description,
    LicenseInfo: version.license,
    AddTime: formatTime(version.created),
    Status: layerStatus(context, version),
  };
}

function checkRuntimes(runtimes: readonly string[]): void {
  const code = "InvalidParameterValue.CompatibleRuntimes";
  const distinct = new Set(runtimes);
  if (distinct.size !== runtimes.length) refuse(code, "CompatibleRuntimes names a runtime twice");
  if (runtimes.length < 1 || runtimes.length > limits.runtimesPerLayer) {
    refuse(code, `A layer has 1 to ${limits.runtimesPerLayer} compatible runtimes, not ${runtimes.length}`);
  }
  runtimes.forEach(checkRuntime);
}

/** The layer of a name, made on its first version. Quotas: QTA-LYR counts layers with versions, QTA-LYRV those of one. */
function openLayer(context: Context, name: string): LayerRow {
  const { database, region, settings } = context;
  const layer = lookUpLayer(context, name);
  if (!layer || layer.versions === 0) {
    const used =
      database.get<{ layers: number }>("SELECT layers FROM regions WHERE name = ?", region)?.layers ?? 0;
    if (used >= settings.quotas.layers) {
      refuse("LimitExceeded.Layers", `${region} has ${used} layers; the quota is ${settings.quotas.layers}`);
    }
  }
  if (layer && layer.versions >= settings.quotas.versionsPerLayer) {
    refuse(
      "LimitExceeded.LayerVersions",
      `The layer ${name} has ${layer.versions} versions; the quota is ${settings.quotas.versionsPerLayer}`,
    );
  }
  if (layer) return layer;
  const id = database.insert("INSERT INTO layers (region, name) VALUES (?, ?)", region, name);
  return { id, next_version: 1, versions: 0 };
}

export const layers = {
  PublishLayerVersion(context, request) {
    const { database, now } = context;
    checkName(request.LayerName, "layer", "InvalidParameterValue.LayerName");
    checkLength(request.Description ?? "", "layer", "InvalidParameterValue.Description");
    checkRuntimes(request.CompatibleRuntimes);
    const content = readPackage(context, request.Content, layerCodes);
    if (content.image) refuse("InvalidParameterValue.Content", "A layer has no image");
    if (content.uncompressedBytes > limits.uncompressedBytes) {
      refuse(
        "InvalidParameterValue.Content",
        `The layer has ${content.uncompressedBytes} bytes before compression; ${limits.uncompressedBytes} at most are allowed`,
      );
    }
    const layer = openLayer(context, request.LayerName);
    database.run("UPDATE layers SET next_version = next_version + 1 WHERE id = ?", layer.id);
    database.run(
      `INSERT INTO layer_versions
         (layer, number, description, license, runtimes, tags, code_hash, uncompressed_bytes, ready_at, created)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      layer.id,
      layer.next_version,
      request.Description ?? "",
      request.LicenseInfo ?? "",
      JSON.stringify(request.CompatibleRuntimes),
      JSON.stringify(request.Tags ?? []),
      content.hash,
      content.uncompressedBytes,
      now + context.settings.delayMs,
      now,
    );
    return { LayerVersion: layer.next_version };
  },

  GetLayerVersion(context, request) {
    const version = findLayerVersion(context, request.LayerName, request.LayerVersion);
    return {
      ...describeVersion(context, request.LayerName, version),
      CodeSha256: version.code_hash,
      Location: `local://${context.region}/layers/${request.LayerName}/${version.number}`,
    };
  },

  DeleteLayerVersion(context, request) {
    const { database, now, settings } = context;
    const version = findLayerVersion(context, request.LayerName, request.LayerVersion);
    const name = `Version ${version.number} of the layer ${request.LayerName}`;
    const status = layerStatus(context, version);
    if (status !== "Active" && status !== version.failed)
      refuse("FailedOperation.OperationConflict", `${name} is ${status}`);
    const user = database.get<{ namespace: string; name: string; number: number }>(
      `SELECT namespace, name, number FROM bound_layers
       JOIN versions ON versions.id = version JOIN functions ON functions.id = versions.function
       WHERE layer_version = ? LIMIT 1`,
      version.id,
    );
    if (user) {
      const of = user.number === 0 ? "" : `, version ${user.number}`;
      refuse(
        "ResourceInUse.LayerVersion",
        `${name} is bound by the function ${user.namespace}/${user.name}${of}`,
      );
    }
    if (settings.delayMs > 0) {
      database.run("UPDATE layer_versions SET gone_at = ? WHERE id = ?", now + settings.delayMs, version.id);
    } else {
      database.run("DELETE FROM layer_versions WHERE id = ?", version.id);
    }
    return {};
  },

  ListLayerVersions(context, request) {
    const layer = lookUpLayer(context, request.LayerName);
    if (!layer || layer.versions === 0) {
      refuse("ResourceNotFound.Layer", `The layer ${request.LayerName} does not exist in ${context.region}`);
    }
    const wanted = new Set(request.CompatibleRuntime ?? []);
    const versions = context.database
      .all<LayerVersionRow>("SELECT * FROM layer_versions WHERE layer = ? ORDER BY number DESC", layer.id)
      .map((version) => describeVersion(context, request.LayerName, version))
      .filter(
        (version) => wanted.size === 0 || version.CompatibleRuntimes.some((runtime) => wanted.has(runtime)),
      );
    return { LayerVersions: versions };
  },

  ListLayers(context, request) {
    const rows = context.database
      .all<LayerVersionRow & { name: string }>(
        `SELECT layer_versions.*, layers.name AS name FROM layers
         JOIN layer_versions ON layer_versions.layer = layers.id
         WHERE layers.region = ? AND layer_versions.number =
           (SELECT max(number) FROM layer_versions AS newest WHERE newest.layer = layers.id)
         ORDER BY layers.name`,
        context.region,
      )
      .filter((row) => row.name.includes(request.SearchKey ?? ""))
      .map((row) => describeVersion(context, row.name, row))
      .filter(
        (row) =>
          request.CompatibleRuntime === undefined ||
          row.CompatibleRuntimes.includes(request.CompatibleRuntime),
      );
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue");
    return { TotalCount: rows.length, Layers: rows.slice(range.offset, range.offset + range.limit) };
  },
} satisfies Partial<Handlers<"scf">>;
