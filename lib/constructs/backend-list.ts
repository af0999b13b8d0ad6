import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { backendBindingSchema } from "../model/resources/backend-binding";
import type { Backend } from "./backend";

/** The back-ends of a forwarding rule or a listener: one resource, made with the first of them. */
export class BackendList {
  private readonly backends: Backend[] = [];

  /** @param place whose back-ends they are, as properties of the binding */
  constructor(
    private readonly scope: Construct,
    private readonly place: () => object,
  ) {}

  add(backend: Backend): void {
    this.backends.push(backend);
    if (this.backends.length > 1) return;
    new ResourceElement(new Construct(this.scope, "Backends"), backendBindingSchema, () => ({
      ...this.place(),
      backends: this.backends.map(({ bound }) => bound),
      facts: this.backends.map(({ facts }) => facts),
    }));
  }
}
