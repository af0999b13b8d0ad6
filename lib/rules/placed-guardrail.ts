import { kindsByShortName } from "../model/short-kind";
import type { AppModel } from "./app-model";
import { GuardedResource, GuardedResources, NotKnown } from "./guarded-resource";
import type { Guardrail, PlanGuardrail, ResourceGuardrail } from "./guardrail";
import { groupBy } from "./per-app";
import type { CheckedRule, Report } from "./rule";

/** A guardrail where it was added. */
export interface PlacedGuardrail {
  readonly guardrail: Guardrail;
  /** Whether it holds for what stands at an address. */
  readonly covers: (address: string) => boolean;
}

/** The guardrails of a program as rules; one that was added to several scopes is one rule. */
export function guardrailRules(placed: readonly PlacedGuardrail[]): readonly CheckedRule[] {
  return [...groupBy(placed, ({ guardrail }) => guardrail.id).values()].flatMap((same) =>
    same.slice(0, 1).map(({ guardrail }) => {
      const { id, severity, statement, source, fix, acknowledgeable } = guardrail;
      const covers = (address: string): boolean => same.some((one) => one.covers(address));
      return {
        id,
        severity,
        statement,
        source,
        fix,
        ...(acknowledgeable === undefined ? {} : { acknowledgeable }),
        check: (app: AppModel, report: Report) => {
          if (isForOneKind(guardrail)) checkEach(guardrail, app, covers, report);
          else checkAll(guardrail as PlanGuardrail, app, covers, report);
        },
      };
    }),
  );
}

function isForOneKind(guardrail: Guardrail): guardrail is ResourceGuardrail {
  return guardrail.kind !== undefined;
}

function checkEach(
  guardrail: ResourceGuardrail,
  app: AppModel,
  covers: PlacedGuardrail["covers"],
  report: Report,
): void {
  const kind = kindsByShortName.get(guardrail.kind);
  if (!kind) return;
  for (const resource of app.ofKind(kind)) {
    const { address } = resource;
    if (!covers(address)) continue;
    judge(guardrail, address, report, () =>
      guardrail.check(new GuardedResource(resource) as GuardedResource, (violation) =>
        report({ ...violation, places: [{ address }] }),
      ),
    );
  }
}

function checkAll(
  guardrail: PlanGuardrail,
  app: AppModel,
  covers: PlacedGuardrail["covers"],
  report: Report,
): void {
  const first = app.resources.find(({ address }) => covers(address));
  if (!first) return;
  judge(guardrail, first.plan.stack, report, () =>
    guardrail.check(new GuardedResources(app, covers), ({ resources, ...violation }) =>
      report({ ...violation, places: resources.map(({ address }) => ({ address })) }),
    ),
  );
}

/** What a guardrail cannot know, and what is wrong with its own code, are findings as well: the others are told, too. */
function judge({ id }: Guardrail, address: string, report: Report, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof NotKnown) {
      report({
        severity: "unchecked",
        synthesisOnly: true,
        message: `\`${error.property}\` is not known at synthesis, and a guardrail is checked nowhere else`,
        places: [{ address: error.address }],
        fix: "look at the value yourself, or give it as a literal",
      });
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    report({
      severity: "error",
      message: `the check of ${id} fails: ${message.split("\n", 1)[0] ?? ""}`,
      places: [{ address }],
      fix: `correct the \`check\` of ${id}`,
    });
  }
}
