/**
 * Where something can be decided: a property on its own, one construct, the constructs of a stack or of all stacks, the code
 * package, the comparison on deploy, or only the running platform.
 */
export type When = "prop" | "self" | "stack" | "app" | "asset" | "plan" | "run" | "none";

/** How it is reported; a fact is not: nothing can be wrong about it before code runs. */
export type ListedSeverity = "error" | "warning" | "fact";

/** One restriction or fact of the platform, by its stable name. */
export interface RuleId {
  readonly id: string;
  readonly when: readonly When[];
  readonly severities: readonly ListedSeverity[];
}

export interface Section {
  readonly number: number;
  readonly title: string;
  readonly ids: readonly RuleId[];
}

/**
 * Everything the source documents restrict or state, whether there is a rule for it or not: what is complete is measured
 * against this list. The last section is what the library asks for itself.
 */
export const sections: readonly Section[] = [
  section(1, "Account, region and namespace", [
    row("QTA-CODE", ["app", "asset"], ["error"]),
    row("QTA-CONC", ["app"], ["error"]),
    row("QTA-NS", ["app"], ["error"]),
    row("QTA-FN", ["app"], ["error"]),
    row("QTA-LYR", ["app"], ["error"]),
    row("QTA-LYRV", ["plan"], ["warning"]),
    row("QTA-TEST", ["prop", "app"], ["error"]),
    row("QTA-EIP", ["app"], ["error"]),
    row("QTA-BURST", ["run"], ["fact"]),
    row("QTA-PBURST", ["run"], ["fact"]),
    row("NS-DEFAULT", ["self"], ["error"]),
    row("NS-PKG", ["prop"], ["warning"]),
  ]),
  section(2, "Functions, runtimes and code packages", [
    row("FN-NAME", ["prop"], ["error"]),
    row("FN-NAMELEN", ["self"], ["error"]),
    row("FN-UNIQUE", ["app"], ["error"]),
    row("FN-IMMUT", ["plan"], ["fact"]),
    row("FN-DESC", ["prop"], ["error", "warning"]),
    row("FN-MEM", ["prop"], ["error"]),
    row("FN-TMP", ["run"], ["fact"]),
    row("FN-TIMEOUT", ["self"], ["error"]),
    row("FN-INIT", ["prop"], ["error"]),
    row("FN-ENV", ["self"], ["error"]),
    row("FN-ENVSEC", ["self"], ["warning"]),
    row("FN-TZ", ["self"], ["error"]),
    row("FN-PAY", ["run"], ["fact"]),
    row("FN-GPU", ["prop"], ["error"]),
    row("FN-ROLE", ["self"], ["error"]),
    row("FN-LOCK", ["plan"], ["fact"]),
    row("RT-LIST", ["prop"], ["error"]),
    row("RT-H1", ["self"], ["error"]),
    row("RT-H2", ["self", "asset"], ["error"]),
    row("RT-H3", ["self"], ["error"]),
    row("RT-NOH", ["self"], ["error"]),
    row("COD-ZIP", ["asset"], ["error", "warning"]),
    row("COD-SIZE", ["asset"], ["error"]),
    row("COD-UP", ["asset"], ["error"]),
    row("COD-EDIT", ["asset"], ["fact"]),
    row("COD-COS", ["self"], ["error"]),
    row("COD-IMG", ["self"], ["error"]),
  ]),
  section(3, "Web functions and API gateway triggers", [
    row("WEB-TRG", ["self"], ["error"]),
    row("WEB-SVC", ["stack"], ["error"]),
    row("WEB-ASYNC", ["self"], ["error"]),
    row("WEB-BOOT", ["asset"], ["error"]),
    row("WEB-MODE", ["asset"], ["error"]),
    row("WEB-SHEBANG", ["asset"], ["error"]),
    row("WEB-LF", ["asset"], ["error"]),
    row("WEB-PATH", ["asset"], ["error"]),
    row("WEB-PORT", ["asset"], ["warning"]),
    row("WEB-RW", ["run"], ["fact"]),
    row("WEB-INVOKE", ["run"], ["fact"]),
    row("WEB-HDR", ["run"], ["fact"]),
    row("WEB-CONC", ["self"], ["error"]),
    row("WEB-DNS", ["self"], ["error"]),
    row("WS-IDLE", ["self"], ["error"]),
    row("WS-LOCK", ["plan"], ["fact"]),
    row("WS-GW", ["stack"], ["error"]),
    row("WS-LIM", ["run"], ["fact"]),
    row("WEB-LOGFMT", ["self"], ["error"]),
    row("GW-KIND", ["plan"], ["fact"]),
    row("GW-BASIC", ["self"], ["error"]),
    row("GW-ONE", ["app"], ["error"]),
    row("GW-TIMEOUT", ["self"], ["warning"]),
  ]),
  section(4, "Layers", [
    row("LYR-NAME", ["prop"], ["error"]),
    row("LYR-RT", ["prop"], ["error"]),
    row("LYR-MATCH", ["self"], ["error"]),
    row("LYR-BIND", ["self"], ["error"]),
    row("LYR-ORDER", ["asset"], ["warning"]),
    row("LYR-ZIP", ["asset"], ["error", "warning"]),
    row("LYR-IMG", ["self"], ["error"]),
    row("LYR-PATH", ["run"], ["fact"]),
  ]),
  section(5, "Versions and aliases", [
    row("VER-NUM", ["run"], ["fact"]),
    row("ALS-NAME", ["prop"], ["error"]),
    row("ALS-DESC", ["prop"], ["error"]),
    row("ALS-TWO", ["prop"], ["error"]),
    row("ALS-WEIGHT", ["self"], ["error"]),
    row("ALS-RULE", ["self"], ["error"]),
    row("ALS-KEY", ["prop"], ["error"]),
    row("ALS-EXACT", ["prop"], ["error"]),
    row("ALS-RANGE", ["prop"], ["error", "warning"]),
    row("ALS-SELF", ["self"], ["error"]),
    row("ALS-INVOKE", ["run"], ["fact"]),
  ]),
  section(6, "Triggers", [
    row("TRG-COUNT", ["app"], ["error"]),
    row("TRG-QUAL", ["self"], ["error"]),
    row("TRG-TYPE", ["prop"], ["fact"]),
    row("TRG-CMQ", ["prop"], ["error"]),
    row("TRG-ENABLE", ["self"], ["warning"]),
    row("TRG-COS", ["app"], ["error", "warning"]),
    row("TRG-COSREG", ["self"], ["error"]),
    row("TRG-CRON", ["prop"], ["error"]),
    row("TRG-ASYNC", ["run"], ["fact"]),
  ]),
  section(7, "Concurrency", [
    row("CON-UNIT", ["self"], ["warning"]),
    row("CON-RES", ["app"], ["error"]),
    row("CON-ZERO", ["self"], ["fact"]),
    row("CON-RESNS", ["run"], ["fact"]),
    row("CON-PROV", ["self"], ["error"]),
    row("CON-PSUM", ["app"], ["error"]),
    row("CON-OVER", ["self"], ["warning"]),
    row("CON-KIND", ["self"], ["error"]),
    row("CON-SCHED", ["self"], ["error", "warning"]),
    row("CON-DYN", ["self"], ["error"]),
    row("CON-ASYNCQPS", ["run"], ["fact"]),
    row("CON-EST", ["none"], ["fact"]),
  ]),
  section(8, "Asynchronous execution", [
    row("EXE-LOCK", ["plan"], ["fact"]),
    row("EXE-TRACK", ["self"], ["error"]),
    row("EXE-RETRY", ["self"], ["error"]),
    row("EXE-ROLE", ["self"], ["warning"]),
    row("EXE-DLQ", ["self"], ["warning"]),
    row("EXE-TERM", ["run"], ["fact"]),
  ]),
  section(9, "Network, storage and logs", [
    row("NET-PUB", ["self"], ["warning"]),
    row("NET-VPC", ["self"], ["error"]),
    row("NET-EIP", ["self", "app"], ["error"]),
    row("NET-NS", ["prop"], ["error"]),
    row("NET-NAT", ["stack"], ["error"]),
    row("NET-CONN", ["run"], ["fact"]),
    row("STO-VPC", ["self"], ["error"]),
    row("STO-DIR", ["self"], ["error"]),
    row("STO-UID", ["prop"], ["fact"]),
    row("STO-ROLE", ["stack"], ["warning"]),
    row("LOG-REGION", ["self"], ["error"]),
    row("LOG-DEFAULT", ["none"], ["fact"]),
    row("LOG-LIM", ["run"], ["fact"]),
  ]),
  section(10, "Permissions", [
    row("CAM-DOC", ["prop"], ["error"]),
    row("CAM-ACT", ["prop"], ["error", "warning"]),
    row("CAM-RES", ["prop"], ["error"]),
    row("CAM-STAR", ["self"], ["error"]),
    row("CAM-COND", ["prop"], ["error"]),
    row("CAM-WIDE", ["self"], ["warning"]),
    row("CAM-PRESET", ["prop"], ["fact", "error"]),
    row("CAM-ROLE", ["self"], ["error"]),
    row("CAM-FN", ["app"], ["error"]),
  ]),
  section(11, "Load balancers that bind functions", [
    row("CLB-ACCT", ["app"], ["error"]),
    row("CLB-GEN", ["self"], ["error"]),
    row("CLB-NET", ["self"], ["error"]),
    row("CLB-REGION", ["self"], ["error"]),
    row("CLB-IP", ["self"], ["error"]),
    row("CLB-PROTO", ["self"], ["error"]),
    row("CLB-RULE", ["self"], ["error"]),
    row("CLB-WEIGHT", ["prop"], ["error"]),
    row("CLB-FORMAT", ["run"], ["fact"]),
    row("CLB-BETA", ["app"], ["warning"]),
    row("CLB-DUP", ["app"], ["error"]),
  ]),
  section(12, "Other back-ends of load balancers", [
    row("BCK-CVM", ["self"], ["error"]),
    row("BCK-ENI", ["self"], ["error"]),
    row("BCK-X2", ["self"], ["error"]),
    row("BCK-X1", ["self", "plan"], ["error"]),
    row("BCK-IDC", ["self"], ["error"]),
    row("BCK-XOR", ["self"], ["error"]),
    row("BCK-SRC", ["none"], ["fact"]),
    row("BCK-AUTO", ["none"], ["fact"]),
    row("BCK-ALOG", ["self"], ["error"]),
    row("BCK-SG", ["self"], ["warning"]),
  ]),
  section(13, "Hosting on Kubernetes", [
    row("K8S-NS", ["self"], ["error"]),
    row("K8S-NET", ["self"], ["error"]),
    row("K8S-NODE", ["self"], ["error"]),
    row("K8S-LABEL", ["prop"], ["error"]),
    row("K8S-TOL", ["prop"], ["error"]),
  ]),
  section(14, "Monitoring", [
    row("MON-METRIC", ["prop"], ["error"]),
    row("MON-PERIOD", ["prop"], ["error"]),
    row("MON-TARGET", ["self"], ["error"]),
  ]),
  section(15, "Status codes of invocations", [
    row("STATUS-200", ["run"], ["fact"]),
    row("STATUS-404", ["run"], ["fact"]),
    row("STATUS-405", ["run"], ["fact"]),
    row("STATUS-406", ["run"], ["fact"]),
    row("STATUS-410", ["run"], ["fact"]),
    row("STATUS-429", ["run"], ["fact"]),
    row("STATUS-430", ["run"], ["fact"]),
    row("STATUS-432", ["run"], ["fact"]),
    row("STATUS-433", ["run"], ["fact"]),
    row("STATUS-434", ["run"], ["fact"]),
    row("STATUS-439", ["run"], ["fact"]),
    row("STATUS-446", ["run"], ["fact"]),
    row("STATUS-455", ["run"], ["fact"]),
    row("STATUS-456", ["run"], ["fact"]),
    row("STATUS-499", ["run"], ["fact"]),
    row("STATUS-500", ["run"], ["fact"]),
  ]),
  section(16, "The program itself", [
    row("TYPE", ["prop"], ["error"]),
    row("UNIQUE", ["app"], ["error", "warning"]),
    row("MOVED", ["stack"], ["error"]),
    row("QTA-VALUE", ["prop"], ["error"]),
    row("QTA-SAME", ["app"], ["error"]),
    row("QTA-SNAP", ["app"], ["warning"]),
    row("REGION", ["self"], ["warning"]),
    row("COD-CALL", ["asset"], ["warning"]),
    row("TAG-RESERVED", ["prop"], ["error"]),
    row("REL-STEPS", ["prop"], ["error"]),
    row("REL-GATE", ["prop"], ["error"]),
    row("REL-ROUTING", ["self"], ["error"]),
    row("REL-PROV", ["app"], ["error"]),
    row("BUDGET", ["app"], ["error"]),
    row("ACKNOWLEDGE", ["app"], ["warning", "error"]),
  ]),
];

function section(number: number, title: string, ids: readonly RuleId[]): Section {
  return { number, title, ids };
}

function row(id: string, when: readonly When[], severities: readonly ListedSeverity[]): RuleId {
  return { id, when, severities };
}
