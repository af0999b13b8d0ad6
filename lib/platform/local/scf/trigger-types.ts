import { CronPattern } from "croner";
import { parseJson, refuse } from "../context";
import { readApi } from "./api-gateway";

/** What the platform makes of the text that describes a trigger. */
export interface Specification {
  /** The text as it is answered, which is not the one that was sent. */
  readonly answered: string;
  /** What makes the trigger one of its own on its function and qualifier, beside its type. */
  readonly identity: string;
  /** An event source that a region has once. */
  readonly source?: string;
  /** Name that the trigger gets, where it is not the one that was sent. */
  readonly name?: string;
}

export interface TriggerType {
  readonly updatable: boolean;
  readonly switchable: boolean;
  /** Several triggers have one name, so that calls have to describe the one that they mean. */
  readonly sharesName?: boolean;
  /** The service that makes them, for types that CreateTrigger does not take. */
  readonly madeBy?: string;
  read(name: string, specification: string | undefined, region: string): Specification;
  /** What an update has to leave as it is. */
  readonly fixed?: readonly string[];
}

const code = "InvalidParameterValue.TriggerDesc";

const cronFields = ["second", "minute", "hour", "day", "month", "weekday", "year"] as const;

/** A list of `*`, a number or a name, or a range of them, each with a step if need be. */
const cronField = /^((^|,)(\*|(\d{1,4}|[A-Za-z]{3})(-(\d{1,4}|[A-Za-z]{3}))?)(\/[1-9]\d*)?)+$/;

/** TRG-CRON. The parser fills in fields that are missing, so they are counted first. */
export function checkCron(expression: string, code = "InvalidParameterValue.TriggerDesc"): void {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== cronFields.length || fields[0] === "") {
    const count = fields[0] === "" ? 0 : fields.length;
    refuse(code, `A schedule has a cron expression of 7 fields (${cronFields.join(", ")}), not of ${count}`);
  }
  const wrong = (): never => refuse(code, `"${expression.slice(0, 120)}" is not a cron expression`);
  // The parser knows more than the platform: the last day of a month, weekdays by their place in it, 7 for Sunday.
  if (!fields.every((field) => cronField.test(field))) wrong();
  if (fields[5]?.replace(/\/\d+/g, "").split(/[,-]/).includes("7")) wrong();
  const years = fields[6]?.replace(/\/\d+/g, "").match(/\d+/g) ?? [];
  if (years.some((year) => Number(year) < 1970 || Number(year) > 2099)) wrong();
  try {
    new CronPattern(expression.trim(), undefined, { mode: "7-part" });
  } catch {
    wrong();
  }
}

const timer: TriggerType = {
  updatable: true,
  switchable: true,
  read(name, specification = "") {
    if (!/^[A-Za-z0-9_-]{1,100}$/.test(name)) {
      refuse(
        "InvalidParameterValue.TriggerName",
        'The name of a timer has 1 to 100 letters, digits, "_" and "-"',
      );
    }
    checkCron(specification);
    return { answered: JSON.stringify({ cron: specification.trim() }), identity: name };
  },
};

interface CosSpecification {
  readonly event?: unknown;
  readonly filter?: { readonly Prefix?: unknown; readonly Suffix?: unknown };
}

/** TRG-COS: one function per bucket, event, prefix and suffix. */
const cos: TriggerType = {
  updatable: false,
  switchable: true,
  sharesName: true,
  read(name, specification, region) {
    checkBucket(name, region);
    const given = readObject<CosSpecification>(specification);
    const { event, filter = {} } = given;
    const { Prefix: prefix = "", Suffix: suffix = "" } = filter;
    if (typeof event !== "string" || !/^cos:[A-Za-z]+(:(\*|[A-Za-z]+))?$/.test(event)) {
      refuse(code, 'The event of a COS trigger is a text such as "cos:ObjectCreated:*"');
    }
    if (typeof prefix !== "string" || typeof suffix !== "string") {
      refuse(code, "Prefix and Suffix of a COS trigger are texts");
    }
    if (suffix !== "" && !suffix.startsWith("."))
      refuse(code, "The Suffix of a COS trigger begins with a period");
    const source = JSON.stringify([name, event, prefix, suffix]);
    const answered = { bucketUrl: name, event, filter: { Prefix: prefix, Suffix: suffix } };
    return { answered: JSON.stringify(answered), identity: source, source };
  },
};

/** TRG-COSREG. */
function checkBucket(address: string, region: string): void {
  const bucket = /^([a-z0-9][a-z0-9-]*-\d+)\.cos\.([a-z0-9-]+)\.myqcloud\.com$/.exec(address);
  if (!bucket) {
    refuse(
      "InvalidParameterValue.TriggerName",
      "A COS trigger is named by its bucket: <bucket>-<appid>.cos.<region>.myqcloud.com",
    );
  }
  if (bucket[2] === region) return;
  refuse(
    "InvalidParameterValue.Cos",
    `The bucket ${bucket[1]} is in ${bucket[2]}, and the function in ${region}`,
  );
}

interface CkafkaSpecification {
  readonly maxMsgNum?: unknown;
  readonly offset?: unknown;
  readonly retry?: unknown;
  readonly timeOut?: unknown;
  readonly consumerGroupName?: unknown;
}

const ckafka: TriggerType = {
  updatable: true,
  switchable: true,
  fixed: ["offset", "consumerGroupName"],
  read(name, specification) {
    if (!/^ckafka-[a-z0-9]+-.+$/.test(name)) {
      refuse("InvalidParameterValue.TriggerName", "A CKafka trigger is named <instance>-<topic>");
    }
    const given = readObject<CkafkaSpecification>(specification);
    const {
      maxMsgNum = 100,
      offset = "latest",
      retry = 10_000,
      timeOut = 60,
      consumerGroupName = "",
    } = given;
    checkWhole(maxMsgNum, 1, Infinity, "maxMsgNum");
    checkWhole(retry, 0, Infinity, "retry");
    checkWhole(timeOut, 1, 60, "timeOut");
    if (!/^(latest|earliest|\d{1,15})$/.test(String(offset))) {
      refuse(code, "offset is latest, earliest or a time in milliseconds");
    }
    if (typeof consumerGroupName !== "string") refuse(code, "consumerGroupName is a text");
    const answered = { maxMsgNum, offset, retry, timeOut, consumerGroupName };
    return { answered: JSON.stringify(answered), identity: name };
  },
};

function checkWhole(value: unknown, smallest: number, largest: number, name: string): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= smallest && value <= largest) return;
  refuse(
    code,
    `${name} is a whole number from ${smallest}${largest === Infinity ? " on" : ` to ${largest}`}`,
  );
}

const apigw: TriggerType = {
  updatable: false,
  switchable: false,
  sharesName: true,
  read: (name, specification) => readApi(name, readObject<object>(specification)),
};

/** The log service makes these and has no call that takes them away (belief). */
const cls: TriggerType = {
  updatable: false,
  switchable: false,
  madeBy: "CLS, with CreateDeliverCloudFunction",
  read: (name) => ({ answered: "{}", identity: name }),
};

/** A function URL: one per function and qualifier, whatever its name. */
const http: TriggerType = {
  updatable: true,
  switchable: false,
  read(_name, specification) {
    return { answered: JSON.stringify(readObject<object>(specification)), identity: "" };
  },
};

const types: Readonly<Record<string, TriggerType>> = { timer, cos, ckafka, http, apigw, cls };

/** Triggers that another service makes and takes away. */
const elsewhere: Readonly<Record<string, string>> = {
  mps: "MPS, with BindTrigger and UnbindTrigger",
  clb: "CLB, with RegisterFunctionTargets",
  eb: "EventBridge",
};

export function triggerType(type: string): TriggerType {
  if (type === "cmq") {
    refuse("UnsupportedOperation.Trigger", "CMQ is discontinued since June 2022: no CMQ trigger can be made");
  }
  const service = Object.hasOwn(elsewhere, type) ? elsewhere[type] : undefined;
  if (service) refuseElsewhere(type, service);
  const found = Object.hasOwn(types, type) ? types[type] : undefined;
  return (
    found ?? refuse("InvalidParameterValue.Type", `Type is one of ${creatable}, not ${type.slice(0, 80)}`)
  );
}

/** A type of trigger that CreateTrigger makes. */
export function creatableType(type: string): TriggerType {
  const found = triggerType(type);
  if (found.madeBy) refuseElsewhere(type, found.madeBy);
  return found;
}

const creatable = Object.keys(types)
  .filter((type) => types[type]?.madeBy === undefined)
  .join(", ");

function refuseElsewhere(type: string, service: string): never {
  refuse("InvalidParameterValue.Type", `Triggers of the type ${type} are handled by ${service}`);
}

function readObject<Value>(text: string | undefined): Value {
  try {
    const value: unknown = parseJson(text ?? "");
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Value;
  } catch {
    // Falls through to the refusal: what is wrong with it is the same either way.
  }
  return refuse(code, "TriggerDesc is an object in JSON");
}
