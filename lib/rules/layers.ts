import { limits } from "../model/quotas";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { boundLayers, type BoundLayer } from "./bound-layers";
import { assetHash, codeSizes } from "./code";
import { markedDescriptionProblem } from "./description-form";
import { isImageFunction } from "./function-type";
import { nameProblem } from "./name-form";
import { otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import { perValue } from "./per-value";
import type { Rule } from "./rule";
import { bytes, bytesOver, count, listed, quote } from "./text";
import { eachText, eachValue, notKnownYet } from "./unchecked";

/** Restrictions of layers: section 4 of the rules. */

const create = { document: "scf-operation-guide", section: "创建层" } as const;
const bind = { document: "scf-operation-guide", section: "云函数绑定层" } as const;

export const layerRules: readonly Rule[] = [
  {
    id: "LYR-NAME",
    severity: "error",
    statement:
      "a layer's name has 2–60 letters, digits, `_` and `-`, begins with a letter and ends with a letter or digit",
    source: create,
    fix: "choose another name",
    check(app, report) {
      eachText(app, report, "scf_layer", "layerName", (name, { address }) => {
        const problem = nameProblem("layer name", name);
        if (problem) report({ ...problem, places: [{ address }] });
      });
    },
  },
  {
    id: "LYR-RT",
    severity: "error",
    statement: "a layer lists 1–5 compatible runtimes",
    source: create,
    fix: "list the runtimes of the functions that bind the layer",
    check(app, report) {
      eachValue(app, report, "scf_layer", "compatibleRuntimes", (runtimes, { address }) => {
        if (!Array.isArray(runtimes)) return;
        const twice = (runtimes as readonly unknown[]).find((name, index) => runtimes.indexOf(name) < index);
        if (typeof twice === "string") {
          report({
            message: `the layer lists ${twice} twice`,
            places: [{ address }],
            fix: "list each runtime once",
          });
        }
        if (runtimes.length >= 1 && runtimes.length <= limits.runtimesPerLayer) return;
        report({
          message: `the layer lists ${runtimes.length === 0 ? "no compatible runtime" : count(runtimes.length, "compatible runtime")}: 1 to ${limits.runtimesPerLayer} are allowed`,
          places: [{ address }],
          ...(runtimes.length > limits.runtimesPerLayer
            ? { fix: "split the layer by language, or leave runtimes out that no function uses" }
            : {}),
        });
      });
    },
  },
  {
    id: "LYR-MATCH",
    severity: "error",
    statement: "a bound layer lists the function's runtime among its compatible ones",
    source: bind,
    fix: "add the function's runtime to the layer's compatible runtimes, or bind another layer",
    check(app, report) {
      const layersOf = perValue((bound: readonly BoundLayer[] | undefined) => new Set(declaredLayers(bound)));
      for (const resource of app.ofKind("scf_function")) {
        const runtime: unknown = resource.get("runtime");
        // LYR-IMG says that images bind no layers at all.
        if (typeof runtime !== "string" || isImageFunction(resource)) continue;
        for (const layer of layersOf(boundLayers(resource))) {
          const compatible: unknown = layer.get("compatibleRuntimes");
          if (!Array.isArray(compatible) || compatible.includes(runtime)) continue;
          report({
            message: `the layer is not made for the function's runtime ${runtime}`,
            places: [
              { address: resource.address, note: runtime },
              { address: layer.address, note: listed(compatible.map(String)) || "no runtime" },
            ],
          });
        }
      }
    },
  },
  {
    id: "LYR-BIND",
    severity: "error",
    statement: "a function binds at most 5 layers of its region, each of them once",
    source: { document: "scf-operation-guide", section: "配额限制说明" },
    fix: "merge layers, or put their files into the function's package",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const layers = boundLayers(resource);
        if (!layers) {
          if (resource.get("layers") === UNKNOWN && app.hasForeignToken(resource.raw("layers"))) {
            report(notKnownYet(resource.address, "layers"));
          }
          continue;
        }
        if (layers.length > limits.layersPerFunction) {
          report({
            message: `the function binds ${count(layers.length, "layer")}; ${limits.layersPerFunction} are allowed`,
            places: [{ address: resource.address }],
          });
        }
        for (const { layer } of layers) {
          const problem = otherRegion(resource, { own: "function", other: "layer" }, layer);
          if (problem) report(problem);
        }
        if (layers.length < 2) continue;
        for (const same of groupBy(layers, ({ identity }) => identity).values()) {
          const first = same[0];
          if (!first || same.length < 2) continue;
          const declared = groupBy(
            same.flatMap(({ layer }) => (layer ? [layer] : [])),
            ({ address }) => address,
          );
          report({
            message: `the function binds ${first.name === undefined ? "a layer" : `layer ${quote(first.name)}`} ${
              same.length === 2 ? "twice" : `${same.length} times`
            }`,
            places: [{ address: resource.address }, ...[...declared.keys()].map((address) => ({ address }))],
            fix: "bind the layer once, with the version that the function needs",
          });
        }
      }
    },
  },
  {
    id: "LYR-ORDER",
    severity: "warning",
    statement:
      "layers merge into `/opt` in their order, and of two that carry the same file the later one wins",
    source: { document: "scf-operation-guide", section: "层管理概述" },
    fix: "check that the later layer's files are the ones meant, then acknowledge this warning; or remove the files from one of the two",
    check(app, report) {
      const overlapOf = overlaps(app);
      const layersOf = perValue(declaredLayers);
      for (const resource of app.ofKind("scf_function")) {
        const layers = layersOf(boundLayers(resource));
        // More of them are an error of their own, and every pair would be compared.
        if (layers.length < 2 || layers.length > limits.layersPerFunction) continue;
        for (const [position, earlier] of layers.entries()) {
          for (const later of layers.slice(position + 1)) {
            const overlap = earlier.address === later.address ? undefined : overlapOf(earlier, later);
            if (!overlap || overlap.files === 0) continue;
            report({
              message: `two bound layers carry ${
                overlap.files === 1
                  ? `the file ${overlap.example}`
                  : `${count(overlap.files, "file")} of the same path, ${overlap.example} for one`
              }`,
              places: [
                { address: resource.address },
                { address: earlier.address, note: "earlier, hidden" },
                { address: later.address, note: "later, wins" },
              ],
            });
          }
        }
      }
    },
  },
  {
    id: "LYR-ZIP",
    severity: "error",
    statement:
      "a layer's ZIP has at most 50 MB when it is uploaded directly, and its description at most 1000 characters",
    source: create,
    fix: "put the ZIP into a bucket of the layer's region and give bucket and object as the code",
    check(app, report) {
      for (const resource of app.ofKind("scf_layer")) {
        const size = codeSizes(resource)?.zipBytes ?? 0;
        if (size <= limits.uploadBytes) continue;
        report({
          message: `the ZIP has ${bytesOver(size, limits.uploadBytes)}; ${bytes(limits.uploadBytes)} are allowed for direct upload`,
          places: [{ address: resource.address }],
        });
      }
      eachText(app, report, "scf_layer", "description", (text, { address }) => {
        const problem = markedDescriptionProblem("description of the layer", text);
        if (!problem) return;
        report({
          ...problem,
          places: [{ address }],
        });
      });
    },
  },
];

function declaredLayers(bound: readonly BoundLayer[] | undefined): readonly ModelResource<"scf_layer">[] {
  return bound === undefined ? [] : bound.flatMap(({ layer }) => (layer ? [layer] : []));
}

interface Overlap {
  readonly files: number;
  readonly example: string;
}

/** Compares two layers' packages; many functions bind the same pair, so that each pair is compared once. */
function overlaps(
  app: AppModel,
): (earlier: ModelResource<"scf_layer">, later: ModelResource<"scf_layer">) => Overlap | undefined {
  const paths = new Map<string, ReadonlySet<string>>();
  const pairs = new Map<string, Overlap>();
  const pathsOf = (hash: string): ReadonlySet<string> | undefined => {
    const known = paths.get(hash);
    if (known) return known;
    const contents = app.packages.get(hash);
    if (!contents) return undefined;
    const opened = new Set(contents.entries.map(({ path }) => path).filter((path) => !path.endsWith("/")));
    paths.set(hash, opened);
    return opened;
  };
  return (earlier, later) => {
    const hashes = [assetHash(earlier), assetHash(later)].flatMap((hash) => hash ?? []).sort();
    const [left, right] = hashes;
    if (left === undefined || right === undefined) return undefined;
    const key = `${left} ${right}`;
    const known = pairs.get(key);
    if (known) return known;
    const [leftPaths, rightPaths] = [pathsOf(left), pathsOf(right)];
    if (!leftPaths || !rightPaths) return undefined;
    const shared = [...leftPaths].filter((path) => rightPaths.has(path)).sort();
    const overlap = { files: shared.length, example: shared[0] ?? "" };
    pairs.set(key, overlap);
    return overlap;
  };
}
