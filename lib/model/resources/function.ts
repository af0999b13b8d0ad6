import { z } from "zod";
import { defineResource, type PropertiesOf, type PropertyMetadata } from "../resource-schema";

/** Memory of a function in MB: 64, or a multiple of 128 up to 3072 (FN-MEM). */
export type MemoryMb =
  | 64 | 128 | 256 | 384 | 512 | 640 | 768 | 896 | 1024 | 1152 | 1280 | 1408 | 1536
  | 1664 | 1792 | 1920 | 2048 | 2176 | 2304 | 2432 | 2560 | 2688 | 2816 | 2944 | 3072; // prettier-ignore

/** Code as the platform gets it: a package staged beside the plan, or an object in a bucket. */
export const codeType = z.union([
  z.strictObject({ asset: z.string() }),
  z.strictObject({ bucket: z.string(), object: z.string(), region: z.string() }),
]);
export type PlannedCode = z.output<typeof codeType>;

/**
 * Every property says whether a published version freezes it. `satisfies` makes that exhaustive: a property without the
 * answer does not compile, so `currentVersion` can never forget one.
 */
const properties = {
  namespace: {
    type: z.string(),
    description: "Namespace that the function lives in.",
    source: "NS-DEFAULT, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  functionName: {
    type: z.string(),
    description:
      "Name, unique in its namespace: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit.",
    source: "FN-NAME, FN-UNIQUE, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  type: {
    type: z.literal("Event"),
    description: "Event functions are started by triggers and invocations.",
    source: "FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  description: {
    type: z.string().optional(),
    description: "At most 1000 letters, digits, spaces, commas and periods.",
    source: "FN-DESC",
    frozen: false,
  },
  runtime: {
    type: z.string(),
    description: "Language and version the code runs on, by the platform's name.",
    source: "RT-LIST",
    immutable: true,
    frozen: true,
  },
  handler: {
    type: z.string(),
    description: "Where execution starts; its form depends on the runtime.",
    source: "RT-H1, RT-H2, RT-H3",
    frozen: true,
  },
  code: {
    type: codeType,
    description: "The package that runs.",
    source: "COD-ZIP, COD-SIZE, COD-UP, COD-COS",
    frozen: true,
  },
  memory: {
    type: z.number() as unknown as z.ZodType<MemoryMb>,
    description: "Memory in MB: 64, or a multiple of 128 from 128 to 3072.",
    source: "FN-MEM",
    frozen: true,
  },
  timeout: {
    type: z.number(),
    description: "Execution timeout in seconds: 1–900, up to 86,400 with asynchronous execution.",
    source: "FN-TIMEOUT",
    frozen: true,
  },
  initTimeout: {
    type: z.number(),
    description: "Initialization timeout in seconds: 3–300.",
    source: "FN-INIT",
    frozen: true,
  },
  environment: {
    type: z.record(z.string(), z.string()).optional(),
    description: "Environment variables, 4 KB with keys and values together.",
    source: "FN-ENV, FN-ENVSEC",
    sensitive: true,
    frozen: true,
  },
  timeZone: {
    type: z.string().optional(),
    description: "Sets the `TZ` variable, for example `Asia/Shanghai`; the clock is UTC without.",
    source: "FN-TZ",
    frozen: true,
  },
  layers: {
    type: z.array(z.object({ name: z.string(), version: z.number() })).optional(),
    description: "Layer versions, at most 5; later ones win where two carry the same file.",
    source: "LYR-BIND, LYR-MATCH, LYR-ORDER",
    frozen: true,
  },
  role: {
    type: z.string().optional(),
    description: "Name of the role whose temporary credentials the running code gets.",
    source: "FN-ROLE, CAM-ROLE",
    frozen: true,
  },
  asyncExecution: {
    type: z.boolean(),
    description: "Asynchronous execution: up to 24 hours per run. Chosen at creation.",
    source: "EXE-LOCK, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  tags: {
    type: z.record(z.string(), z.string()).optional(),
    description: "Tags of the function, by key.",
    source: "API CreateFunction.Tags",
    frozen: false,
  },
} satisfies Record<string, { type: z.ZodType; frozen: boolean } & PropertyMetadata>;

export const functionSchema = defineResource({
  kind: "scf_function",
  title: "function",
  description:
    "An event function: code, configuration, and the unpublished version `$LATEST` that both change.",
  properties,
  attributes: {
    functionId: { type: z.string(), description: "Id that the platform gave it, `lam-…`." },
    codeSha256: {
      type: z.string(),
      description: "SHA-256 of the code package, as the platform reports it.",
      volatile: true,
    },
    contentHash: {
      type: z.string(),
      description: "Hash over everything that a published version freezes; a new value is a new version.",
      volatile: true,
    },
  },
});
export type FunctionProperties = PropertiesOf<typeof functionSchema>;

/** The properties that a published version freezes, sorted. */
export const frozenProperties: readonly (keyof FunctionProperties)[] = (
  Object.keys(properties) as (keyof FunctionProperties)[]
)
  .filter((name) => properties[name].frozen)
  .sort();
