import { type Bench, withinFloor } from "./figure.ts";
import { openPrograms } from "./run-program.ts";
import { alternate } from "./statistics.ts";

/** What a person waits for who only asks how it is called, against Node starting at all. */
export const cliHelp: Bench = {
  figures: ["cli-help"],
  async run() {
    const programs = await openPrograms();
    try {
      const help = () => programs.rolecall(["--help"]);
      const turns = await alternate(help, () => programs.nothing(), 21);
      return [withinFloor({ name: "cli-help", value: turns.subject, unit: "ms" }, turns.floor, 2.5)];
    } finally {
      programs.close();
    }
  },
};
