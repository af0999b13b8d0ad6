import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { namespaceSchema, type NamespaceProperties } from "../model/resources/namespace";
import type { Resolvable } from "../model/resource-schema";
import { nameFromPath } from "./names";

/** A namespace that functions can live in. */
export interface INamespace {
  /** Its name, as the plan refers to it. */
  readonly nameReference: Resolvable<string>;
}

export interface NamespaceProps {
  /**
   * Name; a change replaces the namespace and everything in it (NS-DEFAULT).
   * @default made from the construct's path
   */
  readonly name?: NamespaceProperties["name"];
  /**
   * For people.
   * @default none
   */
  readonly description?: NamespaceProperties["description"];
}

/** A group of functions in the stack's region. A region has at most 5, `default` included (QTA-NS). */
export class Namespace extends Construct implements INamespace {
  /** A namespace that exists already: nothing but its name is known of it. */
  static fromName(name: string): INamespace {
    return { nameReference: name };
  }

  readonly name: string;
  readonly nameReference: Resolvable<string>;

  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, id);
    this.name = props.name ?? nameFromPath(this, 60);
    const resource = new ResourceElement(this, "Resource", namespaceSchema, () => ({
      name: this.name,
      description: props.description,
    }));
    this.nameReference = resource.reference("name");
  }
}
