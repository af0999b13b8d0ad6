import { concurrencyFacts } from "./concurrency";
import type { Fact } from "./fact";
import { functionFacts } from "./functions";
import { releaseFacts } from "./releases";
import { statusCodeFacts } from "./status-codes";
import { surroundingFacts } from "./surroundings";
import { webFacts } from "./web";

/** Every fact there is. Nothing that runs at synthesis reads them. */
export const facts: readonly Fact[] = [
  ...functionFacts,
  ...webFacts,
  ...releaseFacts,
  ...concurrencyFacts,
  ...surroundingFacts,
  ...statusCodeFacts,
];

export type { Evidence, Fact } from "./fact";
