import type { Progress } from "../gather/port.ts";
import type { Io } from "./io.ts";

export interface ProgressLine {
  readonly tell: Progress;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** One line on standard error that is written over, for a person only. */
export function progressLine(io: Io, now: () => number = Date.now): ProgressLine {
  if (!io.terminal.err) return { tell: () => {}, end: () => {} };
  const counts = new Map<string, number>();
  let last = 0;
  return {
    tell: (what, count) => {
      counts.set(what, count);
      if (now() - last < 100) return;
      last = now();
      const parts = [...counts].map(([name, n]) => `${name} ${n}`).join(", ");
      io.err(`\r\u001b[2K${`Reading: ${parts}`.slice(0, io.terminal.columns - 1)}`);
    },
    end: () => {
      if (last > 0) io.err("\r\u001b[2K");
    },
  };
}
