import type { Finding } from "../../rules/finding";

/** What a node is about; the picture gives each its own colour. */
export type Family = "entry" | "code" | "operation" | "shared" | "access" | "other";

/** One resource, or something outside of the program that a line leads to. */
export interface GraphNode {
  /** Address of the resource; for something outside a text that no address can be. */
  readonly id: string;
  /** For people: "function", "timer trigger". */
  readonly kind: string;
  readonly family: Family;
  readonly title: string;
  /** What tells it from others of its kind: memory, schedule, port. May be empty. */
  readonly subtitle: string;
  readonly stack: string;
  /** Id of the function that it is drawn with; the function itself has it too when it is not alone. */
  readonly group?: string;
  /** Whether the drawn stacks do not declare it. */
  readonly outside: boolean;
  /** Names and values as people read them, secrets left out. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly findings: readonly Finding[];
}

/** What flows along a line: requests and events, code, shared things, rights, care for operation, or only order. */
export type Meaning = "traffic" | "code" | "shared" | "access" | "operation" | "order";

/** What connects two nodes, in the direction of traffic where there is any. */
export interface GraphLine {
  readonly from: string;
  readonly to: string;
  readonly meaning: Meaning;
  /** The whole meaning: "10 % of requests", "binds layer". */
  readonly text: string;
  /** What stands on the line in the picture; nothing where colour and ends say it all. */
  readonly label?: string;
  /** Address of the resource that is this line: a binding, or the attachment of a policy. */
  readonly resource?: string;
}

/** Stacks as people look at them, free of how they are drawn. */
export interface Graph {
  /** Sorted. */
  readonly stacks: readonly string[];
  /** Sorted by id. */
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly GraphLine[];
  /** What was found at no node: about a stack as a whole, or about a construct that declares nothing. */
  readonly findings: readonly Finding[];
}
