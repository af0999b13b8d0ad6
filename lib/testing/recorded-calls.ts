import { isReadAction } from "../platform/api/api";
import type { Platform } from "../platform/platform";
import type { Redaction } from "./redaction";

/** A call that a deployment made. Secrets in it are hidden. */
export interface RecordedCall {
  /** For example `scf`. */
  readonly service: string;
  /** For example `CreateFunction`. */
  readonly action: string;
  readonly region: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** Absent when the call was refused, or its answer was lost. */
  readonly response?: Readonly<Record<string, unknown>>;
  /** Why there is no response. */
  readonly error?: RecordedError;
}

/** Why a call has no response. */
export interface RecordedError {
  /** The platform's error code, or `UNKNOWN_OUTCOME` when no answer came. */
  readonly code: string;
  readonly message: string;
}

/** Which calls are meant: those that all of what is given here fits. */
export interface CallFilter {
  readonly service?: string;
  readonly action?: string;
  /**
   * Only those that change something.
   * @default false
   */
  readonly writes?: boolean;
}

/** Remembers calls in the order in which they were made. */
export class RecordedCalls {
  private readonly recorded: RecordedCall[] = [];
  /** Those of each deployment: several may run side by side. */
  private readonly indexes = new WeakMap<object, number[]>();

  constructor(private readonly redaction: Redaction) {}

  matching({ service, action, writes = false }: CallFilter): readonly RecordedCall[] {
    return this.recorded.filter(
      (call) =>
        (service === undefined || call.service === service) &&
        (action === undefined || call.action === action) &&
        !(writes && isReadAction(call.action)),
    );
  }

  /** Those that one deployment made. */
  madeBy(deployment: object): readonly RecordedCall[] {
    return (this.indexes.get(deployment) ?? []).map((index) => this.recorded[index] as RecordedCall);
  }

  /**
   * The platform, with every call remembered. Closing it leaves the platform open.
   *
   * @param deployment whose calls they are
   */
  of(platform: Platform, deployment: object): Platform {
    const own = this.indexes.get(deployment) ?? [];
    this.indexes.set(deployment, own);
    const untyped = platform as unknown as UntypedPlatform;
    const call: UntypedPlatform["call"] = async (service, action, request, options) => {
      const { region } = platform;
      const index = this.recorded.length;
      const made = { service, action, region, request: this.redaction.of(request) };
      this.recorded.push(made);
      own.push(index);
      try {
        const response = await untyped.call(service, action, request, options);
        this.recorded[index] = { ...made, response: this.redaction.of(response) };
        return response;
      } catch (error) {
        this.recorded[index] = { ...made, error: this.errorOf(error) };
        throw error;
      }
    };
    return {
      region: platform.region,
      call: call as unknown as Platform["call"],
      close: async () => undefined,
    };
  }

  private errorOf(error: unknown): RecordedError {
    const { code = "UNKNOWN_OUTCOME", message } = error as Error & { readonly code?: string };
    return { code, message: this.redaction.text(message) };
  }
}

/** A platform to which any call may be passed on. */
interface UntypedPlatform {
  call(
    service: string,
    action: string,
    request: Readonly<Record<string, unknown>>,
    options?: object,
  ): Promise<Readonly<Record<string, unknown>>>;
}
