/** Facts of the policy language that synthesis and the local platform both check against, each in its own way. */

/** Actions on the account: they need resource `*` (CAM-ACT, CAM-STAR). */
export const accountActions: readonly string[] = ["ListFunctions", "GetAccountSettings"];

/** Actions on single functions (CAM-ACT). */
export const functionActions: readonly string[] = [
  "CreateFunction",
  "DeleteFunction",
  "InvokeFunction",
  "UpdateFunction",
  "SetTrigger",
  "DeleteTrigger",
  "GetFunction",
  "ListVersion",
  "GetFunctionLogs",
];

/** Operators of conditions on the caller's address, `qcs:ip` (CAM-COND). */
export const addressOperators: readonly string[] = ["ip_equal", "ip_not_equal"];

/** Operators of conditions on the time, `qcs:current_time` (CAM-COND). */
export const timeOperators: readonly string[] = [
  "date_not_equal",
  "date_greater_than",
  "date_greater_than_equal",
  "date_less_than",
  "date_less_than_equal",
];

/** Who takes on the roles that functions run with (FN-ROLE, CAM-ROLE). */
export const FUNCTION_SERVICE = "scf.qcloud.com";
