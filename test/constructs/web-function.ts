import * as scf from "cdktf-scf";
import type { Construct } from "constructs";
import { functionSchema } from "../../lib/model/resources/function";
import { node } from "./app";

/** A web function with nothing about it but its type, and whether it speaks WebSocket. */
export class WebFunction extends scf.FunctionBase<"web"> {
  readonly functionType = "web";
  readonly functionName: string;
  readonly nameReference: scf.Resolvable<string>;
  readonly contentReference: scf.Resolvable<string>;

  constructor(scope: Construct, id: string, options: { readonly webSocket?: boolean } = {}) {
    super(scope, id, undefined);
    this.functionName = id;
    const resource = new scf.ResourceElement(this, "Resource", functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: id,
      type: "HTTP",
      runtime: String(node.runtime),
      code,
      memory: 128,
      timeout: 3,
      initTimeout: 60,
      asyncExecution: false,
      webSocket: options.webSocket,
    }));
    const code = node.code.bind(resource, { runtime: String(node.runtime), handler: "scf_bootstrap.x" });
    this.nameReference = resource.reference("functionName");
    this.contentReference = resource.reference("contentHash");
  }
}
