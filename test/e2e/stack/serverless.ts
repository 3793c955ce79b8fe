import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "../../support/emulator/start-emulator.ts";
import { alone, repository } from "../../support/emulator/toolbox.ts";

const run = promisify(execFile);

export const stage = "e2e";
export const account = "111122223333";

/** As short as the path can be and still be the path: delays in seconds. */
export const pace = { delay: 1, settling: 4, collect: 1 };

/** The real `serverless`, against the emulator; what it printed. Throws with its output when it fails. */
export async function serverless(
  aws: Emulator,
  args: readonly string[],
  params: Readonly<Record<string, string | number>> = {},
): Promise<string> {
  const given = Object.entries(params).map(([name, value]) => `--param=${name}=${value}`);
  const bin = join(repository, "node_modules", "serverless", "bin", "serverless.js");
  const start = () => {
    const child = run(process.execPath, [bin, ...args, "--stage", stage, ...given], {
      cwd: repository,
      env: {
        ...aws.environment(aws.root(account)),
        NODE_NO_WARNINGS: "1",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    // It reads standard input where there is some.
    child.child.stdin?.end();
    return child;
  };
  try {
    // It works in folders of the checkout.
    const { stdout, stderr } = await alone("serverless", start);
    return `${stdout}\n${stderr}`;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`serverless ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

export const deploy = (
  aws: Emulator,
  params: Readonly<Record<string, string | number>> = {},
): Promise<string> =>
  serverless(aws, ["deploy"], {
    email: "someone@example.com",
    config: "test/e2e/stack/rolecall.yml",
    ...pace,
    ...params,
  });

/** The stack's outputs, as `serverless info --verbose` lists them. */
export async function outputs(aws: Emulator): Promise<ReadonlyMap<string, string>> {
  const text = await serverless(aws, ["info", "--verbose"], { email: "someone@example.com" });
  const lines = text.slice(text.indexOf("Stack Outputs")).matchAll(/^ +(\w+): (\S+)$/gmu);
  return new Map([...lines].map(([, name = "", value = ""]) => [name, value]));
}
