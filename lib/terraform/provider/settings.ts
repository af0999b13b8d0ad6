import { createHash } from "node:crypto";
import { ScfError } from "../../model/error";
import type { PlannedAccount, PlannedProvider, PlatformChoice } from "../../model/plan";
import { isQuota, type Quotas } from "../../model/quotas";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../plugin/value";

/** What the provider's block says. */
export interface Settings {
  readonly provider: PlannedProvider;
  /** The plan that synthesis wrote: where packages come from, and what the rules need to know. */
  readonly planFile: string | undefined;
  /** Begins the marks of ownership of all that is made. */
  readonly lineage: string;
  /** Of hashes over secrets: the same whenever the provider is started. */
  readonly salt: string;
}

/**
 * @param directory where Terraform runs: without an `owner` it tells one configuration from another
 * @throws ScfError `PROVIDER_SETTINGS`
 */
export function settingsOf(config: TerraformObject, directory: string): Settings {
  for (const name of ["region", "platform", "owner", "plan"]) requireKnown(name, config[name]);
  const region = textOf(config["region"]);
  if (region === undefined || region === "") {
    throw problem("`region` is missing.", 'Give one: region = "ap-guangzhou".');
  }
  const owner = textOf(config["owner"]) ?? directory;
  const lineage = createHash("sha256").update(owner).digest("hex");
  return {
    provider: {
      region,
      account: accountOf(config),
      platform: platformOf(config["platform"]),
      quotas: quotasOf(config["quotas"]),
    },
    planFile: textOf(config["plan"]),
    lineage,
    salt: createHash("sha256").update(`salt of ${owner}`).digest("hex"),
  };
}

function accountOf(config: TerraformObject): PlannedAccount {
  const uin = textOf(config["uin"]);
  const type = textOf(config["account_type"]) ?? "standard";
  if (type !== "standard" && type !== "traditional") {
    throw problem(`\`account_type\` is ${type}.`, "It is `standard` or `traditional`.");
  }
  return { type, ...(uin === undefined ? {} : { uin }) };
}

function platformOf(value: TerraformValue | undefined): PlatformChoice {
  const platform = (value ?? {}) as TerraformObject;
  const type = textOf(platform["type"]) ?? "tencentcloud";
  if (type === "local") {
    return {
      type,
      path: textOf(platform["path"]) ?? ".cdktf-scf/local.db",
      delayMs: (platform["delay_ms"] as number | null | undefined) ?? 0,
    };
  }
  if (type !== "tencentcloud") {
    throw problem(`\`platform.type\` is ${type}.`, "It is `local` or `tencentcloud`.");
  }
  const endpoint = textOf(platform["endpoint"]);
  return { type, ...(endpoint === undefined ? {} : { endpoint }) };
}

function quotasOf(value: TerraformValue | undefined): Partial<Quotas> {
  const quotas = (value ?? {}) as TerraformObject;
  const unknown = Object.keys(quotas).find((name) => !isQuota(name, quotas[name]));
  if (unknown !== undefined) {
    throw problem(
      `\`quotas.${unknown}\` is no quota, or no whole number.`,
      "See `cdktf-scf quota` for their names.",
    );
  }
  return quotas as Partial<Quotas>;
}

function requireKnown(name: string, value: TerraformValue | undefined): void {
  const isUnknown = value === UNKNOWN || Object.values((value ?? {}) as object).includes(UNKNOWN);
  if (!isUnknown) return;
  throw problem(
    `\`${name}\` is not known before something else is made.`,
    "Give it as a literal, a variable or a local value.",
  );
}

function textOf(value: TerraformValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function problem(message: string, fix: string): ScfError {
  return new ScfError("PROVIDER_SETTINGS", `The provider's block cannot be used: ${message}`, { fix });
}
