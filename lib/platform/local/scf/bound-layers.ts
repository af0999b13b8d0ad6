import { limits } from "../../../model/quotas";
import { formatTime, parseJson, refuse } from "../context";
import type { Context } from "../context";
import type { Configuration } from "./configuration";
import { layerStatus } from "./layers";
import type { LayerVersionRow } from "./layers";

interface Bound {
  readonly ids: readonly number[];
  readonly uncompressedBytes: number;
}

/** LYR-BIND, LYR-MATCH, LYR-IMG: the layer versions that a configuration names, in order. */
export function checkLayers(context: Context, configuration: Configuration): Bound {
  const code = "InvalidParameterValue.Layers";
  const { Layers: layers, Runtime: runtime } = configuration;
  if (layers.length === 0) return { ids: [], uncompressedBytes: 0 };
  if (configuration.ImageConfig) refuse(code, "Image functions bind no layers");
  if (layers.length > limits.layersPerFunction) {
    refuse(code, `${layers.length} layers are bound; ${limits.layersPerFunction} at most are allowed`);
  }
  const names = new Set<string>();
  const ids: number[] = [];
  let uncompressedBytes = 0;
  for (const { LayerName: name, LayerVersion: number } of layers) {
    if (names.has(name)) refuse(code, `The layer ${name} is bound twice`);
    names.add(name);
    const version = lookUpLayerVersion(context, name, number);
    if (!version) {
      refuse(
        "ResourceNotFound.Layer",
        `Version ${number} of the layer ${name} does not exist in ${context.region}`,
      );
    }
    const status = layerStatus(context, version);
    if (status !== "Active") refuse(code, `Version ${number} of the layer ${name} is ${status}, not Active`);
    const runtimes = parseJson<string[]>(version.runtimes);
    if (!runtimes.includes(runtime)) {
      refuse(code, `The layer ${name} is for ${runtimes.join(", ")}; the function's runtime is ${runtime}`);
    }
    ids.push(version.id);
    uncompressedBytes += version.uncompressed_bytes;
  }
  return { ids, uncompressedBytes };
}

/** COD-SIZE. */
export function checkUncompressed(codeBytes: number, layerBytes: number, code: string): void {
  const total = codeBytes + layerBytes;
  if (total <= limits.uncompressedBytes) return;
  refuse(
    code,
    `Code and layers have ${total} bytes before compression; ${limits.uncompressedBytes} at most are allowed`,
  );
}

export function boundLayerBytes(context: Context, version: number): number {
  const found = context.database.get<{ bytes: number | null }>(
    `SELECT sum(uncompressed_bytes) AS bytes FROM bound_layers
     JOIN layer_versions ON layer_versions.id = layer_version WHERE version = ?`,
    version,
  );
  return found?.bytes ?? 0;
}

export function bindLayers(context: Context, version: number, ids: readonly number[]): void {
  context.database.run("DELETE FROM bound_layers WHERE version = ?", version);
  ids.forEach((id, position) => {
    context.database.run(
      "INSERT INTO bound_layers (version, position, layer_version) VALUES (?, ?, ?)",
      version,
      position,
      id,
    );
  });
}

export function copyBoundLayers(context: Context, from: number, to: number): void {
  context.database.run(
    `INSERT INTO bound_layers (version, position, layer_version)
     SELECT ?, position, layer_version FROM bound_layers WHERE version = ?`,
    to,
    from,
  );
}

/** Layers as GetFunction shows them. */
export function describeLayers(context: Context, version: number): object[] {
  return context.database
    .all<LayerVersionRow & { name: string }>(
      `SELECT layer_versions.*, layers.name AS name FROM bound_layers
       JOIN layer_versions ON layer_versions.id = layer_version
       JOIN layers ON layers.id = layer_versions.layer
       WHERE version = ? ORDER BY position`,
      version,
    )
    .map((row) => ({
      LayerName: row.name,
      LayerVersion: row.number,
      CompatibleRuntimes: parseJson<string[]>(row.runtimes),
      Description: row.description,
      LicenseInfo: row.license,
      AddTime: formatTime(row.created),
      Status: layerStatus(context, row),
    }));
}

function lookUpLayerVersion(context: Context, name: string, number: number): LayerVersionRow | undefined {
  return context.database.get<LayerVersionRow>(
    `SELECT layer_versions.* FROM layers JOIN layer_versions ON layer_versions.layer = layers.id
     WHERE layers.region = ? AND layers.name = ? AND layer_versions.number = ?`,
    context.region,
    name,
    number,
  );
}
