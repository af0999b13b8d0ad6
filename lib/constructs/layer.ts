import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import type { LayerProperties } from "../model/resources/layer";
import { layerSchema } from "../model/resources/layer";
import type { Resolvable } from "../model/resource-schema";
import type { Code } from "./code";
import { boundCode, runtimeNames } from "./given";
import { nameFromPath } from "./names";
import type { Runtime } from "./runtime";

/** A version of a layer that functions can bind. */
export interface ILayer {
  /** Name and version, as the plan refers to them. */
  readonly binding: { readonly name: Resolvable<string>; readonly version: Resolvable<number> };
}

/** What a layer holds, and which runtimes can use it (LYR-RT). */
export interface LayerProps {
  /**
   * Name: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit (LYR-NAME).
   * @default made from the construct's path
   */
  readonly name?: LayerProperties["layerName"];
  /** What is unpacked into `/opt`: a ZIP of at most 50 MB (LYR-ZIP). */
  readonly code: Code;
  /** Runtimes of the functions that may bind it, 1–5 (LYR-RT, LYR-MATCH). */
  readonly compatibleRuntimes: readonly Runtime[];
  /**
   * At most 1000 characters (LYR-ZIP). The platform gets the first 930 of them: a mark of ownership is added.
   * @default none
   */
  readonly description?: LayerProperties["description"];
}

/** Files that functions share. Every change publishes the next version; functions in the program move to it. */
export class Layer extends Construct implements ILayer {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** A layer version that exists already: its runtimes and files are not known, so nothing about them is checked. */
  static fromVersion(name: string, version: number): ILayer {
    return { binding: { name, version } };
  }

  /** The name that it has on the platform. */
  readonly layerName: string;
  readonly binding: ILayer["binding"];
  private readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: LayerProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.layerName = props.name ?? nameFromPath(this, "layer");
    this.resource = new ResourceElement(this, layerSchema, () => ({
      layerName: this.layerName,
      compatibleRuntimes: runtimeNames(props.compatibleRuntimes),
      code,
      description: props.description,
    }));
    const code = boundCode(props.code, this.resource, {});
    this.binding = {
      name: this.resource.reference("layerName"),
      version: this.resource.reference("version"),
    };
  }

  /** Number of the version that this program publishes, as a token. */
  get version(): number {
    return this.resource.numberAttribute("version");
  }
}
