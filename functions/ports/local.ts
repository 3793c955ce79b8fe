import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { withSecrets } from "../../lib/config/resolve-secrets.ts";
import type { FactsPort } from "../../lib/gather/port.ts";
import { consoleNotifier } from "../../lib/local/console-notifier.ts";
import { fileLedger } from "../../lib/local/file-ledger.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";
import type { Log } from "../../lib/log.ts";
import type { ResolvedConfig } from "../../lib/model/config.ts";
import { scopeKey } from "../../lib/model/scope.ts";
import type { FlushPorts } from "../../lib/notify/flush.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { portsOf } from "../../lib/watch/from-config.ts";
import type { Later, WatchPorts } from "../../lib/watch/ports.ts";
import { transitionSettingsOf } from "../../lib/watch/settings-of.ts";
import { log } from "../telemetry.ts";

/**
 * For `serverless invoke local`: the account is the snapshot in $ROLECALL_SNAPSHOT, the ledger the file
 * $ROLECALL_LEDGER, and an alert is printed as its subscriber would read it.
 */
const snapshot = (): string => process.env["ROLECALL_SNAPSHOT"] ?? inProject("examples/account");
export const localFacts = (): FactsPort => openSnapshot(snapshot());
const ledger = () => fileLedger(process.env["ROLECALL_LEDGER"] ?? inProject(".cache/ledger.json"));
const now = (): string => new Date().toISOString();

export function localWatchPorts(compiled: ResolvedConfig): WatchPorts {
  const config = localConfig(compiled);
  return {
    facts: localFacts(),
    ledger: ledger(),
    later: printedLooks(log),
    nudge: { nudge: async () => {} },
    log,
    ...portsOf(config),
    now,
    settings: transitionSettingsOf(config.alerts),
  };
}

/** A bundle runs where it was built: the project is the first folder above that holds the stack. */
function inProject(path: string): string {
  let folder = process.cwd();
  while (!existsSync(join(folder, "serverless.yml")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, path);
}

/** A look that the queue would have carried is only logged. */
export const printedLooks = (to: Log): Later => ({
  look: async ({ scope, why }, delay) => to.info("look scheduled", { scope: scopeKey(scope), why, delay }),
});

export function localFlushPorts(): FlushPorts {
  return {
    ledger: ledger(),
    notifier: consoleNotifier((text) => process.stdout.write(text)),
    log,
    settings: { ...defaultNotifySettings, collectSeconds: 0 },
    now,
    sleep: async () => {},
    left: () => Number.POSITIVE_INFINITY,
    owner: `local-${process.pid}`,
  };
}

/** Secrets come from the environment here; one that is not set leaves its role unjudged. */
export const localConfig = (compiled: ResolvedConfig): ResolvedConfig =>
  withSecrets(compiled, (from, name) => (from === "env" ? process.env[name] : undefined));
