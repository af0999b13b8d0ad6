import * as path from "node:path";
import type { IConstruct } from "constructs";
import type { SourceLocation } from "../rules/finding";
import { ResourceElement } from "./resource-element";
import { locationOf, nearestFrame } from "./source-location";

/** Where a running function was called from; looked up only when somebody asks, and then once. */
export function placeOfCall(running: unknown): () => SourceLocation | undefined {
  const frame = nearestFrame(running);
  let known: { readonly location: SourceLocation | undefined } | undefined;
  return () => (known ??= { location: locationOf(frame) }).location;
}

/** Where the program made a construct, or the first resource of it; undefined when it has none. */
export function placeOfConstruct(construct: IConstruct): SourceLocation | undefined {
  for (const each of construct.node.findAll()) {
    const element = ResourceElement.of(each);
    if (element) return element.locate();
  }
  return undefined;
}

/** ` at org.ts:12`, relative to where the program runs; nothing where the place is not known. */
export function placeText(location: SourceLocation | undefined): string {
  if (!location) return "";
  const file = path.relative(process.cwd(), location.file).split(path.sep).join("/");
  return ` at ${file}:${location.line}`;
}
