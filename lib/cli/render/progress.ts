import type { Change } from "../../reconciler/difference";
import type { RunEvent } from "../../reconciler/events";
import type { Terminal } from "../terminal";
import { ProgressBoard } from "./progress-board";

const FRAME_MILLISECONDS = 100;

/** Shows a run while it works. */
export interface Progress {
  take(event: RunEvent): void;
  /** Says something in between. */
  say(text: string): void;
  readonly runningCount: number;
  /** Leaves the screen as it is. A second call does nothing. */
  end(): void;
}

/** Redraws in place on a terminal, appends lines elsewhere. */
export async function startProgress(changes: readonly Change[], terminal: Terminal): Promise<Progress> {
  const board = new ProgressBoard(changes, terminal.style);
  return terminal.live ? await redrawn(board, terminal) : appended(board, terminal);
}

function appended(board: ProgressBoard, terminal: Terminal): Progress {
  const started = Date.now();
  let last = started;
  // Half a minute without a line looks like a hang, above all in the log of a pipeline.
  const timer = setInterval(() => {
    if (Date.now() - last < 30_000) return;
    last = Date.now();
    terminal.say(board.frame(0));
  }, 1000);
  timer.unref();
  const say = (text: string): void => {
    last = Date.now();
    terminal.say(text);
  };
  return {
    take(event) {
      const beginning = board.beginning(event);
      if (beginning !== undefined) say(beginning);
      for (const line of board.take(event)) say(line);
    },
    say,
    get runningCount() {
      return board.runningCount;
    },
    end: () => clearInterval(timer),
  };
}

async function redrawn(board: ProgressBoard, terminal: Terminal): Promise<Progress> {
  const { createLogUpdate } = await import("log-update");
  const screen = createLogUpdate(terminal.stream);
  let tick = 0;
  let news: string[] = [];
  const draw = (): void => {
    if (news.length > 0) {
      screen.clear();
      screen.persist(news.join("\n"));
      news = [];
    }
    screen(board.frame(tick));
  };
  const timer = setInterval(() => {
    tick++;
    draw();
  }, FRAME_MILLISECONDS);
  return {
    take: (event) => void news.push(...board.take(event)),
    say(text) {
      news.push(text);
      draw();
    },
    get runningCount() {
      return board.runningCount;
    },
    end() {
      clearInterval(timer);
      screen.clear();
      if (news.length > 0) screen.persist(news.join("\n"));
      news = [];
      screen.done();
    },
  };
}
