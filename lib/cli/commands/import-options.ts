import type { ProjectOverrides } from "../project";

/** What can follow `import`. With --all it is another command: each refuses the options that are the other's. */
export interface ImportOptions extends ProjectOverrides {
  readonly all?: boolean;
  readonly from?: string;
  readonly takeOver?: boolean;
  readonly autoApprove?: boolean;
  readonly skipSynth?: boolean;
  readonly stack?: string;
  readonly out?: string;
  readonly region?: string;
  readonly account?: string;
  readonly local?: string | boolean;
  readonly endpoint?: string;
  readonly withEnvironment?: boolean;
}
