import type { Plan } from "../model/plan";

import type { Concealment } from "./concealment";
import { known } from "./decision";
import { Wanted } from "./resolve";
import type { Session } from "./session";
import type { StateFold } from "./state-fold";

/** What a plan wants, with the attributes that are recorded by the time that they are asked for. */
export function wantedNow(session: Session, fold: StateFold, plan: Plan, concealment: Concealment): Wanted {
  const { kinds, stateOf } = session.options;
  return new Wanted({
    plan,
    kinds,
    stateOf,
    ...concealment,
    attributeOf: (address, attribute) =>
      known(address, attribute, fold.resources.get(address)?.attributes[attribute]),
  });
}
