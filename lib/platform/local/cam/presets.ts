import type { Database } from "../database";

const fullAccess = [
  "scf:*",
  "tag:*",
  "cam:DescribeRoleList",
  "cam:GetRole",
  "cam:ListAttachedRolePolicies",
  "apigw:DescribeServicesStatus",
  "apigw:DescribeService",
  "apigw:DescribeApisStatus",
  "cmqtopic:ListTopicDetail",
  "cmqqueue:ListQueueDetail",
  "cmqtopic:GetSubscriptionAttributes",
  "cmqtopic:GetTopicAttributes",
  "cos:GetService",
  "cos:HeadBucket",
  "cos:HeadObject",
  "vpc:DescribeVpcEx",
  "vpc:DescribeSubnetEx",
  "cls:getTopic",
  "cls:getLogset",
  "cls:listLogset",
  "cls:listTopic",
  "ckafka:List*",
  "ckafka:Describe*",
  "ckafka:ListInstance",
  "monitor:GetMonitorData",
  "monitor:DescribeBasicAlarmList",
  "monitor:DescribeBaseMetrics",
  "monitor:DescribeSortObjectList",
  "monitor:DescribePolicyConditionList",
  "cdb:DescribeDBInstances",
];

const readOnlyAccess = [
  "scf:Get*",
  "scf:List*",
  "ckafka:List*",
  "ckafka:Describe*",
  "monitor:GetMonitorData",
  "monitor:DescribeBasicAlarmList",
  "monitor:DescribeBaseMetrics",
  "monitor:DescribeSortObjectList",
  "cam:GetRole",
  "cam:ListAttachedRolePolicies",
  "vpc:DescribeVpcEx",
  "vpc:DescribeSubnetEx",
  "cls:getLogset",
  "cls:getTopic",
  "cls:listTopic",
  "apigw:DescribeService",
  "cmqtopic:GetTopicAttributes",
  "cmqtopic:GetSubscriptionAttributes",
  "cos:HeadBucket",
  "cos:GetService",
  "cos:GetObject",
];

/** Of the two versions in the documents, the later one (SCF policy syntax). */
const configurationRoleAccess = [
  "cos:GetBucket*",
  "cos:HeadBucket",
  "cos:PutBucket*",
  "apigw:*",
  "cls:*",
  "cos:List*",
  "cos:Get*",
  "cos:Head*",
  "cos:OptionsObject",
  "cmqqueue:*",
  "cmqtopic:*",
  "ckafka:List*",
  "ckafka:Describe*",
  "ckafka:AddRoute",
  "ckafka:CreateRoute",
];

/** Actions of the file system service, which the documents name without listing them. */
const fileSystemReadOnlyAccess = ["cfs:Describe*"];

/** CAM-PRESET and the preset policy of STO-ROLE. */
const presets: readonly (readonly [name: string, description: string, actions: readonly string[]])[] = [
  ["QcloudSCFFullAccess", "Full access to functions", fullAccess],
  ["QcloudSCFReadOnlyAccess", "Read-only access to functions", readOnlyAccess],
  ["QcloudAccessForScfRole", "What the function service does for its users", configurationRoleAccess],
  ["QcloudCFSReadOnlyAccess", "Read-only access to file systems", fileSystemReadOnlyAccess],
];

/** The configuration role, which an account has once it lets the service work for it (CAM-ROLE). */
const configurationRole = {
  id: "4611686018427000001",
  name: "SCF_QcsRole",
  policy: "QcloudAccessForScfRole",
} as const;

/** Gives a new account what every account has. Does nothing on one that has it. */
export function seedAccount(database: Database, now: number): void {
  if (database.get("SELECT 1 FROM policies LIMIT 1")) return;
  for (const [name, description, action] of presets) {
    const document = { version: "2.0", statement: [{ action, resource: "*", effect: "allow" }] };
    database.run(
      `INSERT INTO policies (name, preset, description, document, tags, created, modified)
       VALUES (?, 1, ?, ?, '[]', ?, ?)`,
      name,
      description,
      JSON.stringify(document),
      now,
      now,
    );
  }
  const trust = {
    version: "2.0",
    statement: [
      { action: "name/sts:AssumeRole", effect: "allow", principal: { service: ["scf.qcloud.com"] } },
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
