import * as fs from "node:fs";
import { planChunks, type Plan } from "../model/plan";

/** Characters that are put together before they are written: few calls, and never the whole text of a large plan at once. */
const AT_ONCE = 1 << 20;

/** Writes the same bytes as `serializePlan` gives. */
export function writePlan(file: string, plan: Plan): void {
  const descriptor = fs.openSync(file, "w");
  try {
    let text = "";
    for (const chunk of planChunks(plan)) {
      text += chunk;
      if (text.length < AT_ONCE) continue;
      fs.writeSync(descriptor, text);
      text = "";
    }
    fs.writeSync(descriptor, text);
  } finally {
    fs.closeSync(descriptor);
  }
}
