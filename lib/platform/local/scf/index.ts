import type { Handlers } from "../context";
import { accountActions } from "./account";
import { aliases } from "./aliases";
import { asyncInvocation } from "./async-invocation";
import { functions } from "./functions";
import { layers } from "./layers";
import { namespaces } from "./namespaces";
import { testModels } from "./test-models";
import { triggers } from "./triggers";
import { versions } from "./versions";

export const scf: Handlers<"scf"> = {
  ...accountActions,
  ...namespaces,
  ...functions,
  ...asyncInvocation,
  ...testModels,
  ...versions,
  ...aliases,
  ...layers,
  ...triggers,
};
