import type { Construct } from "constructs";
import { providerOf } from "../cdktf";
import {
  metrics,
  type MetricFacts,
  type MetricName,
  type MetricStatistic,
  type RegionMetricName,
} from "../model/metrics";
import type { IInvocable } from "./invocable";

/** One thing that the platform measures (MON-METRIC). */
export interface IMetric {
  /** Its name in the documents: `duration`, `error`, `http_4xx`. */
  readonly name: MetricName;
  /** What thresholds on it are given in. */
  readonly unit: MetricFacts["unit"];
  /** How the values of a period of 1 or 5 minutes become one. */
  readonly statistic: MetricStatistic;
}

/** What is measured of one version or alias: alarms watch it (MON-TARGET). */
export interface IFunctionMetric extends IMetric {
  /** Over what it is collected. */
  readonly dimension: "function";
  /** The version or alias that is measured. */
  readonly target: IInvocable;
}

/** What is measured of all functions of a region together. No alarm can watch it (MON-TARGET). */
export interface IRegionMetric extends IMetric {
  readonly name: RegionMetricName;
  /** Over what it is collected. */
  readonly dimension: "region";
  /** The region; undefined while its stack has no provider. */
  readonly region: string | undefined;
}

/** Metrics of one version or alias. */
export class FunctionMetrics {
  constructor(private readonly target: IInvocable) {}

  /** How long the code ran, in ms, on average. */
  duration(): IFunctionMetric {
    return this.metric("duration");
  }

  /** How often it was called. */
  invocations(): IFunctionMetric {
    return this.metric("invocation");
  }

  /** How many calls ended in an error of the code or of the platform. */
  errors(): IFunctionMetric {
    return this.metric("error");
  }

  /** The most calls that ran at the same time. */
  concurrentExecutions(): IFunctionMetric {
    return this.metric("concurrent_executions");
  }

  /** How many calls were turned away because the concurrency was used up. */
  throttles(): IFunctionMetric {
    return this.metric("throttle");
  }

  /** The most memory that a run used, in MB. */
  memory(): IFunctionMetric {
    return this.metric("mem");
  }

  /** Memory times duration, in MB·ms: what is paid for. */
  memoryDuration(): IFunctionMetric {
    return this.metric("mem_duration");
  }

  /** What it sent to the internet, in KB. */
  outgoingTraffic(): IFunctionMetric {
    return this.metric("out_flow");
  }

  /** How many calls ended with a status of 5xx: errors of the platform. */
  systemErrors(): IFunctionMetric {
    return this.metric("syserr");
  }

  /** How many calls ended with a status of 4xx: errors of the function. */
  functionErrors(): IFunctionMetric {
    return this.metric("http_4xx");
  }

  /** How many calls ended with a status of 2xx. */
  successes(): IFunctionMetric {
    return this.metric("http_2xx");
  }

  /** How many calls met a limit of resources: status 432. */
  resourceLimits(): IFunctionMetric {
    return this.metric("http_432");
  }

  /** How many runs took longer than the timeout: status 433. */
  timeouts(): IFunctionMetric {
    return this.metric("http_433");
  }

  /** How many runs needed more memory than there is: status 434. */
  memoryLimits(): IFunctionMetric {
    return this.metric("http_434");
  }

  /** By its name in the documents. */
  metric(name: MetricName): IFunctionMetric {
    return { ...common(name), name, dimension: "function", target: this.target };
  }
}

/** Metrics of all functions of a region together. */
export class RegionMetrics {
  constructor(private readonly scope: Construct) {}

  /** How long code ran, in ms, on average. */
  duration(): IRegionMetric {
    return this.metric("duration");
  }

  /** How often functions were called. */
  invocations(): IRegionMetric {
    return this.metric("invocation");
  }

  /** How many calls ended in an error of the code or of the platform. */
  errors(): IRegionMetric {
    return this.metric("error");
  }

  /** The most calls that ran at the same time. */
  concurrentExecutions(): IRegionMetric {
    return this.metric("concurrent_executions");
  }

  /** How many calls were turned away because the concurrency was used up. */
  throttles(): IRegionMetric {
    return this.metric("throttle");
  }

  /** By its name in the documents. Not every metric exists for a region. */
  metric(name: RegionMetricName): IRegionMetric {
    const { scope } = this;
    return {
      ...common(name),
      name,
      dimension: "region",
      // Asked for when it is used: the provider may be declared after the metric.
      get region() {
        return providerOf(scope)?.region;
      },
    };
  }
}

/** What the platform measures. */
export const Metrics = {
  /** Of one version or alias: the same as its `metrics`, also for `latest` and for versions by number. */
  of(target: IInvocable): FunctionMetrics {
    return new FunctionMetrics(target);
  },

  /** Of all functions in the region of a construct's stack. */
  ofRegion(scope: Construct): RegionMetrics {
    return new RegionMetrics(scope);
  },
} as const;

/** Facts of a metric; of a name that is none, which MON-METRIC reports, none. */
function common(name: MetricName): Pick<IMetric, "unit" | "statistic"> {
  const facts: MetricFacts | undefined = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  return { unit: facts?.unit ?? "count", statistic: facts?.statistic ?? "sum" };
}
