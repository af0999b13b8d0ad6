import { ACKNOWLEDGE } from "./acknowledge";
import { facts, type Evidence } from "./facts";
import { sections, type When } from "./ids";
import { rules } from "./rules";

/** Everything that there is to say about one id, whether it is a rule or a fact. */
export interface ReferenceEntry {
  readonly id: string;
  readonly section: { readonly number: number; readonly title: string };
  readonly severity: "error" | "warning" | "fact";
  readonly statement: string;
  readonly source: { readonly document: string; readonly section: string };
  readonly when: readonly When[];
  /** Rules only: what to do about a finding. */
  readonly fix?: string;
  /** Facts only: what follows from it. */
  readonly consequence?: string;
  /** Facts only: where it can be seen. */
  readonly evidence?: Evidence;
}

type Content = Pick<
  ReferenceEntry,
  "id" | "severity" | "statement" | "source" | "fix" | "consequence" | "evidence"
>;

/** Findings about acknowledgements come from no rule: they are made when all others are there. */
const acknowledgements: Content = {
  id: ACKNOWLEDGE,
  severity: "warning",
  statement:
    "an acknowledgement names a rule that warns at its place, and says why the warning does not matter",
  source: { document: "cdktf-scf", section: "acknowledgements" },
  fix: "remove the acknowledgement, or correct the rule that it names",
};

/** All rules and facts, in the order of the list of ids; ids that have neither yet are left out. */
export function reference(): readonly ReferenceEntry[] {
  const contents = new Map<string, Content>();
  for (const content of [...facts, acknowledgements, ...rules]) {
    const severity = "severity" in content ? content.severity : "fact";
    // A fact that a rule guards keeps what follows from it and where it is to be seen.
    contents.set(content.id, { ...contents.get(content.id), ...content, severity });
  }
  return sections.flatMap(({ number, title, ids }) =>
    ids.flatMap(({ id, when }) => {
      const content = contents.get(id);
      return content ? [entry(content, { number, title }, when)] : [];
    }),
  );
}

function entry(content: Content, section: ReferenceEntry["section"], when: readonly When[]): ReferenceEntry {
  const { id, severity, statement, source, fix, consequence, evidence } = content;
  return {
    id,
    section,
    severity,
    statement,
    source,
    when,
    ...(fix === undefined ? {} : { fix }),
    ...(consequence === undefined ? {} : { consequence }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/**
 * Whether there are warnings of it that a program can acknowledge; those about acknowledgements themselves cannot be.
 *
 * @param reports the severities that its cases report, where they are known: a rule may warn beside its errors
 */
export function acknowledgeable({ id, severity }: ReferenceEntry, reports: readonly string[] = []): boolean {
  return id !== ACKNOWLEDGE && (severity === "warning" || reports.includes("warning"));
}

const whenTexts: Readonly<Record<When, string>> = {
  prop: "at synthesis, on the property alone",
  self: "at synthesis, on the construct alone",
  stack: "at synthesis, over the constructs of a stack",
  app: "at synthesis, over all stacks",
  asset: "at synthesis, in the code package",
  plan: "on deploy, when what is wanted is compared with what is there",
  run: "by the platform, while code runs",
  none: "nowhere: it is good to know",
};

/** When an id is checked, as a phrase. */
export function whenText(when: readonly When[]): string {
  return when.map((moment) => whenTexts[moment]).join("; ");
}

/** Where a fact can be seen, as a phrase. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.by) {
    case "test":
      return `the local platform behaves so: ${evidence.file}, "${evidence.name}"`;
    case "immutable":
      return `a change replaces the resource: ${evidence.properties.map((name) => `\`${name}\``).join(", ")} of ${evidence.kind}`;
    case "running-code":
      return "behaviour of running code: nothing to check before it runs";
  }
}
