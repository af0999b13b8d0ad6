import { ScfError } from "../model/error";
import {
  alarmTypes,
  comparisons,
  metricFacts,
  metrics,
  monitorRegion,
  regionOfMonitor,
  type AlarmTargetType,
  type Comparison,
} from "../model/metrics";
import {
  alarmPolicySchema,
  type AlarmPolicyProperties,
  type PlannedCondition,
} from "../model/resources/alarm-policy";
import { canonicalJson, type Value } from "../model/value";
import type { Response } from "../platform/api";
import { consistency } from "./consistency";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";
import { allPages, forEachOf } from "./pages";
import { asFound } from "./plan-shape";

const Module = "monitor";
const SHAPE = "policy-…";

type ApiPolicy = NonNullable<Response<"monitor", "DescribeAlarmPolicy">["Policy"]>;
type ApiCondition = NonNullable<ApiPolicy["Condition"]>;
type ApiObject = NonNullable<Response<"monitor", "DescribeBindingPolicyObjectList">["List"]>[number];

export const alarmPolicyKind: Kind<typeof alarmPolicySchema> = {
  schema: alarmPolicySchema,
  identity: ({ policyName }) => policyName,
  exclusive: ({ policyName }) => [`alarm policy ${policyName}`],
  replacement: "delete-first",
  // In the tags of CreateAlarmPolicy.
  marked: true,
  timeoutMs: 60_000,
  consistencyMs: consistency.monitoring,

  async read(context, { attributes }) {
    return attributes.policyId === undefined ? undefined : readLive(context, attributes.policyId);
  },

  /** Names of alarm policies need not be unique: only one with this resource's own mark is in the way of another. */
  async find(context, wanted) {
    const policies = await policiesLike(context, { PolicyName: wanted.policyName });
    const found = policies.find(
      ({ PolicyName, Tags }) => PolicyName === wanted.policyName && readTags(Tags).owner === context.owner,
    );
    return found?.PolicyId === undefined ? undefined : readLive(context, found.PolicyId);
  },

  async create(context, wanted) {
    const { PolicyId: policyId } = await context.call("monitor", "CreateAlarmPolicy", {
      Module,
      MonitorType: "MT_QCE",
      PolicyName: wanted.policyName,
      Namespace: alarmTypes[wanted.targetType as AlarmTargetType]?.apiNamespace ?? wanted.targetType,
      Enable: wanted.enabled ? 1 : 0,
      Condition: conditionOf(wanted),
      NoticeIds: wanted.noticeIds ?? [],
      Tags: writeTags(undefined, context.owner),
      ...(wanted.description ? { Remark: wanted.description } : {}),
    });
    if (policyId === undefined) {
      throw new ScfError(
        "ANSWER_INCOMPLETE",
        `The platform made alarm policy ${wanted.policyName} and named no id.`,
      );
    }
    await context.record({ policyId });
    await bind(context, policyId, wanted);
    return { policyId };
  },

  async update(context, wanted, { attributes }, changed) {
    const PolicyId = attributes.policyId ?? "";
    const info = (Key: "NAME" | "REMARK", value: string) =>
      context.call("monitor", "ModifyAlarmPolicyInfo", { Module, PolicyId, Key, Value: value });
    if (changed.has("policyName")) await info("NAME", wanted.policyName);
    if (changed.has("description")) await info("REMARK", wanted.description ?? "");
    if (changed.has("conditions") || changed.has("match")) {
      const Condition = conditionOf(wanted);
      await context.call("monitor", "ModifyAlarmPolicyCondition", { Module, PolicyId, Condition });
    }
    if (changed.has("noticeIds")) {
      const NoticeIds = wanted.noticeIds ?? [];
      await context.call("monitor", "ModifyAlarmPolicyNotice", { Module, PolicyId, NoticeIds });
    }
    if (changed.has("target")) {
      // The new one first: nothing goes unwatched, and what is cut off in between shows as two.
      await bind(context, PolicyId, wanted);
      const others = (await objectsOf(context, PolicyId)).filter(
        (object) => canonicalJson(targetOf(object)) !== canonicalJson(plannedTarget(wanted, context.region)),
      );
      if (others.length > 0) {
        await context.call("monitor", "UnBindingPolicyObject", {
          Module,
          GroupId: 0,
          PolicyId,
          UniqueId: others.map((object) => object.UniqueId ?? ""),
        });
      }
    }
    if (changed.has("enabled")) {
      const Enable = wanted.enabled ? 1 : 0;
      await context.call("monitor", "ModifyAlarmPolicyStatus", { Module, PolicyId, Enable });
    }
    return {};
  },

  async delete(context, { attributes }) {
    if (attributes.policyId === undefined) return;
    const PolicyIds = [attributes.policyId];
    await unlessNotFound(context.call("monitor", "DeleteAlarmPolicy", { Module, PolicyIds }));
  },

  /** Nothing marks one that exists: how the tag service names alarm policies is not documented. */
  import: {
    id: SHAPE,

    async find(context, id) {
      const [policyId = ""] = importParts(alarmPolicySchema.title, SHAPE, /^(policy-[^/]+)$/, id);
      return readLive(context, policyId);
    },

    /** Those on functions, and none of the platform's own. */
    async list(context) {
      const Namespaces = Object.values(alarmTypes).map(({ apiNamespace }) => apiNamespace);
      const policies = await policiesLike(context, { Namespaces });
      return forEachOf(policies, async ({ PolicyId: policyId = "", IsDefault: isDefault }) => {
        const live = isDefault === 1 ? undefined : await readLive(context, policyId);
        return live ? [asFound(alarmPolicySchema, policyId, live)] : [];
      });
    },
  },
};

function policiesLike(
  context: ReadContext,
  filter: { readonly PolicyName: string } | { readonly Namespaces: readonly string[] },
): Promise<ApiPolicy[]> {
  return allPages(100, async (offset, PageSize) => {
    const page = await context.call("monitor", "DescribeAlarmPolicies", {
      Module,
      ...filter,
      MonitorTypes: ["MT_QCE"],
      PageNumber: offset / PageSize + 1,
      PageSize,
    });
    return { items: page.Policies ?? [], total: page.TotalCount ?? 0 };
  });
}

async function bind(
  context: OperationContext,
  PolicyId: string,
  { target, targetType }: AlarmPolicyProperties,
): Promise<void> {
  if (!target) return;
  const { functionName, namespace, qualifier } = target;
  const qualifierKey = alarmTypes[targetType as AlarmTargetType]?.qualifierKey ?? targetType;
  await context.call("monitor", "BindingPolicyObject", {
    Module,
    PolicyId,
    Dimensions: [
      {
        Region: monitorRegion(context.region),
        Dimensions: JSON.stringify({ functionName, namespace, [qualifierKey]: qualifier }),
      },
    ],
  });
}

function conditionOf({ conditions, match }: AlarmPolicyProperties): ApiCondition {
  return {
    IsUnionRule: match === "all" ? 1 : 0,
    Rules: conditions.map((condition) => ({
      MetricName: metricFacts(condition.metric)?.apiName ?? condition.metric,
      Period: condition.periodMinutes * 60,
      Operator: comparisons[condition.comparison],
      Value: decimal(condition.threshold),
      ContinuePeriod: condition.occurrences,
      NoticeFrequency: condition.repeatSeconds,
      IsPowerNotice: 0,
      RuleType: "STATIC",
    })),
  };
}

const metricByApiName = new Map<string, string>(
  Object.entries(metrics).map(([name, { apiName }]) => [apiName, name]),
);
const comparisonByWord = new Map<string, Comparison>(
  Object.entries(comparisons).map(([comparison, word]) => [word, comparison as Comparison]),
);
const typeByNamespace = new Map<string, string>(
  Object.entries(alarmTypes).map(([type, { apiNamespace }]) => [apiNamespace, type]),
);

/** As the plan holds them: in the order of their text. What the plan has no word for keeps the platform's. */
function conditionsFrom(condition: ApiCondition | undefined): PlannedCondition[] {
  return (condition?.Rules ?? [])
    .map((rule) => ({
      metric: metricByApiName.get(rule.MetricName ?? "") ?? rule.MetricName ?? "",
      comparison: (comparisonByWord.get(rule.Operator ?? "") ?? rule.Operator ?? "") as Comparison,
      threshold: Number(rule.Value),
      periodMinutes: (rule.Period ?? 0) / 60,
      occurrences: rule.ContinuePeriod ?? 1,
      repeatSeconds: rule.NoticeFrequency ?? 0,
    }))
    .map((planned) => [canonicalJson(planned), planned] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, planned]) => planned);
}

async function readLive(context: ReadContext, policyId: string): Promise<Live | undefined> {
  const answer = await unlessNotFound(
    context.call("monitor", "DescribeAlarmPolicy", { Module, PolicyId: policyId }),
  );
  const policy = answer?.Policy;
  if (policy?.PolicyId === undefined) return undefined;
  const { owner } = readTags(policy.Tags);
  const targets = (await objectsOf(context, policyId)).map(targetOf);
  const [first = {}] = targets;
  const { region = context.region, ...target } = first as { readonly [key: string]: Value };
  return {
    properties: {
      policyName: policy.PolicyName ?? "",
      targetType: typeByNamespace.get(policy.Namespace ?? "") ?? policy.Namespace ?? "",
      // One object in this region is what the plan can say; anything else shows as it is, and is mended.
      target: targets.length > 1 ? targets : region === context.region ? target : first,
      conditions: conditionsFrom(policy.Condition) as unknown as Value,
      match: policy.Condition?.IsUnionRule === 1 ? "all" : "any",
      noticeIds: [...(policy.NoticeIds ?? [])].sort(),
      enabled: policy.Enable !== 0,
      description: policy.Remark ?? "",
    },
    attributes: { policyId },
    ...(owner === undefined ? {} : { owner }),
  };
}

async function objectsOf(context: ReadContext, policyId: string): Promise<readonly ApiObject[]> {
  return allPages(100, async (Offset, Limit) => {
    const page = await context.call("monitor", "DescribeBindingPolicyObjectList", {
      Module,
      GroupId: 0,
      PolicyId: policyId,
      Offset,
      Limit,
    });
    return { items: page.List ?? [], total: page.Total ?? 0 };
  });
}

/** An object as the plan would name it, with its region. */
function targetOf(object: ApiObject): Value {
  const region = regionOfMonitor(object.Region ?? "");
  try {
    const dimensions = JSON.parse(object.Dimensions ?? "") as Readonly<Record<string, string>>;
    const qualifier = Object.values(alarmTypes)
      .map(({ qualifierKey }) => dimensions[qualifierKey])
      .find((value) => value !== undefined);
    return {
      namespace: dimensions["namespace"] ?? "",
      functionName: dimensions["functionName"] ?? "",
      qualifier: qualifier ?? "",
      region,
    };
  } catch {
    return { dimensions: object.Dimensions ?? "", region };
  }
}

function plannedTarget({ target }: AlarmPolicyProperties, region: string): Value {
  return { ...target, region };
}

/** Small and large numbers as the API reads them: without an exponent. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(Math.abs(value) < 1 ? 20 : 0).replace(/(\.\d*?)0+$/, "$1") : text;
}
