import type { ReadContext } from "./kind";
import { allPages, shared } from "./pages";

/** All roles of the account that people have made: those of its services are the platform's own. */
export function everyRole(context: ReadContext) {
  return shared(context, "roles", async () => {
    const roles = await allPages(200, async (offset, Rp) => {
      const page = await context.call("cam", "DescribeRoleList", { Page: offset / Rp + 1, Rp });
      return { items: page.List ?? [], total: page.TotalNum ?? 0 };
    });
    return roles.filter(({ RoleType }) => !RoleType || RoleType === "user");
  });
}

/** All users of the account, the owner not among them. */
export async function everyUser(context: ReadContext) {
  return (await context.call("cam", "ListUsers", {})).Data ?? [];
}

/** All user groups of the account. */
export function everyGroup(context: ReadContext) {
  return allPages(200, async (offset, Rp) => {
    const page = await context.call("cam", "ListGroups", { Page: offset / Rp + 1, Rp });
    return { items: page.GroupInfo ?? [], total: page.TotalNum ?? 0 };
  });
}
