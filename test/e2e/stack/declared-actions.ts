import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../support/emulator/toolbox.ts";

/** What a function needs whatever it does: its own log, and to be fed by its own queue. */
export const runtimeActions: ReadonlySet<string> = new Set([
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "sqs:ReceiveMessage",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
]);

/** The IAM actions that the adapters in lib/aws declare, sorted; all of them, or of those in a bundle. */
export async function declaredActions(
  among: (path: string) => boolean = () => true,
): Promise<readonly string[]> {
  const declared = new Set<string>();
  for (const file of readdirSync(join(repository, "lib", "aws"))) {
    const path = `lib/aws/${file}`;
    if (!file.endsWith(".ts") || !among(path)) continue;
    const url = pathToFileURL(join(repository, path)).href;
    const adapter = (await import(url)) as { readonly actions?: readonly string[] };
    for (const action of adapter.actions ?? []) declared.add(action);
  }
  return [...declared].toSorted();
}
