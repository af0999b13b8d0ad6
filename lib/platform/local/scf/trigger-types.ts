import { CronPattern } from "croner";
import { parseJson, refuse } from "../context";

/** What the platform makes of the text that describes a trigger. */
export interface Specification {
  /** The text as it is answered, which is not the one that was sent. */
  readonly answered: string;
  /** What makes the trigger one of its own on its function and qualifier, beside its type. */
  readonly identity: string;
  /** An event source that a region has once. */
  readonly source?: string;
}

export interface TriggerType {
  readonly updatable: boolean;
  readonly switchable: boolean;
  read(name: string, specification: string | undefined): Specification;
}

const code = "InvalidParameterValue.TriggerDesc";

const cronFields = ["second", "minute", "hour", "day", "month", "weekday", "year"] as const;

/** TRG-CRON. The parser fills in fields that are missing, so they are counted first. */
export function checkCron(expression: string, code = "InvalidParameterValue.TriggerDesc"): void {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== cronFields.length || fields[0] === "") {
    const count = fields[0] === "" ? 0 : fields.length;
    refuse(code, `A schedule has a cron expression of 7 fields (${cronFields.join(", ")}), not of ${count}`);
  }
  try {
    new CronPattern(expression.trim(), undefined, { mode: "7-part" });
  } catch {
    refuse(code, `"${expression.slice(0, 120)}" is not a cron expression`);
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
  read(name, specification) {
    const given = readObject<CosSpecification>(specification);
    const { event, filter = {} } = given;
    const { Prefix: prefix = "", Suffix: suffix = "" } = filter;
    if (typeof event !== "string" || !event.startsWith("cos:")) {
      refuse(code, 'The event of a COS trigger is a text such as "cos:ObjectCreated:*"');
    }
    if (typeof prefix !== "string" || typeof suffix !== "string") {
      refuse(code, "Prefix and Suffix of a COS trigger are texts");
    }
    const source = JSON.stringify([name, event, prefix, suffix]);
    const answered = { bucketUrl: name, event, filter: { Prefix: prefix, Suffix: suffix } };
    return { answered: JSON.stringify(answered), identity: source, source };
  },
};

const ckafka: TriggerType = {
  updatable: true,
  switchable: true,
  read(name, specification) {
    return { answered: JSON.stringify(readObject<object>(specification)), identity: name };
  },
};

/** A function URL: one per function and qualifier, whatever its name. */
const http: TriggerType = {
  updatable: true,
  switchable: false,
  read(_name, specification) {
    return { answered: JSON.stringify(readObject<object>(specification)), identity: "" };
  },
};

const types: Readonly<Record<string, TriggerType>> = { timer, cos, ckafka, http };

/** Triggers that another service makes. */
const elsewhere: Readonly<Record<string, string>> = {
  apigw: "API gateway",
  cls: "CLS",
  mps: "MPS",
  clb: "CLB, with RegisterFunctionTargets",
  eb: "EventBridge",
};

export function triggerType(type: string): TriggerType {
  if (type === "cmq") {
    refuse("UnsupportedOperation.Trigger", "CMQ is discontinued since June 2022: no CMQ trigger can be made");
  }
  const service = Object.hasOwn(elsewhere, type) ? elsewhere[type] : undefined;
  if (service) refuse("InvalidParameterValue.Type", `Triggers of the type ${type} are handled by ${service}`);
  const found = Object.hasOwn(types, type) ? types[type] : undefined;
  return (
    found ??
    refuse(
      "InvalidParameterValue.Type",
      `Type is one of ${Object.keys(types).join(", ")}, not ${type.slice(0, 80)}`,
    )
  );
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
