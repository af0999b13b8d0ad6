import type { ModelResource } from "./app-model";
import type { Rule } from "./rule";
import { grouped } from "./text";

/** A record can move once, and only away from an address that nothing has any more. */
export const movedRules: readonly Rule[] = [
  {
    id: "MOVED",
    severity: "error",
    statement:
      "an address that a construct moves from is declared no longer, and one construct moves from it",
    source: { document: "cdktf-scf", section: "Lifecycle.moveFrom" },
    fix: "remove one of the two, or the call of moveFrom",
    check(app, report) {
      const movers = new Map<string, ModelResource[]>();
      for (const resource of app.resources) {
        for (const from of resource.planned.lifecycle?.movedFrom ?? []) {
          const known = movers.get(from);
          if (known) known.push(resource);
          else movers.set(from, [resource]);
        }
      }
      for (const [from, resources] of movers) {
        const [first] = resources as [ModelResource];
        const still = app.at(from);
        if (still) {
          report({
            message: `${first.address} moves from ${from}, which is still declared`,
            places: [{ address: first.address }, { address: from, note: "still declared" }],
            fix: `remove ${from} from the program, or the call of moveFrom`,
          });
        } else if (resources.length > 1) {
          report({
            message: `${grouped(resources.length)} resources move from ${from}, and what is recorded there can become one of them`,
            places: resources.map(({ address }) => ({ address })),
            fix: "keep the call of moveFrom for the one that it has become",
          });
        }
      }
    },
  },
];
