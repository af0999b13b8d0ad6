import { regions } from "./region";

/**
 * Limits that an account can have raised, with the documents' defaults. Synthesis and the local platform both read them
 * from here; the provider construct replaces single ones per account and region, and so does a snapshot of what the account
 * reports.
 */
export interface Quotas {
  /** Namespaces in a region, `default` included (QTA-NS). */
  readonly namespaces: number;
  /** Functions in a namespace (QTA-FN). */
  readonly functionsPerNamespace: number;
  /** Layers in a region (QTA-LYR). */
  readonly layers: number;
  /** Versions of one layer (QTA-LYRV). */
  readonly versionsPerLayer: number;
  /** Triggers of one type on one function, all its versions and aliases together (TRG-COUNT). */
  readonly triggersOfOneType: number;
  /** Initialization timeout in seconds (FN-INIT). */
  readonly initTimeoutSeconds: number;
  /** Code of all functions in a region, in bytes (QTA-CODE). */
  readonly codeBytes: number;
  /**
   * Concurrency of all functions in a region, in MB of memory (QTA-CONC). Without a value the documents' one for the
   * region.
   */
  readonly concurrencyMb: number | undefined;
  /** Custom test event templates of the account (QTA-TEST). */
  readonly testEvents: number;
  /** Fixed egress addresses in a region (QTA-EIP). */
  readonly egressIps: number;
  /** Scheduled actions of one version's provisioned concurrency (CON-SCHED). */
  readonly scheduledActions: number;
}

export const defaultQuotas: Quotas = {
  namespaces: 5,
  functionsPerNamespace: 50,
  layers: 20,
  versionsPerLayer: 200,
  triggersOfOneType: 10,
  initTimeoutSeconds: 300,
  codeBytes: 100 * 1024 ** 3,
  concurrencyMb: undefined,
  testEvents: 5,
  egressIps: 5,
  scheduledActions: 10,
};

/** The least that each quota can be: a namespace always exists, and nothing can be counted in less than whole ones. */
export const smallestQuotas: Readonly<Record<keyof Quotas, number>> = {
  namespaces: 1,
  functionsPerNamespace: 1,
  layers: 0,
  versionsPerLayer: 1,
  triggersOfOneType: 0,
  initTimeoutSeconds: 3,
  codeBytes: 1,
  concurrencyMb: 1,
  testEvents: 0,
  egressIps: 0,
  scheduledActions: 0,
};

/** Whether a value can be the quota of that name: programs in plain JavaScript may hold anything. */
export function isQuota(name: string, value: unknown): name is keyof Quotas {
  if (!Object.hasOwn(smallestQuotas, name)) return false;
  return Number.isSafeInteger(value) && (value as number) >= smallestQuotas[name as keyof Quotas];
}

/** What quotas can be taken from: those that the account reports, and those that are given by hand and win. */
export interface QuotaSource {
  readonly quotas: Partial<Quotas>;
  readonly reportedQuotas?: Partial<Quotas>;
}

const effective = new WeakMap<QuotaSource, Quotas>();

/** The quotas that hold: given by hand, or reported by the account, or the documents' defaults. */
export function effectiveQuotas(source: QuotaSource): Quotas {
  const known = effective.get(source);
  if (known) return known;
  const quotas = { ...defaultQuotas, ...usable(source.reportedQuotas), ...usable(source.quotas) };
  effective.set(source, quotas);
  return quotas;
}

function usable(quotas: Partial<Quotas> | undefined): Partial<Quotas> {
  return Object.fromEntries(Object.entries(quotas ?? {}).filter(([name, value]) => isQuota(name, value)));
}

/** Concurrency quota of a region in MB: what the account has, or the documents' value, or that of most regions (QTA-CONC). */
export function concurrencyQuota(quotas: Pick<Quotas, "concurrencyMb">, region: string): number {
  return quotas.concurrencyMb ?? regions[region]?.concurrencyMb ?? 128_000;
}

/** Limits that hold for every account. */
export const limits = {
  /** FN-TIMEOUT, seconds. */
  timeoutSeconds: 900,
  /** FN-TIMEOUT with asynchronous execution, seconds. */
  asyncTimeoutSeconds: 86_400,
  /** FN-INIT, seconds. */
  initTimeoutMinimumSeconds: 3,
  /** FN-ENV, keys and values together, in bytes. */
  environmentBytes: 4096,
  /** FN-NAMELEN. */
  namespaceAndFunctionName: 118,
  /** LYR-BIND. */
  layersPerFunction: 5,
  /** LYR-RT. */
  runtimesPerLayer: 5,
  /** COD-SIZE, layers included, in bytes. */
  uncompressedBytes: 500 * 1024 ** 2,
  /** COD-UP and LYR-ZIP, in bytes. */
  uploadBytes: 50 * 1024 ** 2,
  /**
   * COD-CALL, in bytes: a ZIP that is sent inside a call. The body of a call has at most 10 MB, and base64 makes four bytes
   * of three; the rest is left for the call's other parameters.
   */
  callBytes: 7_700_000,
  /** Descriptions of functions and aliases (FN-DESC, ALS-DESC), in characters. */
  descriptionCharacters: 1000,
  /**
   * Descriptions that a mark of ownership is added to, in characters: those of layers and versions (LYR-ZIP, FN-DESC). The
   * mark takes up to 67 characters of the 1000.
   */
  markedDescriptionCharacters: 930,
  /** QTA-TEST, bytes of one template. */
  testEventBytes: 64 * 1024,
  /** Concurrency in MB of a region that no reservation takes away from functions without one (CON-RES). */
  unreservedConcurrencyMb: 12_800,
  /** WEB-CONC. */
  instanceConcurrency: { smallest: 2, largest: 100 },
  /** WS-IDLE, seconds. */
  webSocketIdleTimeout: { smallest: 10, largest: 7200 },
  /** NET-NS. */
  nameServers: 5,
  /**
   * Asynchronous invocation: attempts after the first one, and how long an event waits for being delivered, in seconds. The
   * source documents give no numbers; these are the ones that the platform's clients send (API AsyncTriggerConfig).
   */
  asyncInvocation: { retryAttempts: 2, eventAgeSeconds: { smallest: 60, largest: 21_600 } },
} as const;
