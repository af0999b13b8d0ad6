import { types } from "node:util";
import { kindOf } from "../model/misfit";
import { kindsByShortName } from "../model/short-kind";
import type { AppModel } from "./app-model";
import { GuardedResource, GuardedResources, NotKnown } from "./guarded-resource";
import type { Guardrail, GuardrailViolation, PlanGuardrail, ResourceGuardrail } from "./guardrail";
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
        report({ ...reported(violation), places: [{ address }] }),
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
    guardrail.check(new GuardedResources(app, covers), (violation) =>
      report({
        ...reported(violation),
        places: violation.resources.map(({ address }) => ({ address })),
      }),
    ),
  );
}

/**
 * What a check has reported.
 *
 * @throws TypeError when it is none: checks are code of the program, which may be plain JavaScript
 */
function reported(violation: GuardrailViolation): GuardrailViolation {
  const given: unknown = violation;
  if (typeof given !== "object" || given === null) throw new TypeError(`it reports ${kindOf(given)}`);
  const { message, fix } = given as { readonly message?: unknown; readonly fix?: unknown };
  if (message === undefined) throw new TypeError("it reports no `message`");
  if (typeof message !== "string") throw new TypeError(`it reports ${kindOf(message)} as \`message\``);
  if (fix === undefined) return { message };
  if (typeof fix !== "string") throw new TypeError(`it reports ${kindOf(fix)} as \`fix\``);
  return { message, fix };
}

/** What a guardrail cannot know, and what is wrong with its own code, are findings as well: the others are told, too. */
function judge({ id }: Guardrail, address: string, report: Report, check: () => unknown): void {
  try {
    const result = check();
    if (!types.isPromise(result)) return;
    // Whatever becomes of it is too late.
    result.catch(() => undefined);
    throw new TypeError("it gives a promise, and what it reports later is lost");
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
