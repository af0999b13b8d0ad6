import { packageText, type CodePackage } from "../../lib/assets";
import { reference, type Value } from "../../lib/model/value";
import { Program, type Stack } from "../rules/program";
import type { AliasRecipe, Recipe } from "./recipe";

/** A program as the rules see it, and the bytes of its packages as the platform does. */
export interface Declared {
  readonly program: Program;
  readonly packages: ReadonlyMap<string, CodePackage>;
}

export function declare(recipe: Recipe, loadBalancerId: string): Declared {
  const packages = new Map<string, CodePackage>();
  const program = new Program();
  const stack = program.stack();
  const package_ = (files: readonly string[]): string => {
    // What one file holds is the same everywhere: only where it lies counts here.
    const made = packageText(files[0] ?? "index.js", "exports.main_handler = async () => 1;\n");
    packages.set(made.hash, made);
    return program.realPackage(made);
  };

  const namespaces = recipe.namespaces.map((name, index) => stack.namespace(`namespace${index}`, { name }));
  const layers = recipe.layers.map(({ name, runtimes, description }, index) =>
    stack.layer(`layer${index}`, {
      layerName: name,
      compatibleRuntimes: runtimes,
      code: { asset: package_([`${index}.js`]) },
      ...(description === undefined ? {} : { description }),
    }),
  );
  const roles = recipe.roles.map(({ name, trusted }, index) =>
    stack.role(`role${index}`, { roleName: name, trustedServices: trusted }),
  );
  const functions = recipe.functions.map((fn, index) => {
    const namespace = pick(["", ...namespaces], fn.namespace);
    const role = fn.role === undefined ? undefined : pick(roles, fn.role);
    const address = stack.function(`fn${index}`, {
      namespace: namespace === undefined || namespace === "" ? "default" : reference(namespace, "name"),
      functionName: fn.name,
      runtime: fn.program.runtime,
      handler: fn.program.handler,
      code: { asset: package_(fn.program.files) },
      memory: fn.memory,
      timeout: fn.timeout,
      initTimeout: fn.initTimeout,
      asyncExecution: fn.asyncExecution,
      ...(fn.description === undefined ? {} : { description: fn.description }),
      ...(fn.environmentBytes === undefined
        ? {}
        : { environment: { A: "x".repeat(fn.environmentBytes - 1) } }),
      ...(layers.length === 0
        ? {}
        : {
            layers: fn.layers.map((layer) => {
              const bound = pick(layers, layer) as string;
              return { name: reference(bound, "layerName"), version: reference(bound, "version") };
            }),
          }),
      ...(role === undefined ? {} : { role: reference(role, "roleName") }),
    });
    return { address, version: fn.published ? stack.version(`fn${index}/version`, address) : undefined };
  });
  recipe.aliases.forEach((alias, index) => declareAlias(stack, functions, alias, index));
  recipe.timers.forEach((timer, index) => {
    stack.timer(`timer${index}`, (pick(functions, timer.fn) as Made).address, {
      triggerName: timer.name,
      qualifier: timer.qualifier,
      cron: timer.cron,
    });
  });
  const listeners = recipe.listeners.map(({ protocol, port }, index) =>
    stack.listener(`listener${index}`, {
      loadBalancerId,
      loadBalancer: { region: stack.region, ...recipe.balancer },
      protocol,
      port,
    }),
  );
  if (listeners.length > 0) {
    recipe.rules.forEach(({ listener, domain, path, binding }, index) => {
      const rule = stack.rule(`rule${index}`, pick(listeners, listener) as string, { domain, path });
      if (!binding) return;
      stack.binding(`binding${index}`, rule, (pick(functions, binding.fn) as Made).address, {
        qualifier: binding.qualifier,
        weight: binding.weight,
      });
    });
  }
  recipe.policies.forEach(({ name, effect, action, resource }, index) => {
    stack.policy(`policy${index}`, [{ effect, action, resource }], { policyName: name });
  });
  return { program, packages };
}

interface Made {
  readonly address: string;
  readonly version: string | undefined;
}

function declareAlias(stack: Stack, functions: readonly Made[], alias: AliasRecipe, index: number): void {
  const own = pick(functions, alias.fn) as Made;
  const other = alias.versionOf === undefined ? own : (pick(functions, alias.versionOf) as Made);
  const version = (made: Made): Value =>
    made.version === undefined ? "$LATEST" : reference(made.version, "version");
  const second = version(other);
  // The same version twice is refused by the rules; on the way to the platform it is one version, which is fine there.
  const routing = second === "$LATEST" ? undefined : alias.routing;
  stack.alias(`alias${index}`, own.address, {
    name: alias.name,
    version: routing === undefined ? version(own) : "$LATEST",
    ...(alias.description === undefined ? {} : { description: alias.description }),
    ...(routing === undefined
      ? {}
      : {
          routing:
            routing.type === "weighted"
              ? { type: "weighted", version: second, percent: routing.percent }
              : {
                  type: "match",
                  version: second,
                  key: routing.key,
                  method: routing.type,
                  expression: routing.type === "exact" ? routing.value : routing.expression,
                },
          versionsOf: [reference(own.address, "functionName"), reference(other.address, "functionName")],
        }),
  });
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % items.length];
}
