import { isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import type { FindingPlace } from "./finding";
import { perApp } from "./per-app";

/** One statement of a policy, with what is known of its parts. */
export interface Statement {
  readonly policy: ModelResource<"cam_policy">;
  /** Where findings about it point. */
  readonly place: FindingPlace;
  readonly effect: unknown;
  /** Actions that are known text. */
  readonly actions: readonly string[];
  /** Resources that are known text. */
  readonly resources: readonly string[];
  /** How many actions and resources there are, known or not; undefined when that is not known itself. */
  readonly actionCount: number | undefined;
  readonly resourceCount: number | undefined;
  /** Whether a resource is given by another provider. */
  readonly hasForeignResource: boolean;
  readonly condition: unknown;
}

/** Every statement of every policy of an app. */
export const statementsOf = perApp((app: AppModel): readonly Statement[] =>
  app.ofKind("cam_policy").flatMap((policy) => {
    const list = app.dereference(policy.raw("statement"));
    if (!Array.isArray(list)) return [];
    return (list as readonly Value[]).flatMap((item, index) => {
      const statement = app.dereference(item);
      return typeof statement === "object" &&
        statement !== null &&
        !isSymbolic(statement) &&
        !Array.isArray(statement)
        ? [statementOf(policy, statement as Fields, { index, of: list.length })]
        : [];
    });
  }),
);

type Fields = { readonly [name: string]: Value };

function statementOf(
  policy: ModelResource<"cam_policy">,
  fields: Fields,
  position: { index: number; of: number },
): Statement {
  const { app } = policy;
  const note = position.of > 1 ? { note: `statement ${position.index + 1}` } : {};
  const actions = texts(app, fields["action"]);
  const resources = texts(app, fields["resource"]);
  return {
    policy,
    place: { address: policy.address, ...note },
    effect: app.follow(fields["effect"]),
    actions: actions.known,
    resources: resources.known,
    actionCount: actions.count,
    resourceCount: resources.count,
    hasForeignResource: app.hasForeignToken(fields["resource"]),
    condition: app.follow(fields["condition"]),
  };
}

/** The known texts of a list; one text alone counts as a list of one. */
function texts(
  app: AppModel,
  value: Value | undefined,
): { known: readonly string[]; count: number | undefined } {
  const list = app.dereference(value);
  if (list === undefined || list === null) return { known: [], count: 0 };
  const items: readonly Value[] | undefined = Array.isArray(list) ? list : undefined;
  if (!items) {
    const known = app.follow(list);
    return { known: typeof known === "string" ? [known] : [], count: known === UNKNOWN ? undefined : 1 };
  }
  const known = items.map((item) => app.follow(item));
  return { known: known.filter((item) => typeof item === "string"), count: items.length };
}
