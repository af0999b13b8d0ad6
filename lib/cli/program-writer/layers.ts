import { Runtime } from "../../constructs/runtime";
import { call, literal, object, type Expression } from "./expression";
import { camelCase, idOf } from "./names";
import { objectsOf, text, unless, valueOf, type Writing } from "./writing";

/** A layer is its newest version; functions that have an earlier one name it by its number. */
export function writeLayers(writing: Writing): void {
  const { program, stack } = writing;
  for (const found of objectsOf(writing, "scf_layer")) {
    const name = text(found, "layerName");
    const plain = idOf(name, "layer");
    const id = program.id(stack, [], plain, `${plain}-layer`);
    const variable = program.variable(camelCase(name, "layer"), `${camelCase(name, "layer")}Layer`);
    const { code, comment } = writing.codeOf(`layer ${found.id}`, id);
    const runtimes = (valueOf(found, "compatibleRuntimes") as readonly string[] | undefined) ?? [];
    const props = object(
      {
        name: literal(name),
        code,
        compatibleRuntimes: { items: runtimes.map(runtimeExpression) },
        description: unless(text(found, "description"), ""),
      },
      { open: true },
    );
    program.add("Layers", call("new scf.Layer", "stack", literal(id), props), { variable, comment });
    const address = `${stack}/${id}`;
    program.stands(address, found.id);
    writing.layers.set(`${name}:${String(found.live.attributes["version"])}`, { variable, address, id });
  }
}

export function layerExpression({ layers }: Writing, name: string, version: number): Expression {
  return (
    layers.get(`${name}:${version}`)?.variable.use ??
    call("scf.Layer.fromVersion", literal(name), String(version))
  );
}

export function runtimeExpression(name: string): Expression {
  const known = Object.entries(Runtime).find(([, runtime]) => String(runtime) === name);
  return known ? `scf.Runtime.${known[0]}` : call("scf.Runtime.of", literal(name));
}
