const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type StyleName = keyof typeof codes;

/** Colours, or the same text without them. */
export class Style {
  /** Colours when the stream is a terminal, unless the environment has decided. */
  static for(stream: NodeJS.WriteStream): Style {
    return new Style(wantsColor(stream));
  }

  constructor(readonly color: boolean) {}

  paint(name: StyleName, text: string): string {
    if (!this.color || text === "") return text;
    const [open, close] = codes[name];
    return `\u001B[${open}m${text}\u001B[${close}m`;
  }

  bold(text: string): string {
    return this.paint("bold", text);
  }
  dim(text: string): string {
    return this.paint("dim", text);
  }
  red(text: string): string {
    return this.paint("red", text);
  }
  green(text: string): string {
    return this.paint("green", text);
  }
  yellow(text: string): string {
    return this.paint("yellow", text);
  }
}

/** https://no-color.org and https://force-color.org: a variable that is set and not empty decides, NO_COLOR first. */
function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
