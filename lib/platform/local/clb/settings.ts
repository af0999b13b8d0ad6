import type { Request } from "../../api";
import { refuse } from "../context";
import { checkWord } from "../words";

type HealthCheck = NonNullable<Request<"clb", "CreateListener">["HealthCheck"]>;

interface Settings {
  readonly Scheduler?: string | undefined;
  readonly SessionExpireTime?: number | undefined;
  readonly HealthCheck?: HealthCheck | undefined;
}

/** Settings that listeners and rules share, with the bounds that differ between them. */
export function checkSettings(settings: Settings, longestSession: number): void {
  if (settings.Scheduler !== undefined) {
    const words = ["WRR", "LEAST_CONN", "IP_HASH"];
    checkWord(settings.Scheduler, words, "Scheduler", "InvalidParameterValue");
  }
  const session = settings.SessionExpireTime;
  if (session) checkRange("SessionExpireTime", session, 30, longestSession);
  if (settings.HealthCheck) checkHealthCheck(settings.HealthCheck);
}

function checkHealthCheck(check: HealthCheck): void {
  checkRange("HealthCheck.HealthSwitch", check.HealthSwitch, 0, 1);
  checkRange("HealthCheck.TimeOut", check.TimeOut, 2, 60);
  checkRange("HealthCheck.IntervalTime", check.IntervalTime, 2, 300);
  checkRange("HealthCheck.HealthNum", check.HealthNum, 2, 10);
  checkRange("HealthCheck.UnHealthNum", check.UnHealthNum, 2, 10);
  checkRange("HealthCheck.HttpCode", check.HttpCode, 1, 31);
  if (check.CheckPort !== -1) checkRange("HealthCheck.CheckPort", check.CheckPort, 1, 65_535);
  const [timeout, interval] = [check.TimeOut ?? 2, check.IntervalTime ?? 5];
  if (timeout >= interval) {
    refuse(
      "InvalidParameterValue",
      `HealthCheck.TimeOut is ${timeout}; it is less than IntervalTime, which is ${interval}`,
    );
  }
}

function checkRange(name: string, value: number | undefined, smallest: number, largest: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= smallest && value <= largest)) return;
  refuse("InvalidParameterValue", `${name} is ${value}; it is a whole number from ${smallest} to ${largest}`);
}
