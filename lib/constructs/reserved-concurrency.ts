import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { reservedConcurrencySchema } from "../model/resources/reserved-concurrency";
import type { Concurrency } from "./concurrency";
import { memoryOf } from "./function-memory";
import type { IFunction } from "./invocable";

export interface ReservedConcurrencyProps {
  /** The function. A change replaces the reservation. */
  readonly function: IFunction;
  /** How much it gets, at most the region's quota less what others reserve less 12,800 MB (CON-RES). */
  readonly concurrency: Concurrency;
}

/**
 * Concurrency that a function has for itself. It is also the most that the function gets, with all its versions together
 * (CON-RESNS). Made by `reserveConcurrency` of a function; without one it shares what the region has left.
 */
export class ReservedConcurrency extends Construct {
  constructor(scope: Construct, id: string, props: ReservedConcurrencyProps) {
    super(scope, id);
    const { function: target, concurrency } = props;
    const resource: ResourceElement = new ResourceElement(
      this,
      "Resource",
      reservedConcurrencySchema,
      () => ({
        namespace: target.namespaceReference,
        functionName: target.nameReference,
        reservedMb: concurrency.toMegabytes(() => memoryOf(target), resource.address),
      }),
    );
  }
}
