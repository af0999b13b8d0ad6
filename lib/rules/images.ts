import {
  ENTERPRISE_REGISTRY,
  PERSONAL_REGISTRY,
  personalRegistries,
  personalRegistryOf,
} from "../model/image-registry";
import { SERVER_PORT } from "../model/start-file";
import { isEmpty, type Value } from "../model/value";
import type { ModelResource } from "./app-model";
import { boundLayers } from "./bound-layers";
import type { FindingPlace } from "./finding";
import { isImageFunction, isWebFunction } from "./function-type";
import type { Report, Rule } from "./rule";
import { surrounding } from "./surroundings";
import { count, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of functions that run a container image: section 2 of the rules. */

const create = { document: "scf-operation-guide", section: "创建函数" } as const;

export const imageRules: readonly Rule[] = [
  {
    id: "COD-IMG",
    severity: "error",
    statement:
      "an image lies in a registry of the function's region; its entry point is a command, and the arguments stand in one text, separated by spaces",
    source: create,
    fix: "give the image's address as the registry shows it",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (!isImageFunction(resource)) continue;
        const image = imageOf(resource);
        if (
          ["image", "registry", "registryId", "entryPoint", "command", "port"].some((part) =>
            app.hasForeignToken(image[part]),
          )
        ) {
          report(notKnownYet(resource.address, "code"));
        }
        checkAddress(resource, image, report);
        checkRegion(resource, report);
        checkStart(resource, image, report);
        checkPort(resource, image, report);
      }
    },
  },
  {
    id: "LYR-IMG",
    severity: "error",
    statement: "functions that run a container image bind no layers",
    source: { document: "scf-operation-guide", section: "云函数绑定层" },
    fix: "put what the layers hold into the image",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (!isImageFunction(resource)) continue;
        const layers = app.dereference(resource.raw("layers"));
        if (Array.isArray(layers) && layers.length > 0) {
          report({
            message: `the function runs a container image and binds ${count(layers.length, "layer")}`,
            places: [{ address: resource.address }, ...declaredLayers(resource)],
          });
        } else if (app.hasForeignToken(layers)) {
          report(notKnownYet(resource.address, "layers"));
        }
      }
    },
  },
];

function declaredLayers(resource: ModelResource<"scf_function">): FindingPlace[] {
  return (boundLayers(resource) ?? []).flatMap(({ layer }) => (layer ? [{ address: layer.address }] : []));
}

type Image = { readonly [part: string]: Value | undefined };

function imageOf(resource: ModelResource<"scf_function">): Image {
  return resource.app.dereference(resource.raw("code")) as Image;
}

/** `<host>/<namespace>/<name>:<tag>@<digest>`. */
const addressForm = /^([^/\s]+)\/([^\s:@]+)(?::([^\s:@/]+))?(?:@([^\s@]+))?$/;

function checkAddress(resource: ModelResource<"scf_function">, image: Image, report: Report): void {
  const { app } = resource;
  const places = [{ address: resource.address }];
  const registry = app.follow(image["registry"]);
  const registryId = app.follow(image["registryId"]);
  if (registry === "enterprise" && isEmpty(registryId)) {
    report({
      message: "the image is in an enterprise registry, and the registry's id is missing",
      places,
      fix: 'give the id of the registry, "tcr-…"',
    });
  }
  const address = app.follow(image["image"]);
  if (typeof address !== "string") return;
  const [, host, path, tag, digest] = addressForm.exec(address) ?? [];
  if (host === undefined || path === undefined || path.split("/").includes("") || !/[.:]/.test(host)) {
    report({
      message: `${quote(address)} is not the address of an image in a registry`,
      places,
      fix: address.includes("://")
        ? `use ${quote(address.replace(/^\w+:\/\//, ""))}`
        : "give host, namespace, name and tag: `<host>/<namespace>/<name>:<tag>`",
    });
    return;
  }
  if (!path.includes("/")) {
    report({
      message: `the image's address ${quote(address)} has no namespace`,
      places,
      fix: `use \`${host}/<namespace>/${path}:${tag ?? "<tag>"}\``,
    });
    return;
  }
  if (tag === undefined && digest === undefined) {
    report({
      severity: "warning",
      message: `the image's address ${quote(address)} has neither tag nor digest`,
      places,
      fix: `add one, for example ${quote(`${address}:1.0`)}: another tag is how a new image is deployed`,
    });
  }
  if (registry === "personal") checkPersonalRegistry(resource, host, report);
  else if (registry === "enterprise" && host.endsWith(PERSONAL_REGISTRY)) {
    report({
      message: `${host} is a personal registry, and the image is said to be in an enterprise one`,
      places,
      fix: 'use "personal", without a registry id',
    });
  }
}

function checkPersonalRegistry(resource: ModelResource<"scf_function">, host: string, report: Report): void {
  const places = [{ address: resource.address, note: resource.region }];
  const right = personalRegistryOf(resource.region);
  if (host.endsWith(ENTERPRISE_REGISTRY)) {
    report({
      message: `${host} is an enterprise registry, and the image is said to be in a personal one`,
      places,
      fix: 'use "enterprise" with the id of the registry',
    });
  } else {
    const regions = Object.hasOwn(personalRegistries, host) ? personalRegistries[host] : undefined;
    // A registry that is not known here may be any, and serve any region.
    if (!regions || right === undefined || regions.includes(resource.region)) return;
    report({
      message: `the image is in the registry ${host}, which does not serve ${resource.region}, where the function is`,
      places,
      fix: `push the image to ${right}`,
    });
  }
}

function checkRegion(resource: ModelResource<"scf_function">, report: Report): void {
  const region = surrounding(resource, "imageRegion", report);
  if (typeof region !== "string" || region === resource.region) return;
  report({
    message: `the image's registry is in ${region}, and the function in ${resource.region}`,
    places: [{ address: resource.address, note: resource.region }],
    fix: `push the image to a registry in ${resource.region}`,
  });
}

function checkStart(resource: ModelResource<"scf_function">, image: Image, report: Report): void {
  const places = [{ address: resource.address }];
  for (const [part, noun] of [
    ["entryPoint", "entry point"],
    ["command", "command"],
  ] as const) {
    const text = resource.app.follow(image[part]);
    if (typeof text !== "string") continue;
    const list = wordsOfList(text);
    if (list) {
      report({
        message: `the ${noun} ${quote(text)} is a list in JSON, and the platform splits text at spaces`,
        places,
        fix:
          part === "command" || list.length < 2
            ? `use ${quote(list.join(" "))}`
            : `use ${quote(list[0])} as the entry point, and put ${quote(list.slice(1).join(" "))} in front of the command`,
      });
    } else if (/[\r\n\t]/.test(text)) {
      report({
        message: `the ${noun} ${quote(text)} has a line break or tab: arguments are separated by spaces`,
        places,
        fix: `use ${quote(text.trim().split(/\s+/).join(" "))}`,
      });
    } else if (part === "entryPoint" && /^\S+ +-/.test(text.trim())) {
      const [program = "", ...args] = text.trim().split(/ +/);
      report({
        severity: "warning",
        message: `the entry point ${quote(text)} has arguments, which belong into the command`,
        places,
        fix: `use ${quote(program)} as the entry point, and put ${quote(args.join(" "))} in front of the command`,
      });
    }
  }
}

/** The words of `["python", "-u"]`, which is how a Dockerfile has them. */
function wordsOfList(text: string): readonly string[] | undefined {
  if (!/^\s*\[.*\]\s*$/s.test(text)) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === "string")
      ? (list as string[])
      : undefined;
  } catch {
    return undefined;
  }
}

function checkPort(resource: ModelResource<"scf_function">, image: Image, report: Report): void {
  const port = resource.app.follow(image["port"]);
  if (typeof port !== "number") return;
  const places = [{ address: resource.address }];
  if (port === NO_SERVER && isWebFunction(resource)) {
    report({
      message: "a web function's image has no port, and requests need one",
      places,
      fix: `use ${SERVER_PORT}`,
    });
  } else if (port !== NO_SERVER && port !== SERVER_PORT) {
    const exists = Number.isInteger(port) && port >= 1 && port <= LARGEST_PORT;
    report({
      message: exists
        ? `the image listens on port ${port}, and the platform's images listen on ${SERVER_PORT}`
        : `port ${port} does not exist: an image listens on ${SERVER_PORT}, or is no server with ${NO_SERVER}`,
      places,
      fix: `use ${SERVER_PORT}`,
      ...(exists ? { severity: "warning" } : {}),
    });
  }
}

const LARGEST_PORT = 65_535;
/** The port of images that answer by events. */
const NO_SERVER = -1;
