import { join } from "node:path";

type Reporter = "default" | ["json", { outputFile: string }];

/** With ROLECALL_TEST_RESULTS set to a folder, a run also leaves its counts there as JSON. */
export function reporters(suite: string): Reporter[] {
  const folder = process.env["ROLECALL_TEST_RESULTS"];
  if (folder === undefined) return ["default"];
  return ["default", ["json", { outputFile: join(folder, `${suite}.json`) }]];
}
