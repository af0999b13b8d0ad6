import type { ProviderSchema } from "./schema";
import type { AttributePath, TerraformObject } from "./value";

/** Something that people are told of. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  /** The attribute that it is about. */
  readonly attribute?: AttributePath;
}

/** Every answer may come with something that people are told of. */
export interface Told {
  readonly diagnostics?: readonly Diagnostic[];
}

/** Bytes that Terraform keeps with a resource and gives back; nobody else reads them. An answer without them leaves them as they are. */
export type Private = Uint8Array;

/**
 * What Terraform asks of a provider. Whatever is thrown becomes a diagnostic, and state and private bytes stay as they were.
 * Objects that are given to Terraform have every attribute of the schema, null where it is not set.
 */
export interface Provider {
  /** In full, or encoded as GetProviderSchema answers it. */
  schema(): Promise<ProviderSchema | Uint8Array>;
  validateProvider(request: { readonly config: TerraformObject }): Promise<Told>;
  configure(request: { readonly terraformVersion: string; readonly config: TerraformObject }): Promise<Told>;
  validateResource(request: { readonly type: string; readonly config: TerraformObject }): Promise<Told>;
  /** @param request.state as JSON has it, in the form of `version` */
  upgradeState(request: {
    readonly type: string;
    readonly version: number;
    readonly state: unknown;
  }): Promise<Told & { readonly state?: TerraformObject }>;
  /** No state: it is gone. */
  read(request: {
    readonly type: string;
    readonly state: TerraformObject;
    readonly private: Private;
  }): Promise<Told & { readonly state?: TerraformObject; readonly private?: Private }>;
  /** @param request.proposed absent when it is to be deleted; `prior` absent when it is to be created */
  plan(request: {
    readonly type: string;
    readonly prior?: TerraformObject;
    readonly proposed?: TerraformObject;
    readonly config?: TerraformObject;
    readonly private: Private;
  }): Promise<
    Told & {
      readonly planned?: TerraformObject;
      readonly replace?: readonly AttributePath[];
      readonly private?: Private;
    }
  >;
  /** @param request.planned absent when it is to be deleted */
  apply(request: {
    readonly type: string;
    readonly prior?: TerraformObject;
    readonly planned?: TerraformObject;
    readonly config?: TerraformObject;
    readonly private: Private;
    readonly signal: AbortSignal;
  }): Promise<Told & { readonly state?: TerraformObject; readonly private?: Private }>;
  import(request: {
    readonly type: string;
    readonly id: string;
  }): Promise<Told & { readonly state?: TerraformObject; readonly private?: Private }>;
  validateDataSource(request: { readonly type: string; readonly config: TerraformObject }): Promise<Told>;
  readDataSource(request: {
    readonly type: string;
    readonly config: TerraformObject;
  }): Promise<Told & { readonly state?: TerraformObject }>;
  /** Terraform was interrupted: what runs may finish, nothing new begins. */
  stop(): Promise<void>;
}
