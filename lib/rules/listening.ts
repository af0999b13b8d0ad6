import { utilities } from "../model/start-file";
import { baseName, type ShellCommand, type ShellScript } from "./shell";

/** Where the programs of a start file are told to listen, as far as the start file says so (WEB-PORT). */
export interface ListeningMention {
  readonly port: number | undefined;
  readonly loopback: boolean;
  /** As it stands in the script: `--port 8080`. */
  readonly shown: string;
  readonly line: number;
}

/** Of the utilities, those that may run another script: what that starts is not known. */
const runners = new Set([".", "source", "eval", "xargs", "find"]);

/** Whether the script calls anything that could be a server. */
export function startsServer(script: ShellScript): boolean {
  return script.commands.some(({ program }) => {
    if (program === undefined) return true;
    const name = baseName(program);
    return name !== "" && (runners.has(name) || !utilities.has(name));
  });
}

export function listeningMentions(script: ShellScript): ListeningMention[] {
  const isServer = ({ program }: ShellCommand): boolean =>
    program === undefined || (program !== "" && !utilities.has(baseName(program)));
  const foreground = script.commands.some((command) => isServer(command) && !command.background);
  return script.commands.flatMap((command) => {
    // What runs beside the server may listen where it likes.
    if (command.background && foreground && isServer(command)) return [];
    const declares = command.program === "" || command.program === "export";
    const mentions = declares || isServer(command) ? inVariables(command) : [];
    return isServer(command) ? [...mentions, ...inArguments(command)] : mentions;
  });
}

const portVariables = new Set(
  "PORT SERVER_PORT HTTP_PORT LISTEN_PORT WEB_PORT APP_PORT FLASK_RUN_PORT UVICORN_PORT".split(" "),
);
const addressVariables = new Set(
  "HOST HOSTNAME BIND BIND_ADDRESS LISTEN LISTEN_ADDR LISTEN_ADDRESS SERVER_ADDRESS SERVER_HOST HTTP_HOST FLASK_RUN_HOST UVICORN_HOST".split(
    " ",
  ),
);

function inVariables({ assigned, line }: ShellCommand): ListeningMention[] {
  return [...assigned].flatMap(([name, value]): ListeningMention[] => {
    if (value === undefined) return [];
    const shown = `${name}=${value}`;
    if (portVariables.has(name)) return mention({ port: portOf(value), loopback: false }, shown, line);
    return addressVariables.has(name) ? mention(addressOf(value), shown, line) : [];
  });
}

const portOptions = /^(-p|--?(D?(server|http|quarkus\.http|micronaut\.server)[.-])?(http-|listen-)?port)$/;
const addressOptions =
  /^(-S|-b|-h|-H|-l|-a|--?(D?(server|http|quarkus\.http|micronaut\.server)[.-])?(bind|host|hostname|listen|address|addr|ip))$/;
/** Words behind which a number alone is a port: `python -m http.server 8000`, `manage.py runserver 8000`. */
const portFollows = new Set(["http.server", "SimpleHTTPServer", "runserver"]);

function inArguments({ args, line }: ShellCommand): ListeningMention[] {
  const mentions: ListeningMention[] = [];
  for (const [index, word] of args.entries()) {
    if (word === undefined) continue;
    const previous = args[index - 1];
    const glued = /^(-[^=]+)=(.*)$/s.exec(word);
    const [option, value] = glued ? [glued[1] ?? "", glued[2] ?? ""] : [previous ?? "", word];
    const shown = glued ? word : `${option} ${value}`;
    if (!glued && word.startsWith("-")) continue;
    if (portOptions.test(option)) {
      mentions.push(...mention({ port: portOf(value), loopback: false }, shown, line));
    } else if (addressOptions.test(option)) {
      mentions.push(...mention(addressOf(value), shown, line));
    } else if (!glued && portFollows.has(option) && portOf(value) !== undefined) {
      mentions.push(...mention({ port: portOf(value), loopback: false }, shown, line));
    } else if (!glued && !option.startsWith("-")) {
      mentions.push(...mention(addressOf(value), value, line));
    }
  }
  return mentions;
}

interface Listening {
  readonly port: number | undefined;
  readonly loopback: boolean;
}

function mention(listening: Listening | undefined, shown: string, line: number): ListeningMention[] {
  if (!listening || (listening.port === undefined && !listening.loopback)) return [];
  return [{ ...listening, shown, line }];
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  return port !== undefined && port >= 1 && port <= 65_535 ? port : undefined;
}

const loopback = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|::1)$/i;
/** `0.0.0.0:9000`, `:9000`, `[::1]:9000`, `localhost`, `tcp://127.0.0.1:9000`. */
const address = /^(?:tcp:\/\/)?(?:\[([0-9a-f:.]*)\]|([a-z0-9.*-]*)|(::1))(?::(\d{1,5}))?$/i;

/** Where an address leads to; undefined for words that are no address of a server. */
function addressOf(text: string): Listening | undefined {
  const match = address.exec(text);
  if (!match) return undefined;
  const host = match[1] ?? match[2] ?? match[3] ?? "";
  const isLoopback = loopback.test(host);
  const isAny = host === "" || host === "*" || host === "0.0.0.0" || host === "::";
  if (!isLoopback && !isAny) return undefined;
  return { port: match[4] === undefined ? undefined : portOf(match[4]), loopback: isLoopback };
}
