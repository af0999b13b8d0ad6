import { services } from "../api";
import type { Api, Fields } from "../api";
import { refuse } from "./context";

/** Checks a value and answers with it, freed of what counts as absent. */
type Check = (value: unknown, path: string) => unknown;
type Entry = { readonly required: boolean; readonly check: Check };

const cache = new Map<string, Check>();

/**
 * Checks the parameters of a call against the record of its action, as the platform does before it looks at what they
 * mean: unknown ones, missing ones, and ones of another type. Absent, `undefined` and `null` are the same.
 */
export function checkRequest(service: keyof typeof services, action: string, request: unknown): object {
  const key = `${service} ${action}`;
  let check = cache.get(key);
  if (!check) {
    const api: Api = services[service];
    check = objectCheck(api, api.actions[action]?.request ?? {});
    cache.set(key, check);
  }
  return check(request ?? {}, "") as object;
}

function objectCheck(api: Api, fields: Fields): Check {
  let entries: Map<string, Entry> | undefined;
  return (value, path) => {
    // Made on first use: types may refer to each other in circles.
    entries ??= new Map(Object.entries(fields).map(([name, type]) => [name, entryOf(api, type)]));
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const what = path ? `The parameter \`${path}\`` : "The request";
      refuse("InvalidParameter", `${what} must be an object, not ${describe(value)}`);
    }
    const checked: Record<string, unknown> = {};
    for (const [name, item] of Object.entries(value)) {
      const entry = entries.get(name);
      if (!entry) refuse("UnknownParameter", `The parameter \`${join(path, name)}\` is not known`);
      if (item !== undefined && item !== null) checked[name] = entry.check(item, join(path, name));
    }
    for (const [name, entry] of entries) {
      if (entry.required && checked[name] === undefined) {
        refuse("MissingParameter", `The parameter \`${join(path, name)}\` is missing`);
      }
    }
    return checked;
  };
}

function entryOf(api: Api, type: string): Entry {
  const required = type.endsWith("*");
  return { required, check: checkOf(api, required ? type.slice(0, -1) : type) };
}

function checkOf(api: Api, type: string): Check {
  if (type.endsWith("[]")) return listCheck(checkOf(api, type.slice(0, -2)));
  const fields = api.types[type];
  return fields ? objectCheck(api, fields) : scalarCheck(type);
}

function listCheck(element: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) {
      refuse("InvalidParameter", `The parameter \`${path}\` must be a list, not ${describe(value)}`);
    }
    return value.map((item, index) => element(item, join(path, String(index))));
  };
}

function scalarCheck(type: string): Check {
  return (value, path) => {
    if (typeof value !== type || (typeof value === "number" && !Number.isFinite(value))) {
      refuse("InvalidParameter", `The parameter \`${path}\` must be a ${type}, not ${describe(value)}`);
    }
    return value;
  };
}

/** The kind of a value, never the value: it may be a secret. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "an infinite or undefined number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
