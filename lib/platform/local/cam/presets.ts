import { CONFIGURATION_ROLE, FUNCTION_SERVICE } from "../../../model/permissions";
import { presetPolicies, type PresetPolicy } from "../../../model/preset-policies";
import type { Database } from "../database";

/** What the preset policies allow that the documents name without their contents. */
const undocumentedActions: Readonly<Record<string, readonly string[]>> = {
  QcloudCFSReadOnlyAccess: ["cfs:Describe*"],
  QcloudCLSReadOnlyAccess: ["cls:get*", "cls:list*", "cls:search*"],
  QcloudCOSFullAccess: ["cos:*"],
  QcloudCamReadOnlyAccess: ["cam:Get*", "cam:List*"],
};

/** The configuration role, which an account has once it lets the service work for it (CAM-ROLE). */
const configurationRole = {
  id: "4611686018427000001",
  name: CONFIGURATION_ROLE,
  policy: "QcloudAccessForScfRole",
} as const;

/** Gives a new account what every account has. Does nothing on one that has it. */
export function seedAccount(database: Database, now: number): void {
  if (database.get("SELECT 1 FROM policies LIMIT 1")) return;
  for (const [name, preset] of Object.entries<PresetPolicy>(presetPolicies)) {
    const action = preset.actions ?? undocumentedActions[name] ?? [];
    const document = { version: "2.0", statement: [{ action, resource: "*", effect: "allow" }] };
    database.run(
      `INSERT INTO policies (name, preset, description, document, tags, created, modified)
       VALUES (?, 1, ?, ?, '[]', ?, ?)`,
      name,
      preset.description,
      JSON.stringify(document),
      now,
      now,
    );
  }
  const trust = {
    version: "2.0",
    statement: [
      { action: "name/sts:AssumeRole", effect: "allow", principal: { service: [FUNCTION_SERVICE] } },
    ],
  };
  database.run(
    `INSERT INTO roles (id, name, description, document, console_login, session_duration, tags, created, modified)
     VALUES (?, ?, 'Configuration role of the function service', ?, 0, 7200, '[]', ?, ?)`,
    configurationRole.id,
    configurationRole.name,
    JSON.stringify(trust),
    now,
    now,
  );
  database.run(
    "INSERT INTO role_policies (role, policy, created) SELECT ?, id, ? FROM policies WHERE name = ?",
    configurationRole.id,
    now,
    configurationRole.policy,
  );
}
