import { visible, visibleLines } from "../model/visible.ts";
import { type Command, commands } from "./commands.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { overview } from "./help.ts";
import { type Io, processIo } from "./io.ts";
import { didYouMean } from "./parse-options.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** Runs the real process: called by bin/rolecall.js. */
export async function start(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processIo());
}

/** One call of `rolecall`, given its words. */
export async function run(argv: readonly string[], io: Io, table = commands): Promise<ExitCode> {
  const [word, ...rest] = argv;
  if (
    word === undefined ||
    word === "--help" ||
    word === "-h" ||
    (word === "help" && rest[0] === undefined)
  ) {
    (word === undefined ? io.err : io.out)(overview(table));
    return word === undefined ? exitCode.usage : exitCode.clean;
  }
  if (word === "--version" || word === "-V") {
    io.out(`${version()}\n`);
    return exitCode.clean;
  }
  const name = word === "help" ? (rest[0] ?? "") : word;
  const command = table.find((each) => each.name === name);
  if (command === undefined) return unknownCommand(name, io, table);
  const words = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (word === "help" || words.includes("--help") || words.includes("-h")) {
    io.out((await command.load()).usage);
    return exitCode.clean;
  }
  return guarded(command, rest, io);
}

function unknownCommand(name: string, io: Io, table: readonly Command[]): ExitCode {
  const kind = name.startsWith("-") ? "option" : "command";
  const words = table.map((command) => command.name);
  const near =
    kind === "option"
      ? didYouMean(name.replace(/^-+/, ""), ["help", "version"], "--")
      : didYouMean(name, words);
  io.err(`rolecall: unknown ${kind} \`${visible(name)}\`${near}\nSee \`rolecall --help\`.\n`);
  return exitCode.usage;
}

async function guarded(command: Command, argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const loaded = await command.load();
    return await loaded.run(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(
        `rolecall ${command.name}: ${visibleLines(error.message)}\n${error.help ? `See \`rolecall ${command.name} --help\`.\n` : ""}`,
      );
    } else {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      io.err(
        `rolecall ${command.name}: a defect of Rolecall, nothing was concluded. Please report:\n${text}\n`,
      );
    }
    return exitCode.usage;
  }
}
