import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import {
  ENTERPRISE_REGISTRY,
  PERSONAL_REGISTRY,
  personalRegistries,
  personalRegistryOf,
} from "../../../model/image-registry";
import { limits } from "../../../model/quotas";
import type { Request } from "../../api";
import { refuse } from "../context";
import type { Context } from "../context";
import { checkWord } from "../words";

type CodeInput = Request<"scf", "CreateFunction">["Code"];
export type ImageConfig = NonNullable<CodeInput["ImageConfig"]>;

/** What the platform keeps of code: never the code itself. */
export interface Package {
  readonly hash: string;
  readonly bytes: number;
  readonly uncompressedBytes: number;
  /** Paths in the archive; absent when the code lies in a bucket or a registry, which this platform does not have. */
  readonly paths?: ReadonlySet<string>;
  /** The archive itself, for the checks of the call that carries it. */
  readonly archive?: Buffer;
  readonly image?: ImageConfig;
}

/** Codes that differ between functions and layers. */
export interface PackageCodes {
  readonly absent: string;
  readonly archive: string;
  readonly size: string;
}

export const functionCodes: PackageCodes = {
  absent: "InvalidParameterValue.Code",
  archive: "InvalidParameterValue.ZipFile",
  size: "InvalidParameterValue.Code",
};

export const layerCodes: PackageCodes = {
  absent: "InvalidParameterValue.Content",
  archive: "InvalidParameterValue.Content",
  size: "InvalidParameterValue.Content",
};

/** Reads where code comes from: exactly one of an archive in the call, an object in a bucket, an image. */
export function readPackage(context: Context, code: CodeInput, codes: PackageCodes): Package {
  const sources = [
    code.ZipFile !== undefined && "ZipFile",
    (code.CosBucketName !== undefined || code.CosObjectName !== undefined) &&
      "CosBucketName and CosObjectName",
    code.ImageConfig !== undefined && "ImageConfig",
  ].filter((source) => source !== false);
  if (sources.length !== 1) {
    const given = sources.length === 0 ? "none" : sources.join(" as well as ");
    refuse(
      codes.absent,
      `Code comes from ZipFile, from CosBucketName and CosObjectName, or from ImageConfig: ${given} is given`,
    );
  }
  if (code.ZipFile !== undefined) return readArchive(code.ZipFile, codes);
  if (code.ImageConfig !== undefined) return readImage(context, code.ImageConfig);
  return readObject(context, code);
}

function readArchive(encoded: string, codes: PackageCodes): Package {
  const archive = Buffer.from(encoded, "base64");
  const padding = encoded.endsWith("==") ? 2 : encoded.endsWith("=") ? 1 : 0;
  // Node skips what is not base64, so that something is missing then.
  if (encoded.length % 4 !== 0 || archive.length !== (encoded.length / 4) * 3 - padding) {
    refuse("InvalidParameterValue.ZipFileBase64BinasciiError", "ZipFile is not base64");
  }
  if (archive.length > limits.uploadBytes) {
    refuse(
      codes.archive,
      `The archive has ${archive.length} bytes; ${limits.uploadBytes} at most can be uploaded directly, larger ones go through a bucket`,
    );
  }
  const paths = new Set<string>();
  let uncompressedBytes = 0;
  try {
    // Refusing every file leaves it at reading the directory of the archive.
    unzipSync(archive, {
      filter(file) {
        if (!file.name.endsWith("/")) paths.add(file.name);
        uncompressedBytes += file.originalSize;
        return false;
      },
    });
  } catch {
    refuse(codes.archive, "ZipFile is not a readable ZIP archive");
  }
  return {
    hash: createHash("sha256").update(archive).digest("hex"),
    bytes: archive.length,
    uncompressedBytes,
    paths,
    archive,
  };
}

/** The object itself is out of reach: its name stands in for its content, and its size counts as nothing. */
function readObject(context: Context, code: CodeInput): Package {
  const bucket = code.CosBucketName ?? "";
  const object = code.CosObjectName ?? "";
  if (bucket === "") refuse("InvalidParameterValue.CosBucketName", "CosObjectName needs CosBucketName");
  if (object === "") refuse("InvalidParameterValue.CosObjectName", "CosBucketName needs CosObjectName");
  const region = code.CosBucketRegion ?? context.region;
  if (region !== context.region) {
    refuse(
      "InvalidParameterValue.CosBucketRegion",
      `The bucket is in ${region}; code comes from a bucket in ${context.region}, where it runs`,
    );
  }
  const name = `${bucket}/${object.replace(/^\/+/, "")}`;
  return { hash: createHash("sha256").update(name).digest("hex"), bytes: 0, uncompressedBytes: 0 };
}

/** COD-IMG. Where an enterprise registry is cannot be told from an image's name. */
function readImage(context: Context, image: ImageConfig): Package {
  const { ImageType: type, ImageUri: name } = image;
  checkWord(type, ["personal", "enterprise"], "ImageType", "InvalidParameterValue.ImageType");
  checkImageUri(context, name, type);
  for (const [part, text] of Object.entries({
    EntryPoint: image.EntryPoint,
    Command: image.Command,
    Args: image.Args,
  })) {
    if (text !== undefined && (/[\r\n\t]/.test(text) || isListOfTexts(text))) {
      refuse(`InvalidParameterValue.${part}`, `${part} is text whose words are separated by spaces`);
    }
  }
  if (type === "enterprise" && !image.RegistryId) {
    refuse("InvalidParameterValue.RegistryId", "An image of an enterprise registry needs RegistryId");
  }
  const port = image.ImagePort;
  // -1 is the API's word for images that run a job and serve nothing.
  if (port !== undefined && port !== -1 && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    refuse("InvalidParameterValue.Port", `ImagePort is a port from 1 to 65535, or -1; it is ${port}`);
  }
  const hash = createHash("sha256").update(name).digest("hex");
  return { hash, bytes: 0, uncompressedBytes: 0, image };
}

function checkImageUri(context: Context, name: string, type: string): void {
  const code = "InvalidParameterValue.ImageUri";
  const [host = "", ...path] = name.split("/");
  const last = path.pop() ?? "";
  const isForm =
    /^[^\s/]*[.:][^\s/]*$/.test(host) &&
    path.length > 0 &&
    path.every((part) => /^[^\s:@]+$/.test(part)) &&
    /^[^\s:@]+(:[^\s:@]+)?(@[^\s@]+)?$/.test(last);
  if (!isForm) refuse(code, "ImageUri has the form <registry>/<namespace>/<name>:<tag>");
  if (type === "enterprise" ? host.endsWith(PERSONAL_REGISTRY) : host.endsWith(ENTERPRISE_REGISTRY)) {
    refuse("InvalidParameterValue.ImageType", `${host} is no ${type} registry`);
  }
  const served = Object.hasOwn(personalRegistries, host) ? personalRegistries[host] : undefined;
  if (type !== "personal" || !served || served.includes(context.region)) return;
  const own = personalRegistryOf(context.region);
  if (own !== undefined) refuse(code, `${host} does not serve ${context.region}; ${own} does`);
}

/** `["python", "-u"]`, as in a Dockerfile. */
function isListOfTexts(text: string): boolean {
  if (!/^\s*\[/.test(text)) return false;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((word) => typeof word === "string");
  } catch {
    return false;
  }
}
