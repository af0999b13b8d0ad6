import { randomInt } from "node:crypto";
import { account, formatTime, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { attach, detach, listAttached } from "./attached-policies";

interface UserRow {
  readonly uin: number;
  readonly uid: number;
  readonly name: string;
  readonly remark: string;
  readonly console_login: number;
  readonly phone: string;
  readonly country_code: string;
  readonly email: string;
  readonly created: number;
}

function findUser(context: Context, name: string): UserRow {
  return (
    context.database.get<UserRow>("SELECT * FROM users WHERE name = ?", name) ??
    refuse("ResourceNotFound.UserNotExist", `The user ${name.slice(0, 80)} does not exist`)
  );
}

function requireUin(context: Context, uin: number): number {
  if (context.database.get("SELECT 1 FROM users WHERE uin = ?", uin)) return uin;
  return refuse("ResourceNotFound.UserNotExist", `The user ${uin} does not exist`);
}

export const users = {
  /** Passwords and keys of users are never made here: nobody can log in. */
  AddUser(context, request) {
    const { database } = context;
    const name = request.Name;
    if (!/^[A-Za-z0-9_+=,.@-]{1,64}$/.test(name)) {
      refuse(
        "InvalidParameter.UserNameIllegal",
        "The name of a user has 1 to 64 letters, digits and _+=,.@-",
      );
    }
    if (database.get("SELECT 1 FROM users WHERE name = ?", name)) {
      refuse("InvalidParameter.SubUserNameInUse", `The user ${name} exists already`);
    }
    const last = database.get<{ uin: number | null }>("SELECT max(uin) AS uin FROM users")?.uin;
    const uin = (last ?? Number(account.uin)) + 1;
    const uid = randomInt(1e6, 1e7);
    database.run(
      `INSERT INTO users (uin, uid, name, remark, console_login, phone, country_code, email, created)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      uin,
      uid,
      name,
      request.Remark ?? "",
      request.ConsoleLogin ?? 0,
      request.PhoneNum ?? "",
      request.CountryCode ?? "",
      request.Email ?? "",
      context.now,
    );
    return { Uin: uin, Name: name, Uid: uid };
  },

  GetUser(context, request) {
    const user = findUser(context, request.Name);
    return {
      Uin: user.uin,
      Name: user.name,
      Uid: user.uid,
      Remark: user.remark,
      ConsoleLogin: user.console_login,
      PhoneNum: user.phone,
      CountryCode: user.country_code,
      Email: user.email,
    };
  },

  ListUsers(context) {
    const rows = context.database.all<UserRow>("SELECT * FROM users ORDER BY uin");
    return {
      Data: rows.map((user) => ({
        Uin: user.uin,
        Name: user.name,
        Uid: user.uid,
        Remark: user.remark,
        ConsoleLogin: user.console_login,
        PhoneNum: user.phone,
        CountryCode: user.country_code,
        Email: user.email,
        CreateTime: formatTime(user.created),
      })),
    };
  },

  /** Policies that were attached are detached. */
  DeleteUser(context, request) {
    context.database.run("DELETE FROM users WHERE uin = ?", findUser(context, request.Name).uin);
    return {};
  },

  AttachUserPolicy(context, request) {
    attach(context, "user", requireUin(context, request.AttachUin), request.PolicyId);
    return {};
  },

  DetachUserPolicy(context, request) {
    detach(context, "user", requireUin(context, request.DetachUin), request.PolicyId);
    return {};
  },

  ListAttachedUserPolicies(context, request) {
    return listAttached(context, "user", request.TargetUin, request);
  },
} satisfies Partial<Handlers<"cam">>;
