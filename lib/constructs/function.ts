import type { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { functionSchema, type FunctionProperties } from "../model/resources/function";
import type { Resolvable } from "../model/resource-schema";
import type { Code } from "./code";
import { Duration } from "./duration";
import { FunctionBase } from "./function-base";
import type { ILayer } from "./layer";
import { nameFromPath } from "./names";
import type { INamespace } from "./namespace";
import type { IRole } from "./role";
import type { Runtime } from "./runtime";
import type { Secret } from "./secret";

export interface FunctionProps {
  /**
   * Name, unique in its namespace: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or
   * digit (FN-NAME, FN-UNIQUE). A change replaces the function.
   * @default made from the construct's path: `shop-orders`
   */
  readonly name?: FunctionProperties["functionName"];
  /**
   * Where it lives. A change replaces the function (FN-IMMUT).
   * @default the namespace `default`
   */
  readonly namespace?: INamespace;
  /** Language and version. A change replaces the function (RT-LIST). */
  readonly runtime: Runtime;
  /** Where execution starts, in the form of the runtime: `index.main_handler` for Node.js, Python and PHP (RT-H1–RT-H3). */
  readonly handler: string;
  /** What runs; at most 500 MB before compression, layers included (COD-SIZE). */
  readonly code: Code;
  /**
   * At most 1000 letters, digits, spaces, commas and periods (FN-DESC).
   * @default none
   */
  readonly description?: FunctionProperties["description"];
  /**
   * Memory in MB: 64, or a multiple of 128 from 128 to 3072 (FN-MEM).
   * @default 128
   */
  readonly memory?: FunctionProperties["memory"];
  /**
   * How long one execution may take: 1–900 s, up to 24 h with asynchronous execution (FN-TIMEOUT).
   * @default 3 seconds
   */
  readonly timeout?: Duration;
  /**
   * How long initialization may take: 3–300 s (FN-INIT).
   * @default 60 seconds
   */
  readonly initTimeout?: Duration;
  /**
   * Environment variables: 4 KB with keys and values together (FN-ENV).
   * @default none
   */
  readonly environment?: Readonly<Record<string, string | Secret>>;
  /**
   * Sets the `TZ` variable, for example `Asia/Shanghai` (FN-TZ).
   * @default UTC
   */
  readonly timeZone?: FunctionProperties["timeZone"];
  /**
   * Layers, at most 5; where two carry the same file, the later one wins (LYR-BIND, LYR-ORDER).
   * @default none
   */
  readonly layers?: readonly ILayer[];
  /**
   * The role whose temporary credentials the running code gets; it trusts `scf.qcloud.com` (FN-ROLE).
   * @default none
   */
  readonly role?: IRole;
  /**
   * Asynchronous execution, for runs of up to 24 h. A change replaces the function (EXE-LOCK).
   * @default false
   */
  readonly asyncExecution?: FunctionProperties["asyncExecution"];
  /**
   * Tags, by key.
   * @default none
   */
  readonly tags?: FunctionProperties["tags"];
}

/** A function that triggers and invocations start, from a code package. */
export class Function extends FunctionBase<"event"> {
  readonly functionType = "event";
  readonly functionName: string;
  readonly nameReference: Resolvable<string>;
  readonly contentReference: Resolvable<string>;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id, props.namespace);
    this.functionName = props.name ?? nameFromPath(this, 60);
    const resource = new ResourceElement(this, "Resource", functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: this.functionName,
      type: "Event",
      description: props.description,
      runtime: String(props.runtime),
      handler: props.handler,
      code,
      memory: props.memory ?? 128,
      timeout: (props.timeout ?? Duration.seconds(3)).toSeconds(),
      initTimeout: (props.initTimeout ?? Duration.seconds(60)).toSeconds(),
      environment: props.environment,
      timeZone: props.timeZone,
      layers: props.layers?.map((layer) => layer.binding),
      role: props.role?.nameReference,
      asyncExecution: props.asyncExecution ?? false,
      tags: props.tags,
    }));
    const code = props.code.bind(resource, { runtime: String(props.runtime), handler: props.handler });
    this.nameReference = resource.reference("functionName");
    this.contentReference = resource.reference("contentHash");
  }
}
