import { CodePackage } from "./package";

/** Packages one text as one file. */
export function packageText(path: string, text: string): CodePackage {
  const content = Buffer.from(text, "utf8");
  return new CodePackage([{ path, bytes: content.byteLength, executable: false, content }]);
}
