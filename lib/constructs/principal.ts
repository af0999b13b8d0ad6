import type { IRole } from "./role";

/** A user of the account. Users exist already: this library does not make them. */
export interface IUser {
  /** Tells a user from a group. */
  readonly principalType: "user";
  /** Name, when that is what is known. */
  readonly userName?: string;
  /** Account id, when that is what is known. */
  readonly uin?: string;
  /** Tells attachments of one policy apart. */
  readonly attachmentId: string;
}

/** A group of users. Groups exist already: this library does not make them. */
export interface IGroup {
  /** Tells a user from a group. */
  readonly principalType: "group";
  /** Id that the platform gave it. */
  readonly groupId: number;
  /** Tells attachments of one policy apart. */
  readonly attachmentId: string;
}

/** Whoever a policy can be attached to. */
export type Principal = IRole | IUser | IGroup;

/** Users of the account, by name or id. */
export class User {
  /** By name, as the user logs in. A deploy fails when there is nobody of that name. */
  static fromName(userName: string): IUser {
    return { principalType: "user", userName, attachmentId: userName };
  }

  /** By account id: digits. */
  static fromUin(uin: string): IUser {
    return { principalType: "user", uin, attachmentId: uin };
  }

  private constructor() {}
}

/** Groups of users, by id. */
export class Group {
  /** By the id that the platform gave the group, a whole number. */
  static fromId(groupId: number): IGroup {
    return { principalType: "group", groupId, attachmentId: `group-${groupId}` };
  }

  private constructor() {}
}
