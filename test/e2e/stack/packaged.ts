import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { alone, repository } from "../../support/emulator/toolbox.ts";

const run = promisify(execFile);

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** `serverless` without credentials, without a home and without a network to speak of; what it printed. */
export async function bare(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const bin = join(repository, "node_modules", "serverless", "bin", "serverless.js");
  const start = () => {
    const child = run(process.execPath, [bin, ...args], {
      cwd: repository,
      env: {
        PATH: process.env["PATH"],
        HOME: "/nonexistent",
        AWS_EC2_METADATA_DISABLED: "true",
        NODE_NO_WARNINGS: "1",
        ...env,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    child.child.stdin?.end();
    return child;
  };
  return alone("serverless", start).then(
    ({ stdout, stderr }) => ({ code: 0, text: `${stdout}\n${stderr}` }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? 1,
      text: `${error.stdout ?? ""}\n${error.stderr ?? ""}`,
    }),
  );
}

export const readTemplate = async (folder: string): Promise<Template> =>
  JSON.parse(await readFile(join(folder, "cloudformation-template-update-stack.json"), "utf8")) as Template;
