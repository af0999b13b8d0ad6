import { refuse } from "./context";

/** A setting that the API writes as a word of a small set. */
export function checkWord<Word extends string>(
  value: string,
  words: readonly Word[],
  name: string,
  code: string,
): Word {
  const found = words.find((word) => word === value);
  return found ?? refuse(code, `${name} is one of ${words.join(", ")}`);
}

/** How the API writes most of its switches. */
export const switches = ["TRUE", "FALSE"] as const;
