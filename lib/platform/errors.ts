/** The platform's refusal of a call, with its own error code. */
export class PlatformError extends Error {
  readonly code: string;
  readonly service: string;
  readonly action: string;
  readonly requestId: string;

  constructor(details: {
    code: string;
    message: string;
    service: string;
    action: string;
    requestId: string;
  }) {
    super(details.message);
    this.name = "PlatformError";
    this.code = details.code;
    this.service = details.service;
    this.action = details.action;
    this.requestId = details.requestId;
  }

  static is(value: unknown): value is PlatformError {
    return value instanceof Error && value.name === "PlatformError";
  }
}

/** No answer came: the call may have been carried out or not. Only a read can tell; a blind retry could do it twice. */
export class UnknownOutcomeError extends Error {
  readonly service: string;
  readonly action: string;
  /** Whether the request certainly never left this machine (connection refused, name not found). */
  readonly sent: boolean;

  constructor(details: { service: string; action: string; message: string; sent: boolean; cause?: unknown }) {
    super(details.message, { cause: details.cause });
    this.name = "UnknownOutcomeError";
    this.service = details.service;
    this.action = details.action;
    this.sent = details.sent;
  }

  static is(value: unknown): value is UnknownOutcomeError {
    return value instanceof Error && value.name === "UnknownOutcomeError";
  }
}

/** What an error code means for whoever made the call. */
export type ErrorClass =
  | "not-found"
  | "exists"
  | "throttled"
  | "busy"
  | "dependency"
  | "quota"
  | "authentication"
  | "credentials"
  | "internal"
  | "invalid";

/**
 * Codes that do not follow from their prefix. `InvalidParameterValue.FunctionName` is not here on purpose: it means both
 * "no such function" and "illegal name"; names are checked before a call, so readers of functions treat it as the former.
 */
const exceptions: Readonly<Record<string, ErrorClass>> = {
  "InvalidParameter.LBIdNotFound": "not-found",
  "InvalidParameter.ListenerIdNotFound": "not-found",
  "InvalidParameter.LocationNotFound": "not-found",
  "InvalidParameter.RoleNotExist": "not-found",
  "InvalidParameter.PolicyIdNotExist": "not-found",
  "InvalidParameter.UserNotExist": "not-found",
  "InvalidParameter.GroupNotExist": "not-found",
  "FailedOperation.Namespace": "exists",
  "FailedOperation.PolicyNameInUse": "exists",
  "InvalidParameter.RoleNameInUse": "exists",
  "ResourceInUse.LayerVersion": "dependency",
  // Another function has the bucket's event.
  "ResourceInUse.Cos": "dependency",
  "UnsupportedOperation.AliasBind": "dependency",
  "FailedOperation.ProvisionedExceedAvailable": "quota",
  "FailedOperation.ProvisionedExceedReserved": "quota",
  "FailedOperation.ReservedExceedTotal": "quota",
  "FailedOperation.FunctionStatusError": "busy",
  "FailedOperation.FunctionNameStatusError": "busy",
  "FailedOperation.OperationConflict": "busy",
  "FailedOperation.ProvisionedInProgress": "busy",
  "FailedOperation.ReservedInProgress": "busy",
  "FailedOperation.TotalConcurrencyMemoryInProgress": "busy",
  "FailedOperation.FunctionVersionStatusNotActive": "busy",
  "FailedOperation.PublishVersion": "busy",
  "UnsupportedOperation.PublishVersion": "busy",
  "UnauthorizedOperation.FunctionStatus": "busy",
  // Who calls is known, and may not.
  "AuthFailure.UnauthorizedOperation": "authentication",
  "FailedOperation.InvalidLBStatus": "busy",
  "FailedOperation.AssociationNotActive": "busy",
  "FailedOperation.ResourceInOperating": "busy",
};

const prefixes: readonly (readonly [string, ErrorClass])[] = [
  ["RequestLimitExceeded", "throttled"],
  ["ResourceNotFound", "not-found"],
  ["ResourceInUse", "exists"],
  ["ResourceUnavailable", "busy"],
  ["LimitExceeded", "quota"],
  ["AuthFailure", "credentials"],
  ["UnauthorizedOperation", "authentication"],
  ["InternalError", "internal"],
];

/** Sorts an error code of the platform into what to do about it (source: the SDK's code lists and comments). */
export function classify(code: string): ErrorClass {
  const exact = exceptions[code];
  if (exact) return exact;
  const found = prefixes.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`));
  return found ? found[1] : "invalid";
}

export function isErrorOfClass(error: unknown, ...classes: ErrorClass[]): error is PlatformError {
  return PlatformError.is(error) && classes.includes(classify(error.code));
}
