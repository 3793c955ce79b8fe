import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

const real = spawnSync("sh", ["-c", "command -v aws"], { encoding: "utf8" }).stdout.trim();

/**
 * Why commands cannot be tried here, said aloud so that a skipped suite is seen to be skipped.
 * @throws where it must not be missing: in CI.
 */
export function whyNoAwsCli(): string | undefined {
  if (real !== "") return undefined;
  const reason = "trying the commands needs the AWS CLI as `aws`";
  if (process.env["CI"] === "true") throw new Error(reason);
  console.warn(`SKIPPED: ${reason}`);
  return reason;
}

/**
 * A PATH on which `aws` asks the given endpoint: versions before 2.13 do not read AWS_ENDPOINT_URL. What
 * is tried is otherwise the command as it was written.
 */
export async function pathWithAws(
  folder: string,
  endpoint: string,
  path: string | undefined,
): Promise<string> {
  const home = join(folder, "bin");
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "aws"), `#!/bin/sh\nexec '${real}' --endpoint-url '${endpoint}' "$@"\n`);
  await chmod(join(home, "aws"), 0o755);
  return `${home}${delimiter}${path ?? ""}`;
}
