export * from "./api";
export * from "./errors";
export type { CallOptions, Platform } from "./platform";
