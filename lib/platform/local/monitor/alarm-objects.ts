import { alarmTypes, regionOfMonitor } from "../../../model/metrics";
import { refuse } from "../context";
import type { Context, Handlers } from "../context";
import { mintId } from "../ids";
import { defaultAlias, lookUpFunction, resolveQualifier, versionNumber } from "../scf/lookup";
import { checkModule, findAlarmPolicy, type AlarmPolicyRow } from "./store";

const invalid = "InvalidParameterValue";

interface ObjectRow {
  readonly id: string;
  readonly region: string;
  readonly dimensions: string;
}

function readDimensions(text: string | undefined): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // The same refusal as for JSON of another form.
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject || Object.values(value as object).some((item) => typeof item !== "string")) {
    refuse(invalid, "Dimensions is a JSON object of texts");
  }
  return value as Record<string, string>;
}

/** MON-TARGET: an object is a version or an alias, as the policy's type says, of a function that exists. */
function checkObject(
  context: Context,
  policy: AlarmPolicyRow,
  region: string,
  text: string | undefined,
): string {
  const dimensions = readDimensions(text);
  const type = Object.values(alarmTypes).find(({ apiNamespace }) => apiNamespace === policy.type);
  const qualifierKey = type?.qualifierKey ?? "";
  const { functionName, namespace, [qualifierKey]: qualifier } = dimensions;
  if (functionName === undefined || namespace === undefined || qualifier === undefined) {
    refuse(invalid, `An object of this alarm policy has functionName, namespace and ${qualifierKey}`);
  }
  const there = { ...context, region: regionOfMonitor(region) };
  const fn = lookUpFunction(there, namespace, functionName);
  if (!fn)
    refuse(invalid, `There is no function ${namespace}/${functionName} in ${there.region}`.slice(0, 200));
  const isVersion = versionNumber(qualifier) !== undefined;
  const known = qualifier === defaultAlias || resolveQualifier(there, fn, qualifier) !== undefined;
  if (!known || isVersion !== (qualifierKey === "version")) {
    refuse(invalid, `${namespace}/${functionName} has no ${qualifierKey} ${qualifier.slice(0, 80)}`);
  }
  return JSON.stringify({ functionName, namespace, [qualifierKey]: qualifier });
}

export const alarmObjects = {
  /** Binding what is bound changes nothing. */
  BindingPolicyObject(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    const objects = request.Dimensions ?? [];
    if (objects.length === 0) refuse(invalid, "Dimensions has one object at least");
    for (const { Region, Dimensions } of objects) {
      context.database.run(
        "INSERT INTO alarm_objects (id, policy, region, dimensions) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        mintId("object"),
        policy.id,
        Region,
        checkObject(context, policy, Region, Dimensions),
      );
    }
    return {};
  },

  UnBindingPolicyObject(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    for (const id of request.UniqueId) {
      const sql = "DELETE FROM alarm_objects WHERE policy = ? AND id = ?";
      if (context.database.run(sql, policy.id, id) === 0) {
        refuse("ResourceNotFound", `The alarm policy ${policy.id} has no object ${id.slice(0, 60)}`);
      }
    }
    return {};
  },

  DescribeBindingPolicyObjectList(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    const rows = context.database.all<ObjectRow>(
      "SELECT * FROM alarm_objects WHERE policy = ? ORDER BY id",
      policy.id,
    );
    const offset = request.Offset ?? 0;
    return {
      List: rows.slice(offset, offset + (request.Limit ?? 20)).map((row) => ({
        UniqueId: row.id,
        Dimensions: row.dimensions,
        IsShielded: 0,
        Region: row.region,
      })),
      Total: rows.length,
      NoShieldedSum: rows.length,
    };
  },
} satisfies Partial<Handlers<"monitor">>;
