/** Facts of the policy language that synthesis and the local platform both check against, each in its own way. */

/** Actions on the account: they need resource `*` (CAM-ACT, CAM-STAR). */
export const accountActions = ["ListFunctions", "GetAccountSettings"] as const;
export type AccountAction = (typeof accountActions)[number];

/** Actions on single functions (CAM-ACT). */
export const functionActions = [
  "CreateFunction",
  "DeleteFunction",
  "InvokeFunction",
  "UpdateFunction",
  "SetTrigger",
  "DeleteTrigger",
  "GetFunction",
  "ListVersion",
  "GetFunctionLogs",
] as const;
/** What can be done with a function, by the platform's name of the action (CAM-ACT). */
export type FunctionAction = (typeof functionActions)[number];

/** Actions of the monitoring service that a reader of functions needs: those of the preset read-only policy. */
export const monitoringActions: readonly string[] = [
  "monitor:GetMonitorData",
  "monitor:DescribeBasicAlarmList",
  "monitor:DescribeBaseMetrics",
  "monitor:DescribeSortObjectList",
];

/** Operators of conditions on the caller's address, `qcs:ip` (CAM-COND). */
export const addressOperators = ["ip_equal", "ip_not_equal"] as const;

/** Operators of conditions on the time, `qcs:current_time` (CAM-COND). */
export const timeOperators = [
  "date_not_equal",
  "date_greater_than",
  "date_greater_than_equal",
  "date_less_than",
  "date_less_than_equal",
] as const;

/** What conditions compare (CAM-COND). */
export const conditionKeys = { address: "qcs:ip", time: "qcs:current_time" } as const;

/** The role that the platform itself works with (CAM-ROLE). */
export const CONFIGURATION_ROLE = "SCF_QcsRole";

/** Who takes on the roles that functions run with (FN-ROLE, CAM-ROLE). */
export const FUNCTION_SERVICE = "scf.qcloud.com";
