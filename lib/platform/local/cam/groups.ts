import { formatTime, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { attach, detach, listAttached } from "./attached-policies";
import { pageOfNumber } from "./paging";

interface GroupRow {
  readonly id: number;
  readonly name: string;
  readonly remark: string;
  readonly created: number;
}

function requireGroup(context: Context, id: number): number {
  if (context.database.get("SELECT 1 FROM user_groups WHERE id = ?", id)) return id;
  return refuse("ResourceNotFound.GroupNotExist", `The user group ${id} does not exist`);
}

export const groups = {
  CreateGroup(context, request) {
    const name = request.GroupName;
    if (name === "" || name.length > 64) {
      refuse("InvalidParameter.ParamError", "The name of a user group has 1 to 64 characters");
    }
    if (context.database.get("SELECT 1 FROM user_groups WHERE name = ?", name)) {
      refuse("InvalidParameter.GroupNameInUse", `The user group ${name} exists already`);
    }
    const id = context.database.insert(
      "INSERT INTO user_groups (name, remark, created) VALUES (?, ?, ?)",
      name,
      request.Remark ?? "",
      context.now,
    );
    return { GroupId: id };
  },

  ListGroups(context, request) {
    const { limit, offset } = pageOfNumber(request.Page, request.Rp);
    const found = context.database.all<GroupRow>(
      "SELECT * FROM user_groups WHERE instr(name, ?) > 0 ORDER BY id",
      request.Keyword ?? "",
    );
    return {
      TotalNum: found.length,
      GroupInfo: found.slice(offset, offset + limit).map((group) => ({
        GroupId: group.id,
        GroupName: group.name,
        Remark: group.remark,
        CreateTime: formatTime(group.created),
      })),
    };
  },

  /** Policies that were attached are detached. */
  DeleteGroup(context, request) {
    context.database.run("DELETE FROM user_groups WHERE id = ?", requireGroup(context, request.GroupId));
    return {};
  },

  AttachGroupPolicy(context, request) {
    attach(context, "group", requireGroup(context, request.AttachGroupId), request.PolicyId);
    return {};
  },

  DetachGroupPolicy(context, request) {
    detach(context, "group", requireGroup(context, request.DetachGroupId), request.PolicyId);
    return {};
  },

  ListAttachedGroupPolicies(context, request) {
    return listAttached(context, "group", request.TargetGroupId, request);
  },
} satisfies Partial<Handlers<"cam">>;
