import { formatTime, refuse } from "../context";
import type { Answer, Context } from "../context";
import { pageOfNumber } from "./paging";
import { lookUpPolicy } from "./policies";
import type { PolicyRow } from "./policies";

/** Where the policies of users and of groups are kept: alike, but for their names. */
const holders = {
  user: { table: "user_policies", column: "user" },
  group: { table: "group_policies", column: "user_group" },
} as const;
type Holder = keyof typeof holders;

function requirePolicy(context: Context, id: number): PolicyRow {
  return (
    lookUpPolicy(context, id, undefined) ??
    refuse("InvalidParameter.PolicyIdNotExist", `The policy ${id} does not exist`)
  );
}

/** Attaching what is attached changes nothing. */
export function attach(context: Context, holder: Holder, id: number, policy: number): void {
  const { table, column } = holders[holder];
  context.database.run(
    `INSERT INTO ${table} (${column}, policy, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
    id,
    requirePolicy(context, policy).id,
    context.now,
  );
}

export function detach(context: Context, holder: Holder, id: number, policy: number): void {
  const { table, column } = holders[holder];
  context.database.run(
    `DELETE FROM ${table} WHERE ${column} = ? AND policy = ?`,
    id,
    requirePolicy(context, policy).id,
  );
}

interface ListRequest {
  readonly Page?: number | undefined;
  readonly Rp?: number | undefined;
  readonly Keyword?: string | undefined;
}

/** Policies of somebody; of nobody there are none: this service names no refusal for it. */
export function listAttached(
  context: Context,
  holder: Holder,
  id: number,
  request: ListRequest,
): Answer<"cam", "ListAttachedUserPolicies"> {
  const { table, column } = holders[holder];
  const { limit, offset } = pageOfNumber(request.Page, request.Rp);
  const rows = context.database.all<PolicyRow & { attached: number }>(
    `SELECT policies.*, ${table}.created AS attached FROM ${table} JOIN policies ON policies.id = policy
     WHERE ${column} = ? AND instr(name, ?) > 0 ORDER BY policy`,
    id,
    request.Keyword ?? "",
  );
  return {
    TotalNum: rows.length,
    List: rows.slice(offset, offset + limit).map((row) => ({
      PolicyId: row.id,
      PolicyName: row.name,
      PolicyType: row.preset === 1 ? "QCS" : "User",
      CreateMode: 2,
      Remark: row.description,
      AddTime: formatTime(row.attached),
    })),
  };
}
