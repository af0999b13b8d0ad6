const nameCharacters = 100;

/** Fields that say what a call is about, from the outside in. */
const identifying = [
  "Namespace",
  "FunctionName",
  "Qualifier",
  "Name",
  "Type",
  "TriggerName",
  "TopicId",
  "EventType",
  "TestModelName",
  "LayerName",
  "LayerVersion",
  "LoadBalancerId",
  "LoadBalancerName",
  "ListenerId",
  "LocationId",
  "PolicyId",
  "PolicyName",
  "RoleId",
  "RoleName",
  "AttachRoleId",
  "AttachRoleName",
  "AttachUin",
  "DetachUin",
  "TargetUin",
  "GroupName",
  "AttachGroupId",
  "DetachGroupId",
  "TargetGroupId",
  "Resource",
  "TaskId",
] as const;

/** What a call is about, for the log: names and ids only. */
export function resourceOf(request: unknown): string {
  if (typeof request !== "object" || request === null) return "";
  const fields = request as Record<string, unknown>;
  const parts: string[] = [];
  // A call on a function that names no namespace means this one.
  if (fields["FunctionName"] !== undefined && fields["Namespace"] === undefined) parts.push("default");
  for (const field of identifying) {
    // A function has a type as well, which does not name it.
    if (field === "Type" && fields["TriggerName"] === undefined) continue;
    const value = fields[field];
    if (typeof value === "string" || typeof value === "number")
      parts.push(String(value).slice(0, nameCharacters));
  }
  return parts.join("/");
}
