/** Policies that every account has from the start. They can be attached, and not be changed (CAM-PRESET). */

export interface PresetPolicy {
  /** What it is for, in a few words. */
  readonly description: string;
  /** What it allows, on every resource. Undefined where the documents name the policy without its contents. */
  readonly actions?: readonly string[];
  /** What an earlier printing of the documents says instead; the later one above holds. */
  readonly earlierActions?: readonly string[];
}

export const presetPolicies = {
  QcloudSCFFullAccess: {
    description: "Full access to functions",
    actions: [
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
    ],
  },
  QcloudSCFReadOnlyAccess: {
    description: "Read-only access to functions",
    actions: [
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
    ],
  },
  QcloudAccessForScfRole: {
    description: "What the function service does for its users",
    actions: [
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
    ],
    earlierActions: [
      "ckafka:List*",
      "ckafka:Describe*",
      "ckafka:AddRoute",
      "ckafka:CreateRoute",
      "apigw:ReleaseService",
      "apigw:CreateService",
      "apigw:CreateApi",
      "apigw:DeleteApi",
      "cls:*",
      "cos:List*",
      "cos:Get*",
      "cos:Head*",
      "cos:PutBucket",
      "cos:OptionsObject",
      "cmqqueue:*",
      "cmqtopic:*",
    ],
  },
  QcloudCFSReadOnlyAccess: { description: "Read-only access to file systems" },
  QcloudCLSReadOnlyAccess: { description: "Read-only access to logs" },
  QcloudCOSFullAccess: { description: "Full access to object storage" },
  QcloudCamReadOnlyAccess: { description: "Read-only access to users and permissions" },
} as const satisfies Readonly<Record<string, PresetPolicy>>;

/** A policy that every account has (CAM-PRESET). */
export type PresetPolicyName = keyof typeof presetPolicies;

export function isPresetPolicy(name: string): name is PresetPolicyName {
  return Object.hasOwn(presetPolicies, name);
}
