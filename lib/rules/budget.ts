import type { SourceLocation } from "./finding";

/** What a team may use of a region's quotas, and of each only what is said. */
export interface BudgetLimits {
  /**
   * Functions that are declared.
   * @default no limit
   */
  readonly functions?: number;
  /**
   * MB of memory of all functions together: what one instance of each takes.
   * @default no limit
   */
  readonly memoryMb?: number;
  /**
   * MB of concurrency that functions reserve (CON-RES).
   * @default no limit
   */
  readonly reservedConcurrencyMb?: number;
  /**
   * MB of concurrency that is provisioned for versions, each at its greatest (CON-PROV), and that releases have for theirs.
   * @default no limit
   */
  readonly provisionedConcurrencyMb?: number;
}

/** A budget where it holds. */
export interface PlacedBudget {
  readonly team: string;
  readonly limits: BudgetLimits;
  /** The scope that it was set on, as findings name it. */
  readonly address: string;
  /** Whether it holds for what stands at an address. */
  readonly covers: (address: string) => boolean;
  readonly locate: () => SourceLocation | undefined;
}
