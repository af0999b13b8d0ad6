import type { Handlers } from "../context";
import { policies } from "./policies";
import { roles } from "./roles";

export const cam: Handlers<"cam"> = { ...policies, ...roles };
