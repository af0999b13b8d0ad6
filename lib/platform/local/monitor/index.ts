import type { Handlers } from "../context";
import { alarmObjects } from "./alarm-objects";
import { alarmPolicies } from "./alarm-policies";

export const monitor: Handlers<"monitor"> = { ...alarmPolicies, ...alarmObjects };
