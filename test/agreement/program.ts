import type { LocalPlatform } from "../../lib/platform/local";
import type { Program } from "../rules/program";
import { declareAccess, declareAlarms } from "./access";
import { declareBalancers } from "./balancers";
import type { Choices } from "./choices";
import {
  declareAliases,
  declareConcurrency,
  declareFunction,
  declareLayers,
  declareNamespaces,
  declareRoles,
  declareVersions,
} from "./functions";
import { declareTriggers } from "./triggers";
import { World } from "./world";

/** A program as the rules see it, and the platform that it is for, where nothing was deployed before. */
export interface Declared {
  readonly program: Program;
  readonly platform: LocalPlatform;
}

/** Writes the program that the choices come to. */
export async function declare(choices: Choices): Promise<Declared> {
  const world = new World(choices);
  const namespaces = declareNamespaces(world);
  const layers = declareLayers(world);
  const roles = declareRoles(world);
  choices.several(3, () => declareFunction(world, { namespaces, layers, roles }));
  declareVersions(world);
  declareAliases(world);
  declareConcurrency(world, namespaces);
  if (choices.chance(70)) declareTriggers(world);
  if (choices.chance(50)) await declareBalancers(world);
  if (choices.chance(40)) await declareAccess(world, roles);
  if (choices.chance(40)) declareAlarms(world);
  return { program: world.program, platform: world.platform };
}
