import { Secrets } from "../reconciler/secrets";

const secrets = new Secrets(process.env);

/**
 * The environment for whoever reads secrets from it. What is read here is remembered, so that it can be taken out of whatever
 * is printed about a failure, wherever that came from.
 */
export const secretEnvironment: Readonly<Record<string, string | undefined>> = new Proxy(process.env, {
  get(environment, name) {
    if (typeof name !== "string" || environment[name] === undefined) return undefined;
    return secrets.read(name, "");
  },
});

/** The text without any secret that was read. */
export function withoutSecrets(text: string): string {
  return secrets.scrub(text);
}
