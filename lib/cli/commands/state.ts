import type { Properties } from "../../model/value";
import type { RecordedResource, State, TerraformMove, UnfinishedOperation } from "../../reconciler/state";
import type { Project } from "../project";
import { stateOf } from "../reconciliation";
import { recordedStacks } from "../recorded-stacks";
import { renderValue } from "../render/value";
import { chooseNames, deployed } from "../stacks";
import type { Terminal } from "../terminal";
import { modules } from "./lazy";

export function listState(project: Project, terminal: Terminal, wanted: readonly string[]): number {
  const recorded = recordedStacks(project);
  const names = wanted.length === 0 ? recorded : chooseNames(recorded, wanted, deployed);
  const states = names.flatMap((name) => stateOf(project, name) ?? []);
  const rows = states.flatMap(entriesOf);
  const moved = states.flatMap(({ stack, terraform }) =>
    terraform === undefined ? [] : [MOVED[terraform](stack)],
  );
  if (terminal.json) {
    terminal.data({ resources: rows });
    return 0;
  }
  if (rows.length + moved.length === 0)
    terminal.say("Nothing is recorded here: nothing was deployed from this folder.");
  const width = Math.max(0, ...rows.map(({ address }) => address.length));
  for (const { address, kind, note } of rows) {
    const said = note === undefined ? "" : terminal.style.yellow(`  ${note}`);
    terminal.say(`${address.padEnd(width)}  ${terminal.style.dim(kind)}${said}`);
  }
  for (const sentence of moved) terminal.say(sentence);
  return 0;
}

const MOVED: { readonly [move in TerraformMove]: (stack: string) => string } = {
  left: (stack) => `The resources of ${stack} are in Terraform's state.`,
  leaving: (stack) => `A move of ${stack} to Terraform's state was cut off.`,
  coming: (stack) => `A move of ${stack} from Terraform's state was cut off.`,
};

export function showState(project: Project, terminal: Terminal, address: string): number {
  const stack = address.split("/", 1)[0] ?? "";
  const state = recordedStacks(project).includes(stack) ? stateOf(project, stack) : undefined;
  const resource = state?.resources[address] ?? state?.leftovers?.[address];
  const unfinished = state?.unfinished[address];
  if (!resource && !unfinished) throw modules.reconciler().unknownAddress(address);
  const leftovers = Object.entries(state?.leftovers ?? {}).filter(([, one]) => one.address === address);
  if (terminal.json) {
    terminal.data({
      address,
      ...resource,
      ...(unfinished ? { unfinished } : {}),
      ...(leftovers.length > 0 ? { leftovers: Object.fromEntries(leftovers) } : {}),
    });
    return 0;
  }
  if (resource) {
    const note = resource === state?.resources[address] ? undefined : TO_BE_DELETED;
    showOne(terminal, address, resource, note);
  }
  if (unfinished) showOne(terminal, address, unfinished, interrupted(unfinished));
  for (const [key, leftover] of leftovers) showOne(terminal, key, leftover, TO_BE_DELETED);
  return 0;
}

const TO_BE_DELETED = "replaced, to be deleted";

function interrupted({ operation }: UnfinishedOperation): string {
  return `${operation} was interrupted`;
}

type Shown = Pick<
  RecordedResource,
  "kind" | "generation" | "properties" | "attributes" | "dependencies" | "lifecycle"
>;

function showOne(terminal: Terminal, address: string, one: Shown, note?: string): void {
  const { style } = terminal;
  const said = note === undefined ? "" : style.yellow(`  ${note}`);
  terminal.say(`${style.bold(address)}  ${style.dim(`${one.kind}, generation ${one.generation}`)}${said}`);
  const section = (title: string, values: Properties): void => {
    const names = Object.keys(values).sort();
    if (names.length === 0) return;
    terminal.say(`  ${title}`);
    for (const name of names) terminal.say(`    ${name}: ${renderValue(values[name])}`);
  };
  section("properties", one.properties);
  section("computed by the platform", one.attributes);
  if (one.dependencies.length > 0) terminal.say(`  refers to ${[...one.dependencies].sort().join(", ")}`);
  if (one.lifecycle?.protect) terminal.say("  protected: neither deleted nor replaced");
  if (one.lifecycle?.retain) {
    terminal.say("  retained: stays on the platform when it leaves the program or the stack is destroyed");
  }
}

interface Entry {
  readonly address: string;
  readonly kind: string;
  readonly generation: number;
  readonly note?: string;
}

function entriesOf(state: State): Entry[] {
  const entries = new Map<string, Entry>();
  for (const [address, { kind, generation, lifecycle }] of Object.entries(state.resources)) {
    const said = [lifecycle?.protect ? "protected" : [], lifecycle?.retain ? "retained" : []].flat();
    entries.set(address, {
      address,
      kind,
      generation,
      ...(said.length > 0 ? { note: said.join(", ") } : {}),
    });
  }
  for (const [address, unfinished] of Object.entries(state.unfinished)) {
    const { kind, generation } = unfinished;
    entries.set(address, { address, kind, generation, note: interrupted(unfinished) });
  }
  for (const [key, { kind, generation }] of Object.entries(state.leftovers ?? {})) {
    entries.set(key, { address: key, kind, generation, note: TO_BE_DELETED });
  }
  return [...entries.values()].sort((left, right) => (left.address < right.address ? -1 : 1));
}
