import { join } from "path";
import { decodeChecked, encodeChecked, fitsChecksum } from "./checked-json";
import { replaceDurably } from "./durable-file";
import { STATE_FORMAT, STATE_VERSION } from "./state";
import { HEAD_FILE } from "./state-files";
import { refuseNewer } from "./state-version";
import { toolVersion } from "./tool-version";

/**
 * What `state.json` says. Without it a journal that went missing would look like one that never was, and a tool that is
 * too old would take a folder of files that it does not know for an empty one.
 */
export interface Head {
  readonly stack: string;
  /** Of the newest journal that was begun. */
  readonly epoch: number;
}

export function writeHead(directory: string, { stack, epoch }: Head): void {
  const content = { format: STATE_FORMAT, formatVersion: STATE_VERSION, tool: toolVersion(), stack, epoch };
  replaceDurably(join(directory, HEAD_FILE), encodeChecked(content));
}

/**
 * @throws ScfError `STATE_VERSION` when a newer tool wrote it
 * @returns what it says, `legacy` when it is a whole snapshot as format 1 had them, or what is wrong with it
 */
export function decodeHead(bytes: Buffer, path: string): Head | "legacy" | { readonly damage: string } {
  const content = decodeChecked(bytes);
  if (typeof content === "string") return { damage: content };
  if (content["format"] !== STATE_FORMAT) return { damage: "it is not a state of cdktf-scf" };
  refuseNewer(path, content["formatVersion"], content["tool"]);
  if (!fitsChecksum(bytes)) return { damage: "its content does not fit its checksum" };
  if (content["formatVersion"] === 1) return "legacy";
  return { stack: content["stack"] as string, epoch: content["epoch"] as number };
}
