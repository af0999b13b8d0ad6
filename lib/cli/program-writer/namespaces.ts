import { call, literal, object, type Expression } from "./expression";
import { camelCase, idOf } from "./names";
import { number, objectsOf, text, unless, type Writing } from "./writing";

const SECTION = "Namespaces";

export function writeNamespaces(writing: Writing): void {
  const { program, stack } = writing;
  const quotas = new Map(objectsOf(writing, "scf_namespace_concurrency").map((found) => [found.id, found]));
  for (const found of objectsOf(writing, "scf_namespace")) {
    const name = text(found, "name");
    const id = program.id(stack, [], idOf(name, "namespace"), `${idOf(name, "namespace")}-namespace`);
    const variable = program.variable(
      camelCase(name, "namespace"),
      `${camelCase(name, "namespace")}Namespace`,
    );
    const address = `${stack}/${id}`;
    const quota = quotas.get(name);
    quotas.delete(name);
    const props = object(
      {
        name: literal(name),
        description: unless(text(found, "description"), ""),
        concurrencyMb: quota && literal(number(quota, "totalMb")),
      },
      { open: true },
    );
    program.add(SECTION, call("new scf.Namespace", "stack", literal(id), props), { variable });
    program.stands(address, found.id);
    if (quota) program.stands(`${address}/Concurrency`, quota.id);
    writing.namespaces.set(name, { variable, address, id });
  }
  for (const [name, quota] of quotas) {
    const id = program.id(stack, [], `${idOf(name, "namespace")}-concurrency`);
    const props = object(
      { namespace: namespaceExpression(writing, name), megabytes: literal(number(quota, "totalMb")) },
      { open: true },
    );
    program.add(SECTION, call("new scf.NamespaceConcurrency", "stack", literal(id), props));
    program.stands(`${stack}/${id}`, quota.id);
  }
}

export function namespaceExpression({ namespaces }: Writing, name: string): Expression {
  return namespaces.get(name)?.variable.use ?? call("scf.Namespace.fromName", literal(name));
}
