/** Pictures that `graph` draws. */
export const graphFormats = ["html", "mermaid"] as const;

export interface GraphOptions {
  readonly format: (typeof graphFormats)[number];
  /** The file to write; `-` is standard output. */
  readonly output?: string;
}
