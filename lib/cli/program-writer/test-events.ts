import { call, literal, object } from "./expression";
import { idOf } from "./names";
import { functionKey, objectsOf, text, type Writing } from "./writing";

export function writeTestEvents(writing: Writing): void {
  const { program, stack } = writing;
  for (const found of objectsOf(writing, "scf_test_event")) {
    const owner = writing.functions.get(functionKey(found));
    const event = parsed(text(found, "event"));
    const name = text(found, "name");
    if (!owner || event === undefined) {
      program.leftOut.push(`test event ${name}: ${owner ? "it is not JSON" : "its function is left out"}`);
      continue;
    }
    const plain = idOf(name, "event");
    const id = program.id(stack, [], plain, `${plain}-event`);
    const props = object(
      { name: literal(name), function: owner.variable.use, event: literal(event) },
      { open: true },
    );
    program.add("Test events", call("new scf.TestEvent", "stack", literal(id), props));
    program.stands(`${stack}/${id}`, found.id);
    if (JSON.stringify(event) !== text(found, "event")) {
      program.warnings.push(`The next deploy writes the test event ${name} without spaces and line breaks.`);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
