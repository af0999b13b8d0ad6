/** Gives an answer a text for people. It is no part of what tests compare and print. */
export function described<T extends object>(answer: T, describe: (answer: T) => string): T {
  Object.defineProperty(answer, "toString", { value: () => describe(answer), enumerable: false });
  return answer;
}
