import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** What a command's own file exports. `argv` is what follows the command's name. */
interface CommandModule {
  /** What `--help` prints. */
  readonly usage: string;
  run(argv: readonly string[], io: Io): Promise<ExitCode>;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Loads the command's file and what it needs: nothing of it is loaded for another command. */
  readonly load: () => Promise<CommandModule>;
}

/** A row per command, in the order of `--help`. */
export const commands: readonly Command[] = [
  { name: "audit", summary: "judge an account, live or saved", load: () => import("./audit.ts") },
  { name: "snapshot", summary: "save what an audit reads", load: () => import("./snapshot.ts") },
  { name: "check", summary: "say whether a configuration is right", load: () => import("./check.ts") },
  {
    name: "compare",
    summary: "does one policy allow what another does not, and the other way round",
    load: () => import("./compare.ts"),
  },
  {
    name: "evaluate",
    summary: "is one request allowed, and which statements decide",
    load: () => import("./evaluate.ts"),
  },
  {
    name: "init",
    summary: "write a first configuration from what an account holds",
    load: () => import("./init.ts"),
  },
  { name: "demo", summary: "audit the example account", load: () => import("./demo.ts") },
];
