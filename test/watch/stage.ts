import type { FactsPort } from "../../lib/gather/port.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import type { LogFields } from "../../lib/log.ts";
import type { Look, WatchPorts } from "../../lib/watch/ports.ts";
import { calm, judgeTruth, type Truth, truthPort } from "./truth.ts";

const start = Date.UTC(2026, 10, 2, 9);

/** The pipeline's ports over a truth that a test owns; what was asked of them is kept. */
export class Stage {
  truth: Truth = calm;
  second = 0;
  readonly reads: string[] = [];
  readonly looks: { look: Look; delay: number }[] = [];
  readonly logged: { message: string; fields: LogFields }[] = [];
  nudges = 0;
  readonly ledger: LedgerPort;

  constructor(ledger: LedgerPort = memoryLedger()) {
    this.ledger = ledger;
  }

  ports(more: Partial<WatchPorts> = {}): WatchPorts {
    const keep = (message: string, fields: LogFields = {}): void =>
      void this.logged.push({ message, fields });
    return {
      facts: this.#counted(truthPort(() => this.truth)),
      ledger: this.ledger,
      later: { look: async (look, delay) => void this.looks.push({ look, delay }) },
      nudge: { nudge: async () => void this.nudges++ },
      log: { info: keep, warn: keep, error: keep },
      judge: judgeTruth,
      stillAsked: () => true,
      now: () => this.at(this.second++),
      settings: defaultTransitionSettings,
      ...more,
    };
  }

  at(second: number): string {
    return new Date(start + second * 1000).toISOString();
  }

  async told(): Promise<readonly string[]> {
    const pending = await this.ledger.pending(1000);
    return pending.map(
      ({ alert }) =>
        `${alert.transition} ${alert.result.control} ${alert.result.resource.arn.split("/").at(-1)}`,
    );
  }

  #counted(port: FactsPort): FactsPort {
    const counted =
      <A extends readonly unknown[], R>(what: string, read: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> => {
        this.reads.push([what, ...args].join(" "));
        return read(...args);
      };
    return {
      identity: () => port.identity(),
      account: counted("account", () => port.account()),
      role: counted("role", (name: string) => port.role(name)),
      user: counted("user", (name: string) => port.user(name)),
      profile: counted("profile", (name: string) => port.profile(name)),
      region: counted("region", (name: string) => port.region(name)),
      rolesWithPolicy: counted("carriers", (arn: string) => port.rolesWithPolicy(arn)),
    };
  }
}
