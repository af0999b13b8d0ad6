import type { Handlers } from "../context";
import { groups } from "./groups";
import { policies } from "./policies";
import { roles } from "./roles";
import { users } from "./users";

export const cam: Handlers<"cam"> = { ...policies, ...roles, ...users, ...groups };
