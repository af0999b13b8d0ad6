import { fc } from "../fast-check";
import type { Finding } from "../../lib/rules/finding";
import { programs, type Choices } from "./choices";
import { deploy, type Refusal } from "./deploy";
import { isSeenByThePlatform } from "./exceptions";
import { declare } from "./program";
import { closePlatforms } from "./world";

/** How many programs are tried; continuous integration and `npm run fuzz` try more. */
const RUNS = Number(process.env["AGREEMENT_RUNS"] ?? 500);

/** Thousands of refusals are thrown, and nobody looks where. */
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(async () => {
  Error.stackTraceLimit = stackTraceLimit;
  await closePlatforms();
});

interface Verdicts {
  readonly errors: readonly Finding[];
  readonly refusal: Refusal | undefined;
}

async function verdicts(choices: Choices): Promise<Verdicts> {
  const { program, platform } = await declare(choices);
  const errors = program.evaluate().filter(({ severity }) => severity === "error");
  const { plans } = program.model();
  return { errors, refusal: await deploy(plans, platform) };
}

/** Why a program shows a disagreement; undefined when there is none. */
function disagreement({ errors, refusal }: Verdicts): string | undefined {
  const seen = errors.filter(isSeenByThePlatform);
  if (refusal && seen.length === 0) {
    return `the rules let through what the platform refuses: ${refusal.address} ${refusal.code} ${refusal.message}`;
  }
  if (!refusal && seen.length > 0) {
    const texts = seen.map(({ rule, message, places }) => `${rule} ${message} (${places[0]?.address ?? ""})`);
    return `the platform takes what the rules refuse: ${texts.join("; ")}`;
  }
  return undefined;
}

test(
  `rules and local platform agree on ${RUNS.toLocaleString("en")} random programs`,
  async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(programs, async (choices) => {
        const found = await verdicts(choices.again());
        if (found.refusal) refused++;
        const text = disagreement(found);
        if (text !== undefined) throw new Error(text);
      }),
      // A smaller program is looked for with the seed and path that a failure prints: that takes minutes.
      { numRuns: RUNS, endOnFailure: true },
    );
    // Neither side is tried by programs that are all wrong or all right.
    expect(refused / RUNS).toBeGreaterThan(0.25);
    expect(refused / RUNS).toBeLessThan(0.75);
  },
  60 * 60_000,
);
