import type { Credentials, CredentialsProvider } from "./credentials";

/** Others are asked for so long before credentials end, in milliseconds: a call may be under way for a minute. */
const AHEAD = 60_000;

/** The credentials that calls are signed with, and how they are renewed: once for all calls that need it. */
export class Renewal {
  private held: Credentials | undefined;
  private asking: Promise<Credentials> | undefined;
  private readonly given = new Set<string>();

  constructor(
    private readonly provider: CredentialsProvider,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws what the provider throws when there are none */
  async current(): Promise<Credentials> {
    const { held } = this;
    if (!held) return this.ask();
    if (held.expiresAt === undefined || this.now() < held.expiresAt - AHEAD) return held;
    // Whether these still do is for the platform to say.
    return this.ask().catch(() => held);
  }

  /**
   * Asks for others in place of those that the platform refused.
   *
   * @returns whether there are others
   */
  async renew(refused: Credentials): Promise<boolean> {
    if (this.held && !isSame(this.held, refused)) return true;
    try {
      return !isSame(await this.ask(), refused);
    } catch {
      // What the platform said of the old ones tells more.
      return false;
    }
  }

  /** Everything secret that was ever signed with: to be struck out of what is passed on. */
  get secrets(): readonly string[] {
    return [...this.given];
  }

  private ask(): Promise<Credentials> {
    this.asking ??= (async () => this.provider())()
      .then((credentials) => {
        for (const secret of [credentials.secretKey, credentials.token]) if (secret) this.given.add(secret);
        return (this.held = credentials);
      })
      .finally(() => (this.asking = undefined));
    return this.asking;
  }
}

function isSame(left: Credentials, right: Credentials): boolean {
  return left.secretId === right.secretId && left.secretKey === right.secretKey && left.token === right.token;
}
