export type { Entrance, ExistingEntrance, OwnEntrance } from "./entrance";
export { HttpService, type HttpServiceOptions, type HttpServiceProps } from "./http-service";
export type { LiveOptions } from "./live-options";
export { ScheduledJob, type ScheduledJobOptions, type ScheduledJobProps } from "./scheduled-job";
export { SplitSite, type SplitSiteOptions, type SplitSiteProps, type StaticContent } from "./split-site";
export {
  PipelineStage,
  StoragePipeline,
  type PipelineStageOptions,
  type PipelineStageProps,
  type StoragePipelineProps,
} from "./storage-pipeline";
export { WebApplication, type WebApplicationOptions, type WebApplicationProps } from "./web-application";
