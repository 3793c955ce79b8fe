import { fileFault } from "../config/file-fault.ts";
import { exitCode } from "./exit-code.ts";

/** What a command may touch of the process: passed in, so that a test is its own terminal. */
export interface Io {
  /** Standard output: only ever the report that was asked for. */
  readonly out: (text: string) => void;
  /** Standard error: all that is said to a person beside it. */
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Standard input, for `-`; that of the process when not given. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly terminal: Terminal;
  /** Asks a person on the terminal; empty when nobody answers. Undefined where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
  /** Adds something to undo when the person interrupts; returns how to take it off the list again. */
  readonly onInterrupt: (undo: () => void) => () => void;
}

export interface Terminal {
  /** Whether a person reads standard output, and standard error. */
  readonly out: boolean;
  readonly err: boolean;
  /** Whether a person can answer on standard input. */
  readonly in: boolean;
  /** Width of standard output in cells. */
  readonly columns: number;
  readonly colours: boolean;
}

/** The real process. A reader that goes away (`| head`) is not an error: the rest is not written. */
export function processIo(): Io {
  const undo = new Set<() => void>();
  const onSignal = (signal: NodeJS.Signals) => {
    for (const each of undo) each();
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  const { stdout, stderr, env } = process;
  const terminal: Terminal = {
    out: stdout.isTTY === true,
    err: stderr.isTTY === true,
    in: process.stdin.isTTY === true,
    columns: width(stdout.isTTY ? stdout.columns : undefined, env["COLUMNS"]),
    colours: wantsColours(env, stdout.isTTY === true),
  };
  return {
    out: writer(stdout),
    err: writer(stderr),
    env,
    cwd: process.cwd(),
    terminal,
    ask: async (question) => {
      const { createInterface } = await import("node:readline/promises");
      const lines = createInterface({ input: process.stdin, output: stderr });
      try {
        // Ctrl-D ends the input, and no answer comes.
        const ended = new Promise<string>((answer) => lines.once("close", () => answer("")));
        return await Promise.race([lines.question(question), ended]);
      } finally {
        lines.close();
      }
    },
    onInterrupt: (each) => {
      undo.add(each);
      return () => undo.delete(each);
    },
  };
}

function writer(stream: NodeJS.WriteStream): (text: string) => void {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") return;
    // A report that is not whole must not end as one that tells of findings, nor as one without.
    if (stream !== process.stderr)
      process.stderr.write(`rolecall: cannot write the output: ${fileFault(error)}\n`);
    process.exit(exitCode.usage);
  });
  return (text) => {
    if (open) stream.write(text);
  };
}

const width = (real: number | undefined, wished: string | undefined): number => {
  const columns = real ?? Number(wished);
  return Number.isInteger(columns) && columns >= 20 ? columns : 100;
};

/** https://no-color.org; FORCE_COLOR wins over a pipe, NO_COLOR over both. */
export function wantsColours(env: Io["env"], terminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return terminal && env["TERM"] !== "dumb";
}
