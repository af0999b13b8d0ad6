import type { PlannedRouting } from "../../model/resources/alias";
import type { PlannedProvisioning } from "../../model/resources/provisioned-concurrency";
import { DEFAULT_ALIAS } from "../../model/resources/alias";
import { call, literal, object, type Expression } from "./expression";
import { idBelow } from "./functions";
import { camelCase, idOf } from "./names";
import { functionKey, objectsOf, text, unless, valueOf, type WrittenFunction, type Writing } from "./writing";

const LATEST = "$LATEST";
const SECTION = "Versions and aliases";
const HEADER = "invoke.headers.";

/** A version as the program names it, and the address of the construct that stands for it. */
export interface VersionUse {
  readonly expression: string;
  readonly address: string;
  readonly isCurrent: boolean;
}

/** The newest version is the current one where the function has not changed since; all others go by their numbers. */
function versionUse(writing: Writing, owner: WrittenFunction, version: string): VersionUse {
  const { address, found } = owner;
  const variable = owner.variable.use;
  if (version === LATEST) return { expression: `${variable}.latest`, address, isCurrent: false };
  if (writing.isCurrent(found.id, version)) {
    const current = `${address}/CurrentVersion`;
    if (!writing.program.imports.some((one) => one.address === current)) {
      writing.program.stands(current, `${found.id}:${version}`);
    }
    return { expression: `${variable}.currentVersion`, address: current, isCurrent: true };
  }
  const expression = `${variable}.version(${JSON.stringify(version)})`;
  return { expression, address: `${address}/Version${version}`, isCurrent: false };
}

/** What starts or answers: `$LATEST`, a version or an alias, as the program names it. */
export function invocable(
  writing: Writing,
  owner: WrittenFunction,
  qualifier: string,
): VersionUse | undefined {
  if (qualifier === LATEST || /^\d+$/.test(qualifier)) return versionUse(writing, owner, qualifier);
  const alias = writing.aliases.get(`${owner.found.id}:${qualifier}`);
  return alias && { expression: alias.variable.use, address: alias.address, isCurrent: false };
}

export function writeProvisioning(writing: Writing): void {
  const { program } = writing;
  for (const found of objectsOf(writing, "scf_provisioned_concurrency")) {
    const owner = writing.functions.get(functionKey(found));
    if (!owner) continue;
    const qualifier = text(found, "qualifier");
    const version = versionUse(writing, owner, qualifier);
    const { instances = 0, actions = [] } = (valueOf(found, "provisioning") ?? {}) as Partial<
      Extract<PlannedProvisioning, { type: "static" }>
    >;
    const provisioning = call(
      "scf.Provisioning.static",
      object({
        instances: literal(instances),
        actions:
          actions.length === 0
            ? undefined
            : {
                items: actions.map((action) =>
                  object({
                    name: literal(action.name),
                    schedule: call("scf.Schedule.cron", literal(action.cron)),
                    instances: literal(action.instances),
                  }),
                ),
              },
      }),
    );
    program.add(SECTION, call(`${version.expression}.provision`, provisioning));
    const address = version.isCurrent ? `${version.address}/Instances` : `${version.address}Instances`;
    program.stands(address, found.id);
    program.warnings.push(
      `Provisioned concurrency of ${found.id} is written as static: the platform does not tell whether it is dynamic.`,
    );
  }
}

export function writeAliases(writing: Writing): void {
  const { program } = writing;
  for (const found of objectsOf(writing, "scf_alias")) {
    const owner = writing.functions.get(functionKey(found));
    if (!owner) continue;
    const name = text(found, "name");
    const routing = (valueOf(found, "routing") ?? undefined) as PlannedRouting | undefined;
    const routed = routing && routingOf(writing, owner, routing);
    if (routing && !routed) {
      program.leftOut.push(`alias ${found.id}: it routes by ${routingText(routing)}, which has no construct`);
      continue;
    }
    const isBuiltIn = name === DEFAULT_ALIAS;
    const plain = idOf(name, "alias");
    const id = isBuiltIn ? "DefaultAlias" : idBelow(writing, owner.address, plain, `${plain}-alias`);
    const camel = camelCase(isBuiltIn ? "default" : name, "alias");
    const variable = program.variable(`${camelCase(text(found, "functionName"), "fn")}${upper(camel)}`);
    const fields = {
      name: isBuiltIn || id === name ? undefined : literal(name),
      version: versionUse(writing, owner, text(found, "version")).expression,
      routing: routed,
      description: unless(text(found, "description"), ""),
    };
    program.add(
      SECTION,
      isBuiltIn
        ? call(`${owner.variable.use}.pointDefault`, object(fields))
        : call(`${owner.variable.use}.addAlias`, literal(id), object(fields)),
      { variable },
    );
    const address = `${owner.address}/${id}`;
    program.stands(address, found.id);
    writing.aliases.set(`${functionKey(found)}:${name}`, { variable, address, id });
  }
}

function routingOf(
  writing: Writing,
  owner: WrittenFunction,
  routing: PlannedRouting,
): Expression | undefined {
  const version = versionUse(writing, owner, routing.version).expression;
  if (routing.type === "weighted") {
    return call("scf.Routing.weighted", version, call("scf.Weight.percent", literal(routing.percent)));
  }
  if (!routing.key.startsWith(HEADER)) return undefined;
  const header = routing.key.slice(HEADER.length);
  if (routing.method === "exact") {
    return call("scf.Routing.exact", version, literal({ header, value: routing.expression }));
  }
  const range = /^([[(])(-?[\d.]+),(-?[\d.]+)([\])])$/.exec(routing.expression);
  const [, start, from, to, end] = range ?? [];
  // Either both ends belong to it, or none.
  if (!range || (start === "[") !== (end === "]")) return undefined;
  return call(
    "scf.Routing.range",
    version,
    literal({ header, from: Number(from), to: Number(to), ...(start === "(" ? { inclusive: false } : {}) }),
  );
}

function routingText(routing: PlannedRouting): string {
  return routing.type === "weighted" ? "weight" : `${routing.key} ${routing.method} ${routing.expression}`;
}

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
