import type { OperationName, RunSummary } from "../../reconciler/events";
import type { Value } from "../../model/value";
import { done } from "./progress-board";
import type { Style } from "./style";
import { count, duration } from "./text";
import { renderValue, SENSITIVE } from "./value";

const order: readonly OperationName[] = ["create", "publish", "update", "replace", "delete"];

/** What a run has done, how long it took and what it cost. */
export function renderSummary(stack: string, summary: RunSummary, style: Style): string {
  const did = order.flatMap((operation) => {
    const number = summary.byOperation[operation] ?? 0;
    return number === 0 ? [] : [`${number} ${done[operation]}`];
  });
  const retained = summary.retained.length > 0 ? [`${summary.retained.length} retained`] : [];
  const failed = summary.failed > 0 ? [style.red(`${summary.failed} failed`)] : [];
  const blocked = summary.blocked > 0 ? [style.yellow(`${summary.blocked} not done`)] : [];
  const { read, write, refused, retried, waits, waitedMilliseconds } = summary.calls;
  const cost = [
    duration(summary.milliseconds),
    count(write, "write call"),
    count(read, "read call"),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(retried > 0 ? [`${retried} made again`] : []),
    ...(waits > 0 ? [`waited ${duration(waitedMilliseconds)} for the platform`] : []),
  ].join(", ");
  const what = [...did, ...retained, ...failed, ...blocked].join(", ") || "nothing changed";
  return `${style.bold(`${stack}:`)} ${what} ${style.dim(`(${cost})`)}`;
}

export type Outputs = Readonly<Record<string, { readonly value: Value; readonly sensitive: boolean }>>;

/** A stack's outputs, one per line. */
export function renderOutputs(stack: string, outputs: Outputs, style: Style): string {
  const names = Object.keys(outputs).sort();
  const lines = names.map((name) => {
    const output = outputs[name];
    return `  ${name} = ${!output || output.sensitive ? SENSITIVE : renderValue(output.value)}`;
  });
  return [style.bold(`Outputs of ${stack}:`), ...lines].join("\n");
}

/** The same for machines, without what must not be shown. */
export function outputsJson(outputs: Outputs): Record<string, { value: Value; sensitive: boolean }> {
  return Object.fromEntries(
    Object.keys(outputs)
      .sort()
      .map((name) => {
        const { value, sensitive } = outputs[name] ?? { value: null, sensitive: true };
        return [name, { value: sensitive ? null : value, sensitive }];
      }),
  );
}
