/** `npm run test:e2e` sets it, as continuous integration does: all that takes minutes. */
export const thorough = process.env["CDKTF_SCF_E2E"] !== undefined;

/** Describes what takes long; `npm test` skips it, and its name says why. */
export function atLength(name: string, tests: () => void): void {
  if (thorough) describe(name, tests);
  else describe.skip(`${name} (skipped: npm run test:e2e runs it)`, tests);
}
