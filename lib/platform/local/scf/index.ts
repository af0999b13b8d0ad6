import type { Handlers } from "../context";
import { accountActions } from "./account";
import { aliases } from "./aliases";
import { asyncEvents } from "./async-events";
import { concurrency } from "./concurrency";
import { asyncInvocation } from "./async-invocation";
import { functions } from "./functions";
import { invocations } from "./invocations";
import { layers } from "./layers";
import { namespaces } from "./namespaces";
import { provisioning } from "./provisioning";
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
  ...invocations,
  ...asyncEvents,
  ...concurrency,
  ...provisioning,
};
