import { ScfError } from "../model/error";
import {
  userPolicyAttachmentSchema,
  type UserPolicyAttachmentProperties,
} from "../model/resources/user-policy-attachment";
import { onceKnown } from "./access-lag";
import { consistency } from "./consistency";
import { everyUser } from "./every-principal";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages, forEachOf, shared } from "./pages";
import { asFound } from "./plan-shape";
import { requirePolicyId } from "./policy-lookup";

type Properties = UserPolicyAttachmentProperties;

const SHAPE = "user/policy";

export const userPolicyAttachmentKind: Kind<typeof userPolicyAttachmentSchema> = {
  schema: userPolicyAttachmentSchema,
  identity: (properties) => `${properties.policyName} on user ${userText(properties)}`,
  exclusive: (properties) => [`user ${userText(properties)}`],
  replacement: "delete-first",
  timeoutMs: 60_000,
  consistencyMs: consistency.accessManagement,

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

  import: {
    id: SHAPE,

    /** By the user's name, or by the account id where that is what the program says. */
    async find(context, id, { uin }) {
      const title = userPolicyAttachmentSchema.title;
      const [user = "", policyName = ""] = importParts(title, SHAPE, /^([^/]+)\/([^/]+)$/, id);
      return readLive(context, user === uin ? { uin, policyName } : { userName: user, policyName });
    },

    async list(context) {
      return forEachOf(await everyUser(context), async ({ Name: userName = "", Uin: uin = 0 }) =>
        (await attachedTo(context, uin)).map(({ PolicyName: policyName = "" }) =>
          asFound(userPolicyAttachmentSchema, `${userName}/${policyName}`, {
            properties: { userName, policyName },
            attributes: {},
          }),
        ),
      );
    },
  },
};

function userText({ userName, uin }: Properties): string {
  return userName ?? uin ?? "";
}

/** The user's account id; undefined when nobody has the name. */
async function uinOf(context: ReadContext, { userName, uin }: Properties): Promise<number | undefined> {
  if (userName === undefined) return Number(uin);
  const user = await shared(context, `user ${userName}`, () =>
    unlessNotFound(context.call("cam", "GetUser", { Name: userName })),
  );
  return user?.Uin;
}

async function attachedTo(context: ReadContext, uin: number) {
  const attached = await shared(context, `policies of user ${uin}`, () =>
    unlessNotFound(
      allPages(100, async (offset, Rp) => {
        const page = await context.call("cam", "ListAttachedUserPolicies", {
          TargetUin: uin,
          Page: offset / Rp + 1,
          Rp,
        });
        return { items: page.List ?? [], total: page.TotalNum ?? 0 };
      }),
    ),
  );
  return attached ?? [];
}

async function attachedId(
  context: ReadContext,
  uin: number,
  policyName: string,
): Promise<number | undefined> {
  return (await attachedTo(context, uin)).find((policy) => policy.PolicyName === policyName)?.PolicyId;
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
