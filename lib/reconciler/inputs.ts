import { canonicalJson, type Value } from "../model/value";
import type { Input } from "./difference";
import type { Fingerprints } from "./fingerprint";
import type { Secrets } from "./secrets";
import { stackOf } from "../model/stack-of";
import type { State } from "./state";

interface InputSources {
  readonly secrets: Secrets;
  readonly fingerprints: Fingerprints;
  readonly stateOf: (stack: string) => State | undefined;
}

/** Reads the values that a plan takes from outside of its stack, and remembers which those were. */
export class Inputs {
  private readonly states = new Map<string, State | undefined>();
  private readonly remembered = new Map<string, Input>();

  constructor(private readonly sources: InputSources) {}

  get taken(): readonly Input[] {
    return [...this.remembered].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, input]) => input);
  }

  /** @throws ScfError `SECRET_MISSING` */
  secret(environment: string, usedBy: string): string {
    const value = this.sources.secrets.read(environment, usedBy);
    this.remember({ environment }, value);
    return value;
  }

  /** What is recorded of another stack's resource. */
  recorded(address: string, attribute: string): Value | undefined {
    const stack = stackOf(address);
    if (!this.states.has(stack)) this.states.set(stack, this.sources.stateOf(stack));
    const resource = this.states.get(stack)?.resources[address];
    const value = resource?.attributes[attribute] ?? resource?.properties[attribute];
    if (value !== undefined) this.remember({ address, attribute }, value);
    return value;
  }

  /** Those that have another value now than they had then, by name. */
  changedSince(inputs: readonly Input[]): string[] {
    return inputs.flatMap((input) => {
      const name = nameOf(input);
      if ("environment" in input) this.secret(input.environment, "what was compared");
      else this.recorded(input.address, input.attribute);
      return this.remembered.get(name)?.fingerprint === input.fingerprint ? [] : [name];
    });
  }

  private remember(source: Source, value: Value): void {
    const name = nameOf(source);
    if (this.remembered.has(name)) return;
    const { $fingerprint: fingerprint } = this.sources.fingerprints.of(canonicalJson(value)) as {
      $fingerprint: string;
    };
    this.remembered.set(name, { ...source, fingerprint });
  }
}

type Source = { readonly environment: string } | { readonly address: string; readonly attribute: string };

function nameOf(source: Source): string {
  return "environment" in source
    ? `the environment variable ${source.environment}`
    : `\`${source.attribute}\` of ${source.address}`;
}
