import type { PlannedRouting } from "../model/resources/alias";
import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { IVersion } from "./invocable";
import { qualifierOf } from "./given";
import type { Weight } from "./weight";

type Planned = PlannedRouting extends infer R ? (R extends unknown ? Omit<R, "version"> : never) : never;

/** Requests with one value of a header (ALS-EXACT). */
export interface ExactMatch {
  /** Name of the header that decides: the platform looks at `invoke.headers.<header>` (ALS-KEY). */
  readonly header: string;
  /** The value that it has to have (ALS-EXACT). */
  readonly value: string;
}

/** Requests whose header is a number in a range (ALS-RANGE). */
export interface RangeMatch {
  /** Name of the header that decides; its value is a whole number (ALS-KEY). */
  readonly header: string;
  /** A whole number (ALS-RANGE). */
  readonly from: number;
  /** A whole number, not below `from` (ALS-RANGE). */
  readonly to: number;
  /**
   * Whether `from` and `to` themselves match.
   * @default true
   */
  readonly inclusive?: boolean;
}

/** What an alias does with its second version. There is one second version at most (ALS-TWO). */
export class Routing {
  /** Sends a share of the requests to another version; the rest goes to the alias's own (ALS-WEIGHT). */
  static weighted(version: IVersion, weight: Weight): Routing {
    return new Routing(version, { type: "weighted", percent: percentOf(weight) });
  }

  /** Sends the requests with one value of a header to another version (ALS-RULE). */
  static exact(version: IVersion, match: ExactMatch): Routing {
    return new Routing(version, {
      type: "match",
      key: key(match.header),
      method: "exact",
      expression: match.value,
    });
  }

  /** Sends the requests whose header is a number in a range to another version (ALS-RULE). */
  static range(version: IVersion, match: RangeMatch): Routing {
    const numbers = `${match.from},${match.to}`;
    const expression = match.inclusive === false ? `(${numbers})` : `[${numbers}]`;
    return new Routing(version, { type: "match", key: key(match.header), method: "range", expression });
  }

  private constructor(
    /** The second version. */
    readonly version: IVersion,
    private readonly planned: Planned,
  ) {}

  /**
   * As it stands in the plan.
   *
   * @internal
   */
  toPlan(): Planned & { readonly version: Resolvable<string> } {
    return { ...this.planned, version: qualifierOf(this.version) };
  }
}

function percentOf(weight: Weight): number {
  const given: unknown = weight;
  if (typeof (given as Weight | undefined)?.toPercent === "function") return (given as Weight).toPercent();
  const example = typeof given === "number" ? given : 10;
  return misfit("a Weight", given, `use Weight.percent(${example})`) as unknown as number;
}

function key(header: string): string {
  return `invoke.headers.${header}`;
}
