import type { Plan } from "../model/plan";
import { Secrets } from "../reconciler/secrets";

const secrets = new Secrets(process.env);
const plans = new Set<Plan>();

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

/** Also the secrets of this plan are kept out of what is said about failures, those that nothing has read yet. */
export function keepSecretsOf(plan: Plan): void {
  plans.add(plan);
}

/** The text without any secret that was read or that a plan names. */
export function withoutSecrets(text: string): string {
  // Plans are large and failures are rare: they are looked through only now.
  for (const plan of plans) readSecretsIn(plan.resources);
  return secrets.scrub(text);
}

function readSecretsIn(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const { $secret: secret } = value as { readonly $secret?: { readonly environment?: unknown } };
  if (typeof secret?.environment === "string") void secretEnvironment[secret.environment];
  for (const item of Object.values(value)) readSecretsIn(item);
}
