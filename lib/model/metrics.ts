/** What the platform measures of functions (MON-METRIC), and how an alarm on it looks to the platform's monitoring. */

/** Over what a metric is collected. */
export type MetricDimension = "function" | "region";

/** How the values of one period become one. */
export type MetricStatistic = "average" | "sum" | "maximum";

export interface MetricFacts {
  readonly unit: "ms" | "count" | "MB" | "MBms" | "KB";
  readonly statistic: MetricStatistic;
  readonly dimensions: readonly MetricDimension[];
  /**
   * Its name in the monitoring API. The documents give the lower-case names above only; these are the names that the
   * monitoring service's own public list of metrics has, and are taken on trust for alarms.
   */
  readonly apiName: string;
}

const everywhere = ["function", "region"] as const;
const perFunction = ["function"] as const;

/** Every metric there is, by the documents' name. */
export const metrics = {
  duration: { unit: "ms", statistic: "average", dimensions: everywhere, apiName: "Duration" },
  invocation: { unit: "count", statistic: "sum", dimensions: everywhere, apiName: "Invocation" },
  error: { unit: "count", statistic: "sum", dimensions: everywhere, apiName: "Error" },
  concurrent_executions: {
    unit: "count",
    statistic: "maximum",
    dimensions: everywhere,
    apiName: "ConcurrentExecutions",
  },
  throttle: { unit: "count", statistic: "sum", dimensions: everywhere, apiName: "Throttle" },
  mem: { unit: "MB", statistic: "maximum", dimensions: perFunction, apiName: "Mem" },
  mem_duration: { unit: "MBms", statistic: "sum", dimensions: perFunction, apiName: "MemDuration" },
  out_flow: { unit: "KB", statistic: "sum", dimensions: perFunction, apiName: "OutFlow" },
  syserr: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Syserr" },
  http_4xx: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Http4xx" },
  http_2xx: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Http2xx" },
  http_432: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Http432" },
  http_433: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Http433" },
  http_434: { unit: "count", statistic: "sum", dimensions: perFunction, apiName: "Http434" },
} as const satisfies Readonly<Record<string, MetricFacts>>;

/** A metric of functions, by the name that the documents give it (MON-METRIC). */
export type MetricName = keyof typeof metrics;

/** Metrics that exist for a whole region, too. */
export type RegionMetricName = {
  [Name in MetricName]: "region" extends (typeof metrics)[Name]["dimensions"][number] ? Name : never;
}[MetricName];

/** The facts of a metric, for a name that may be anything. */
export function metricFacts(name: string): MetricFacts | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name as MetricName] : undefined;
}

/** Periods that metrics are collected over, in minutes (MON-PERIOD). */
export const metricPeriods = [1, 5] as const;
/** Over how many minutes a metric is collected (MON-PERIOD). */
export type MetricPeriod = (typeof metricPeriods)[number];

/** What an alarm policy watches: `function/version` or `function/alias` in the documents (MON-TARGET). */
export const alarmTargetTypes = ["version", "alias"] as const;
export type AlarmTargetType = (typeof alarmTargetTypes)[number];

/**
 * The two types of alarm policy as the monitoring API names them, and the keys that name one object of each. The documents
 * show neither: types are ids of the monitoring service's public list of namespaces, keys are the dimensions of its public
 * list of metrics.
 */
export const alarmTypes: Readonly<
  Record<AlarmTargetType, { readonly apiNamespace: string; readonly qualifierKey: string }>
> = {
  version: { apiNamespace: "SCF", qualifierKey: "version" },
  alias: { apiNamespace: "scf_alias", qualifierKey: "alias" },
};

/** How an alarm compares a metric with its threshold, and the API's word for it (API AlarmPolicyRule.Operator). */
export const comparisons = {
  ">": "gt",
  ">=": "ge",
  "<": "lt",
  "<=": "le",
  "==": "eq",
  "!=": "ne",
} as const;
/** How a value is compared with the threshold of an alarm. */
export type Comparison = keyof typeof comparisons;

/** After how long an alarm that lasts is told again, in seconds; 0 is never (API AlarmPolicyRule.NoticeFrequency). */
export const repeatIntervals: readonly number[] = [
  0, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/** Limits of alarm policies (API CreateAlarmPolicy). */
export const alarmLimits = { nameCharacters: 60, remarkCharacters: 100 } as const;

/** How the monitoring API writes regions in the objects of an alarm policy; a newer region goes by its own code. */
const regionCodes: Readonly<Record<string, string>> = {
  "ap-guangzhou": "gz",
  "ap-shanghai": "sh",
  "ap-beijing": "bj",
  "ap-chengdu": "cd",
  "ap-chongqing": "cq",
  "ap-nanjing": "nj",
  "ap-hongkong": "hk",
  "ap-singapore": "sg",
  "ap-mumbai": "in",
  "ap-tokyo": "jp",
  "na-toronto": "ca",
  "na-siliconvalley": "usw",
  "eu-frankfurt": "de",
  "ap-shenzhen-fsi": "szjr",
  "ap-shanghai-fsi": "shjr",
};

export function monitorRegion(region: string): string {
  return regionCodes[region] ?? region;
}

/** The region that the monitoring API writes in one way or the other. */
export function regionOfMonitor(code: string): string {
  return Object.keys(regionCodes).find((region) => regionCodes[region] === code) ?? code;
}
