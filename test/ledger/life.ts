import type { Cause } from "../../lib/change/model.ts";
import type { Finding, SubjectState } from "../../lib/ledger/model.ts";
import { defaultTransitionSettings, type TransitionSettings } from "../../lib/ledger/settings.ts";
import { type SubjectPass, type Transition, transition } from "../../lib/ledger/transition.ts";
import type { Result } from "../../lib/model/result.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { account } from "./samples.ts";

const start = Date.UTC(2026, 10, 2, 9);
/** A time, in seconds after the beginning. */
export const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** One subject's life: pass after pass over what the ledger would hold. */
export class Life {
  state: SubjectState = { findings: [] };
  readonly alerts: Alert[] = [];
  readonly #settings: TransitionSettings;

  constructor(settings: Partial<TransitionSettings> = {}) {
    this.#settings = { ...defaultTransitionSettings, ...settings };
  }

  /** A pass at a time; returns what it told, as `opened high`, `resolved high`. */
  see(
    seconds: number,
    results: readonly Result[],
    more: Partial<SubjectPass> & { readonly causes?: readonly Cause[] } = {},
  ): readonly string[] {
    return this.pass(seconds, results, more).alerts.map(({ transition: what }) => what);
  }

  pass(seconds: number, results: readonly Result[], more: Partial<SubjectPass> = {}): Transition {
    const outcome = transition(
      this.state,
      {
        subject: `${account}/role/a`,
        account,
        at: at(seconds),
        results,
        whole: true,
        sees: () => true,
        stillAsked: () => true,
        countsBlindness: true,
        causes: [],
        remind: false,
        ...more,
      },
      this.#settings,
    );
    const findings = new Map(this.state.findings.map((finding) => [finding.id, finding]));
    for (const finding of outcome.findings) findings.set(finding.id, finding);
    this.state = { observation: outcome.observation, findings: [...findings.values()] };
    this.alerts.push(...outcome.alerts);
    return outcome;
  }

  /** The finding of a result. */
  finding(result: Result): Finding | undefined {
    return this.state.findings.find((one) => one.id === result.id);
  }

  get last(): Alert {
    const alert = this.alerts.at(-1);
    if (alert === undefined) throw new Error("nothing was told");
    return alert;
  }
}
