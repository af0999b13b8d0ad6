import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { ScfError } from "../model/error";
import { reservedConcurrencySchema } from "../model/resources/reserved-concurrency";
import type { Concurrency } from "./concurrency";
import { memoryOf } from "./function-memory";
import { otherRegionOf } from "./function-region";
import type { IFunction } from "./invocable";

/** Which function has how much concurrency for itself (CON-RES). */
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
    const { function: target } = props;
    const resource: ResourceElement = new ResourceElement(this, reservedConcurrencySchema, () => {
      const concurrency = requireConcurrency(props.concurrency, resource.address);
      return {
        namespace: target.namespaceReference,
        functionName: target.nameReference,
        functionRegion: otherRegionOf(target, this),
        reservedMb: concurrency.toMegabytes(() => memoryOf(target), resource.address),
      };
    });
  }
}

/** A program in plain JavaScript may give a number, and 150 could be either. */
function requireConcurrency(given: Concurrency, user: string): Concurrency {
  if (typeof (given as Partial<Concurrency> | undefined)?.toMegabytes === "function") return given;
  throw new ScfError(
    "CONCURRENCY_UNIT",
    `${user}: ${JSON.stringify(given) ?? "nothing"} says neither how many MB are reserved nor how many instances.`,
    { fix: "Give the amount with Concurrency.megabytes(…) or Concurrency.instances(…)." },
  );
}
