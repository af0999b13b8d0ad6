import * as fc from "fast-check";

/**
 * Properties are tried on the same values every time, so that one commit has one result. `PROPERTY_SEED` looks further, and
 * `npm run fuzz` does with a seed of its own.
 */
export const seed = Number(process.env["PROPERTY_SEED"] ?? 1);

fc.configureGlobal({ seed });

export { fc };
