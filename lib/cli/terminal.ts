import { Style } from "./render/style";

/**
 * Where a command's words go. With `--json` standard output belongs to the machine, and everything for people goes to
 * standard error.
 */
export class Terminal {
  /** For what `say` prints. */
  readonly style: Style;
  private readonly people: NodeJS.WriteStream;

  constructor(readonly json = false) {
    this.people = json ? process.stderr : process.stdout;
    this.style = Style.for(this.people);
  }

  /** The stream that people read. */
  get stream(): NodeJS.WriteStream {
    return this.people;
  }

  /** Whether progress can be redrawn in place. */
  get live(): boolean {
    return this.people.isTTY === true && process.env.TERM !== "dumb" && process.env.CI === undefined;
  }

  /** Whether there is somebody who can answer a question. */
  get interactive(): boolean {
    return process.stdin.isTTY === true && this.people.isTTY === true;
  }

  say(text: string): void {
    this.people.write(`${text}\n`);
  }

  warn(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** One JSON document, over several lines. */
  data(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  /** One JSON document on one line of a stream of them. */
  line(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Asks a question that only the whole word `yes` answers. */
  async confirm(question: string): Promise<boolean> {
    const readline = await import("node:readline/promises");
    const reader = readline.createInterface({ input: process.stdin, output: this.people });
    try {
      const interrupted = new Promise<string>((resolve) => {
        reader.once("SIGINT", () => resolve(""));
        reader.once("close", () => resolve(""));
      });
      const answer = await Promise.race([
        reader.question(`${question} Only \`yes\` is taken: `),
        interrupted,
      ]);
      return answer.trim() === "yes";
    } finally {
      reader.close();
    }
  }
}
