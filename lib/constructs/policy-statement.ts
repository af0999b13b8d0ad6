import type { Join } from "../model/value";
import type { Condition, ConditionDocument } from "./condition";

/** One sentence of a policy (CAM-DOC). */
export interface PolicyStatement {
  readonly effect: "allow" | "deny";
  /** Actions, `scf:InvokeFunction`; wildcards as in `scf:Get*` are allowed (CAM-ACT). */
  readonly actions: readonly string[];
  /** Six-part names, `qcs::scf:<region>:uin/<uin>:namespace/<ns>/function/<fn>`, or `*` (CAM-RES, CAM-STAR). */
  readonly resources: readonly (string | Join)[];
  /**
   * When it holds, all of several: `[Condition.ipEqual("10.0.0.0/8"), Condition.dateLessThan("2030-01-01T00:00:00Z")]`. In
   * the platform's own spelling they are operator, key, value: `{ ip_equal: { "qcs:ip": "10.0.0.0/8" } }` (CAM-COND).
   * @default always
   */
  readonly conditions?: Condition | readonly Condition[] | ConditionDocument;
}
