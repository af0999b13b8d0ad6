import * as fs from "node:fs";
import * as path from "node:path";
import { sections } from "../../lib/rules/ids";
import { reference, type ReferenceEntry } from "../../lib/rules/reference";
import { allCases } from "./all-cases";
import { enforcementOf, type Enforcement } from "./enforcement";

const root = path.resolve(__dirname, "..", "..");

/** What there is of one id of the list. */
export interface Completeness {
  readonly id: string;
  /** Absent while there is neither a rule nor a fact. */
  readonly entry: ReferenceEntry | undefined;
  readonly passingCase: boolean;
  /** A case in which the rule reports its own severity. */
  readonly failingCase: boolean;
  /** The golden files hold what it says. */
  readonly message: boolean;
  readonly page: boolean;
  readonly enforcement: Enforcement | undefined;
}

export function completeness(): readonly Completeness[] {
  const entries = new Map(reference().map((entry) => [entry.id, entry]));
  const cases = allCases();
  const golden = goldenText();
  return sections.flatMap(({ ids }) =>
    ids.map(({ id }) => {
      const entry = entries.get(id);
      const own = cases.filter(({ rule }) => rule === id);
      return {
        id,
        entry,
        passingCase: own.some(({ severities }) => severities.length === 0),
        failingCase: own.some(({ severities }) =>
          severities.some((severity) => severity === entry?.severity),
        ),
        message: new RegExp(`^(ERROR|WARNING) ${id}  .`, "m").test(golden),
        page: fs.existsSync(path.join(root, "docs", "rules", `${id}.md`)),
        enforcement: enforcementOf(id),
      };
    }),
  );
}

/** What an id lacks, in words; nothing for a complete one. */
export function lacks(row: Completeness): readonly string[] {
  if (!row.entry) return ["rule or fact"];
  const needed: readonly (readonly [string, boolean])[] =
    row.entry.severity === "fact"
      ? [["page", row.page]]
      : [
          ["passing case", row.passingCase],
          ["failing case", row.failingCase],
          ["message", row.message],
          ["page", row.page],
          ["word on the local platform", row.enforcement !== undefined],
        ];
  return needed.flatMap(([name, there]) => (there ? [] : [name]));
}

function goldenText(): string {
  const folder = path.join(__dirname, "golden");
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return files.map((name) => fs.readFileSync(path.join(folder, name), "utf8")).join("\n");
}
