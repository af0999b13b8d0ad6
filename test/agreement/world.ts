import type { Quotas } from "../../lib/model/quotas";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { Program, type Stack } from "../rules/program";
import type { Choices } from "./choices";
import type { MadePackage } from "./packages";

export const REGION = "ap-guangzhou";

/** Accounts that programs are for: the provider says of each what the platform was opened with. */
export interface Account {
  readonly accountType: "standard" | "traditional";
  readonly quotas: Partial<Quotas>;
}

const accounts: readonly [Account, ...Account[]] = [
  { accountType: "standard", quotas: {} },
  {
    accountType: "standard",
    quotas: {
      namespaces: 8,
      layers: 30,
      triggersOfOneType: 20,
      initTimeoutSeconds: 600,
      concurrencyMb: 256_000,
    },
  },
  {
    accountType: "standard",
    quotas: {
      namespaces: 3,
      functionsPerNamespace: 3,
      layers: 2,
      versionsPerLayer: 1,
      triggersOfOneType: 2,
      initTimeoutSeconds: 120,
      concurrencyMb: 14_000,
      testEvents: 1,
      egressIps: 1,
      scheduledActions: 1,
    },
  },
  { accountType: "traditional", quotas: {} },
];

const platforms = new Map<Account, LocalPlatform>();

/** The platform of an account as it is on the first day. */
function platformOf(account: Account): LocalPlatform {
  const open = platforms.get(account);
  if (open) {
    open.reset();
    return open;
  }
  const opened = openLocalPlatform({ path: ":memory:", region: REGION, ...account });
  platforms.set(account, opened);
  return opened;
}

export async function closePlatforms(): Promise<void> {
  for (const platform of platforms.values()) await platform.close();
  platforms.clear();
}

/** A function of the program, and what hangs on it that others may name. */
export interface DeclaredFunction {
  readonly address: string;
  readonly isWeb: boolean;
  readonly speaksWebSocket: boolean;
  readonly runtime: string;
  readonly namespace: string;
  version: string | undefined;
  readonly aliases: string[];
}

/** A program that is being written, for an account of a platform that nothing was deployed to before. */
export class World {
  readonly program = new Program();
  readonly platform: LocalPlatform;
  readonly functions: DeclaredFunction[] = [];
  private readonly stacks: readonly [Stack, Stack];
  private ids = 0;

  constructor(readonly choices: Choices) {
    const account = choices.chance(40) ? choices.from(accounts) : accounts[0];
    this.platform = platformOf(account);
    const options = { ...account, region: REGION };
    this.stacks = [this.program.stack("shop", options), this.program.stack("stock", options)];
  }

  /** Most of a program is in one stack; all stacks are of one account. */
  get stack(): Stack {
    return this.stacks[this.choices.chance(15) ? 1 : 0];
  }

  id(kind: string): string {
    return `${kind}${this.ids++}`;
  }

  asset(made: MadePackage): { readonly asset: string } {
    return { asset: this.program.realPackage(made) };
  }

  /** A function that is there; undefined in a program without any. */
  someFunction(accepts: (fn: DeclaredFunction) => boolean = () => true): DeclaredFunction | undefined {
    const fitting = this.functions.filter(accepts);
    return fitting[this.choices.below(Math.max(1, fitting.length))];
  }

  /** Unique unless two are meant to collide. */
  name(prefix: string): string {
    return this.choices.seldom() ? `${prefix}-0` : `${prefix}-${this.ids++}`;
  }
}
