import { ScfError } from "../model/error";
import type { Duration } from "./duration";

/** What the concurrency of a function follows from (CON-EST). */
export interface ConcurrencyEstimateProps {
  /** Requests that come in a second, 0 or more (CON-EST). */
  readonly requestsPerSecond: number;
  /** How long one of them takes on average (CON-EST). */
  readonly duration: Duration;
}

/** An amount of concurrency. The platform counts it in MB: instances × the function's memory (CON-UNIT). */
export class Concurrency {
  /**
   * An amount in MB, as the platform counts it.
   *
   * @param amount MB of memory, 0 or more; what is not a whole multiple of the function's memory is never used (CON-UNIT)
   */
  static megabytes(amount: number): Concurrency {
    return new Concurrency("megabytes", amount);
  }

  /**
   * An amount in instances; their memory is that of the function.
   *
   * @param amount instances of the function, each answering one request at a time; 0 or more
   */
  static instances(amount: number): Concurrency {
    return new Concurrency("instances", amount);
  }

  /** Stops a function: every request is refused. Not the same as no reservation at all (CON-ZERO). */
  static none(): Concurrency {
    return new Concurrency("megabytes", 0);
  }

  /**
   * How many instances a load takes: requests per second × duration of one. 2,000 a second that take 0.02 s each take 40
   * instances (CON-EST).
   */
  static estimate(props: ConcurrencyEstimateProps): number {
    const instances = props.requestsPerSecond * props.duration.toSeconds();
    // 0.1 × 3 is a little more than 0.3: that is no reason for another instance.
    return Math.ceil(Number(instances.toPrecision(12)));
  }

  private constructor(
    private readonly unit: "megabytes" | "instances",
    private readonly amount: number,
  ) {}

  /**
   * The same amount in MB.
   *
   * @param memoryOf gives the memory of one instance in MB; undefined when it is not known at synthesis
   * @param user address of what needs it, for the message
   * @throws ScfError `MEMORY_UNKNOWN` when instances are to be converted and there is no memory to convert them with
   */
  toMegabytes(memoryOf: () => number | undefined, user: string): number {
    if (this.unit === "megabytes" || this.amount === 0) return this.amount;
    const memory = memoryOf();
    const isToken = this.amount < -1e200;
    if (memory !== undefined && !isToken) return this.amount * memory;
    throw new ScfError(
      "MEMORY_UNKNOWN",
      `${user}: a number of instances cannot be converted into MB, because the ${isToken ? "number is a value of another provider and not known yet" : "function's memory is a value of another provider, or of a function that no stack declares, and not known"}.`,
      { fix: "Give the amount with Concurrency.megabytes(…)." },
    );
  }
}
