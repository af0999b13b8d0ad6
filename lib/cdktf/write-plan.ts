import * as fs from "node:fs";
import { planChunks, type Plan } from "../model/plan";

/** Writes the same bytes as `serializePlan` gives, and never has the whole text of a large plan in memory. */
export function writePlan(file: string, plan: Plan): void {
  const descriptor = fs.openSync(file, "w");
  try {
    // Unlike `writeSync` it does not stop half-way when the system takes less than it is given.
    for (const chunk of planChunks(plan)) fs.writeFileSync(descriptor, chunk);
  } finally {
    fs.closeSync(descriptor);
  }
}
