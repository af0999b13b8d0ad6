import { limits } from "../model/quotas";
import { runtimeFacts } from "../model/runtime";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { boundLayers, type BoundLayer } from "./bound-layers";
import { codePart, codeSizes, packageOf, pathsIn, rawCodePart } from "./code";
import { isEventFunction } from "./function-type";
import { perValue } from "./per-value";
import type { Rule } from "./rule";
import { bytes, bytesOver, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of code packages: section 2 of the rules. */

const packaging = { document: "scf-operation-guide", section: "打包要求" } as const;

const noLayers: readonly BoundLayer[] = [];

export const packageRules: readonly Rule[] = [
  {
    id: "COD-ZIP",
    severity: "error",
    statement: "a package holds files, and they lie at its root and not inside one folder",
    source: packaging,
    fix: "package the files of the folder instead of the folder",
    check(app, report) {
      for (const resource of withCode(app)) {
        const contents = packageOf(resource);
        if (!contents) continue;
        const file =
          resource.is("scf_function") && isEventFunction(resource) ? handlerFile(resource) : undefined;
        if (file !== undefined && pathsIn(contents).has(file)) continue;
        const places = [{ address: resource.address }];
        const files = contents.entries.filter(({ path }) => !path.endsWith("/"));
        if (files.length === 0) {
          report({
            message: "the package holds no files",
            places,
            fix: "name the folder that holds the code, and look whether everything in it is excluded",
          });
          continue;
        }
        if (file === undefined) continue;
        const wrapped = files.find(({ path }) => path.endsWith(`/${file}`) && path.split("/").length === 2);
        if (!wrapped) continue;
        const folder = wrapped.path.slice(0, -file.length - 1);
        report({
          severity: "warning",
          message: `the handler's file ${file} is inside the folder ${quote(folder)} of the package and not at its root`,
          places,
          fix: `package the files of ${quote(folder)} instead of the folder`,
        });
      }
    },
  },
  {
    id: "COD-SIZE",
    severity: "error",
    statement: "the code of a function and its layers is at most 500 MB before compression",
    source: { document: "scf-operation-guide", section: "配额限制说明" },
    fix: "remove what the function does not need from its package or its layers",
    check(app, report) {
      // At most: one that is bound twice counts twice.
      const layerBytes = perValue((layers: readonly BoundLayer[]): number =>
        layers.reduce((sum, { layer }) => sum + ((layer && codeSizes(layer)?.uncompressedBytes) ?? 0), 0),
      );
      for (const resource of app.ofKind("scf_function")) {
        const own = codeSizes(resource)?.uncompressedBytes ?? 0;
        if (own <= limits.uncompressedBytes && resource.raw("layers") === undefined) continue;
        const bound = boundLayers(resource) ?? noLayers;
        if (own + layerBytes(bound) <= limits.uncompressedBytes) continue;
        const layers = new Map<string, number>();
        let total = own;
        for (const { layer } of bound) {
          const size = layer && codeSizes(layer)?.uncompressedBytes;
          if (!layer || size === undefined || layers.has(layer.address)) continue;
          layers.set(layer.address, size);
          total += size;
        }
        if (total <= limits.uncompressedBytes) continue;
        report({
          message: `the code ${layers.size > 0 ? "and its layers take" : "takes"} ${bytesOver(total, limits.uncompressedBytes)} before compression; ${bytes(limits.uncompressedBytes)} are allowed`,
          places: [
            { address: resource.address, note: bytes(own) },
            ...[...layers].map(([address, size]) => ({ address, note: bytes(size) })),
          ],
        });
      }
    },
  },
  {
    id: "COD-UP",
    severity: "error",
    statement: "a ZIP that is uploaded directly has at most 50 MB",
    source: { document: "scf-operation-guide", section: "创建函数" },
    fix: "put the ZIP into a bucket of the function's region and give bucket and object as the code",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const size = codeSizes(resource)?.zipBytes ?? 0;
        if (size <= limits.uploadBytes) continue;
        report({
          message: `the ZIP has ${bytesOver(size, limits.uploadBytes)}; ${bytes(limits.uploadBytes)} are allowed for direct upload`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "COD-CALL",
    // The documents allow 50 MB: it is the API's own limit, which the local platform has over HTTP only.
    severity: "warning",
    statement: `a ZIP that is sent inside a call has at most ${bytes(limits.callBytes)}`,
    source: { document: "api", section: "TC3 request body 10 MB" },
    fix: "put the ZIP into a bucket of the region and use `Code.fromBucket`",
    check(app, report) {
      for (const resource of withCode(app)) {
        const size = codeSizes(resource)?.zipBytes ?? 0;
        // A ZIP that is too large for any upload is COD-UP's and LYR-ZIP's business.
        if (size <= limits.callBytes || size > limits.uploadBytes) continue;
        report({
          message: `the ZIP has ${bytesOver(size, limits.callBytes)}; a call to the cloud carries at most ${bytes(limits.callBytes)}, so that it refuses the deploy`,
          places: [{ address: resource.address }],
          fix: `put the ZIP into a bucket of ${resource.region} and use \`Code.fromBucket\``,
        });
      }
    },
  },
  {
    id: "COD-COS",
    severity: "error",
    statement: "code in object storage lies in a bucket of the function's region",
    source: { document: "scf-operation-guide", section: "创建函数" },
    fix: "copy the object into a bucket of the region that the code is used in",
    check(app, report) {
      for (const resource of withCode(app)) {
        const region = codePart(resource, "region");
        if (region === UNKNOWN && app.hasForeignToken(rawCodePart(resource, "region"))) {
          report(notKnownYet(resource.address, "code"));
        }
        for (const part of ["bucket", "object"] as const) {
          if (codePart(resource, part) !== "") continue;
          report({
            message: `the code is in object storage, and its ${part} is empty`,
            places: [{ address: resource.address }],
            fix: `give the name of the ${part}`,
          });
        }
        if (typeof region !== "string" || region === resource.region) continue;
        const bucket = codePart(resource, "bucket");
        report({
          message: `the code's bucket${typeof bucket === "string" ? ` ${quote(bucket)}` : ""} is in ${region}, and the ${
            resource.is("scf_layer") ? "layer" : "function"
          } in ${resource.region}`,
          places: [{ address: resource.address, note: resource.region }],
          fix: `use a bucket in ${resource.region}`,
        });
      }
    },
  },
];

type WithCode = ModelResource<"scf_function"> | ModelResource<"scf_layer">;

function withCode(app: AppModel): readonly WithCode[] {
  return [...app.ofKind("scf_function"), ...app.ofKind("scf_layer")];
}

/** The file that the handler names, where the name of a file can be told from it. */
function handlerFile(resource: ModelResource<"scf_function">): string | undefined {
  const runtime: unknown = resource.get("runtime");
  const handler: unknown = resource.get("handler");
  if (typeof runtime !== "string" || typeof handler !== "string") return undefined;
  const facts = runtimeFacts(runtime);
  if (facts?.handlerForm === "file") return handler;
  if (facts?.handlerForm !== "file.function" || facts.extension === undefined) return undefined;
  return handler.includes(".") ? `${handler.slice(0, handler.indexOf("."))}${facts.extension}` : undefined;
}
