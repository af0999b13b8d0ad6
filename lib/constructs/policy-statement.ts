import type { Join } from "../model/value";

/** One sentence of a policy (CAM-DOC). */
export interface PolicyStatement {
  readonly effect: "allow" | "deny";
  /** Actions, `scf:InvokeFunction`; wildcards as in `scf:Get*` are allowed (CAM-ACT). */
  readonly actions: readonly string[];
  /** Six-part names, `qcs::scf:<region>:uin/<uin>:namespace/<ns>/function/<fn>`, or `*` (CAM-RES, CAM-STAR). */
  readonly resources: readonly (string | Join)[];
  /**
   * When it holds: operator, key, value: `{ ip_equal: { "qcs:ip": "10.0.0.0/8" } }` (CAM-COND).
   * @default always
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
