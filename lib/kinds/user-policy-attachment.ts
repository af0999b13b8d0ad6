import { ScfError } from "../model/error";
import {
  userPolicyAttachmentSchema,
  type UserPolicyAttachmentProperties,
} from "../model/resources/user-policy-attachment";
import { onceKnown } from "./access-lag";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages } from "./pages";
import { requirePolicyId } from "./policy-lookup";

type Properties = UserPolicyAttachmentProperties;

export const userPolicyAttachmentKind: Kind<typeof userPolicyAttachmentSchema> = {
  schema: userPolicyAttachmentSchema,
  identity: (properties) => `${properties.policyName} on user ${userText(properties)}`,
  exclusive: (properties) => [`user ${userText(properties)}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    const uin = await uinOf(context, wanted);
    if (uin === undefined) {
      throw new ScfError("USER_MISSING", `There is no user ${userText(wanted)} to give a policy.`, {
        fix: "Correct the name, or make the user first: this library does not.",
      });
    }
    const policyId = await requirePolicyId(context, wanted.policyName);
    await onceKnown(context, `${wanted.policyName} to be known`, () =>
      context.call("cam", "AttachUserPolicy", { PolicyId: policyId, AttachUin: uin }),
    );
    return {};
  },

  async delete(context, { properties }) {
    const uin = await uinOf(context, properties);
    const policyId = uin === undefined ? undefined : await attachedId(context, uin, properties.policyName);
    if (uin === undefined || policyId === undefined) return;
    await unlessNotFound(context.call("cam", "DetachUserPolicy", { PolicyId: policyId, DetachUin: uin }));
  },
};

function userText({ userName, uin }: Properties): string {
  return userName ?? uin ?? "";
}

/** The user's account id; undefined when nobody has the name. */
async function uinOf(context: ReadContext, { userName, uin }: Properties): Promise<number | undefined> {
  if (userName === undefined) return Number(uin);
  const user = await unlessNotFound(context.call("cam", "GetUser", { Name: userName }));
  return user?.Uin;
}

async function attachedId(
  context: ReadContext,
  uin: number,
  policyName: string,
): Promise<number | undefined> {
  const attached = await unlessNotFound(
    allPages(100, async (offset, Rp) => {
      const page = await context.call("cam", "ListAttachedUserPolicies", {
        TargetUin: uin,
        Page: offset / Rp + 1,
        Rp,
      });
      return { items: page.List ?? [], total: page.TotalNum ?? 0 };
    }),
  );
  return attached?.find((policy) => policy.PolicyName === policyName)?.PolicyId;
}

async function readLive(context: ReadContext, known: Properties): Promise<Live | undefined> {
  const uin = await uinOf(context, known);
  if (uin === undefined || (await attachedId(context, uin, known.policyName)) === undefined) return undefined;
  return {
    properties: {
      policyName: known.policyName,
      ...(known.userName === undefined ? {} : { userName: known.userName }),
      ...(known.uin === undefined ? {} : { uin: known.uin }),
    },
    attributes: {},
  };
}
