import { blocks, table } from "../markdown";
import { toMarkdown } from "./texts";
import { thrownErrors, type ThrownError } from "./thrown";

/** What people are doing when an error of these files comes up; the first that fits holds. */
const areas: readonly { readonly title: string; readonly files: RegExp }[] = [
  {
    title: "Terraform",
    files: /^(terraform|cdktf\/terraform)\/|^cli\/(terraform|commands\/(terraform|state-moves))/,
  },
  { title: "Testing the program", files: /^testing\// },
  { title: "Writing the program", files: /^(constructs|cdktf|assets)\// },
  { title: "Rules of an organization", files: /^rules\/guard/ },
  { title: "Running the program", files: /^cli\/(program\/|project|synthesis|start)/ },
  { title: "Account and quotas", files: /^model\/account|^cli\/commands\/quota/ },
  { title: "Importing", files: /^cli\/commands\/import|^kinds\/import|^reconciler\/import/ },
  { title: "The local platform", files: /^platform\/local\/|^cli\/commands\/local/ },
  { title: "Credentials and connection", files: /^platform\/|^reconciler\/(calls|session|run)\.ts/ },
  {
    title: "What is recorded",
    files: /^reconciler\/(state|lock|moved)|^cli\/commands\/(state|unlock|output)/,
  },
  { title: "Comparing and deploying", files: /^(reconciler|cli|model)\// },
  { title: "What the platform made of it", files: /^kinds\// },
];

/** The text of docs/errors.md. */
export function errorsPage(): string {
  const byCode = new Map<string, ThrownError[]>();
  for (const error of thrownErrors()) byCode.set(error.code, [...(byCode.get(error.code) ?? []), error]);
  const codes = [...byCode].sort(([one], [other]) => one.localeCompare(other));
  const unplaced = codes.filter(([, errors]) => areaOf(errors) === undefined).map(([code]) => code);
  if (unplaced.length > 0) throw new Error(`scripts/errors/page.ts has no area for ${unplaced.join(", ")}`);
  return blocks([
    ...introduction,
    ...areas.flatMap((area) => [
      `## ${area.title}`,
      ...codes.filter(([, errors]) => areaOf(errors) === area).map(([code, errors]) => section(code, errors)),
    ]),
  ]);
}

const introduction = [
  "<!-- Written by `npm run docs:errors` from the errors in lib/. -->",
  "# Errors and exit codes",
  "What goes wrong is said in one sentence, and what to do about it in the next:",
  [
    "```text",
    "Error: There is no stack shoop with functions in the program.",
    "The stacks are: shop.",
    "```",
  ].join("\n"),
  "Each error has a code as well, which stays the same across versions. A program that calls the library tests for it:",
  [
    "```ts",
    'import { ScfError } from "cdktf-scf";',
    "",
    "export function isLocked(error: unknown): boolean {",
    '  return ScfError.is(error) && error.code === "STATE_LOCKED";',
    "}",
    "```",
  ].join("\n"),
  "Findings are something else: what a program does that the platform would refuse. Each has the id of [a rule](rules/README.md), " +
    "and all of them come together as one error `FINDINGS`. What the platform itself answers is shown with its own code, such as " +
    "`LimitExceeded.Function`.",
  "## Exit codes",
  table(
    ["exit code", "means"],
    [
      ["0", "done, or nothing to do; `diff` and `drift`: there is no difference"],
      ["1", "failed, refused, declined, or something of it could not be done"],
      ["2", "`diff` and `drift`: there is a difference"],
      ["130", "interrupted: what was done is recorded, and the next run goes on"],
    ],
  ),
  "The rest of this page lists every code with its sentences, by what one is doing when it comes up. What stands in italics is " +
    "only known then.",
];

function section(code: string, errors: readonly ThrownError[]): string {
  const fixesOf = new Map<string, Set<string>>();
  for (const { messages, fixes } of errors) {
    const lines = messages.map((message) => `- ${toMarkdown(message)}`).join("\n");
    if (lines === "") continue;
    fixesOf.set(
      lines,
      new Set([...(fixesOf.get(lines) ?? []), ...fixes.map((fix) => `  - ${toMarkdown(fix)}`)]),
    );
  }
  return [`### ${code}`, "", ...[...fixesOf].flatMap(([lines, fixes]) => [lines, ...fixes])].join("\n");
}

function areaOf(errors: readonly ThrownError[]): (typeof areas)[number] | undefined {
  return areas.find(({ files }) => errors.some(({ file }) => files.test(file)));
}
