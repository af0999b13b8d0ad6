import { createHmac, randomBytes } from "node:crypto";
import { ScfError } from "../../model/error";
import { eachSymbolic, isSecretReference, type Properties } from "../../model/value";

/** Names of the environment variables whose values properties take, sorted. */
export function secretsIn(properties: Properties): readonly string[] {
  const names = new Set<string>();
  eachSymbolic(properties, (symbolic) => {
    if (isSecretReference(symbolic)) names.add(symbolic.$secret.environment);
  });
  return [...names].sort();
}

/** The names of properties that hold a secret. */
export function propertiesWithSecrets(properties: Properties): readonly string[] {
  return Object.keys(properties).filter((name) => secretsIn({ [name]: properties[name] ?? null }).length > 0);
}

/**
 * Tells whether secrets have changed, and nothing else about them. The salt in front is another one for every resource.
 *
 * @param like another fingerprint, whose salt is taken
 * @throws ScfError `SECRET_MISSING`
 */
export function secretFingerprint(
  names: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  usedBy: string,
  like?: string,
): string {
  const salt = like?.split(":")[0] ?? randomBytes(8).toString("hex");
  const hash = createHmac("sha256", salt);
  for (const name of names) {
    const value = environment[name];
    if (value === undefined) {
      throw new ScfError(
        "SECRET_MISSING",
        `${usedBy} needs a secret from the environment variable ${name}, which is not set.`,
        { fix: `Set ${name} and run the command again.` },
      );
    }
    hash.update(JSON.stringify([name, value]));
  }
  return `${salt}:${hash.digest("hex").slice(0, 24)}`;
}
