import type { FactsPort } from "../../lib/gather/port.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { silentLog } from "../../lib/log.ts";
import type { Scope } from "../../lib/model/scope.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { flush } from "../../lib/notify/flush.ts";
import { defaultNotifySettings } from "../../lib/notify/settings.ts";
import { handleAudit } from "../../lib/watch/handle-audit.ts";
import { handleChanges } from "../../lib/watch/handle-changes.ts";
import type { WatchPorts } from "../../lib/watch/ports.ts";
import { randomFrom } from "./random.ts";
import { account, calm, judgeTruth, region, type Truth, truthPort } from "./truth.ts";

/** What goes wrong in a run. */
export interface Chaos {
  /** Events that never arrive. */
  readonly loses: boolean;
  /** Functions that die between two awaits. */
  readonly crashes: boolean;
}

class Crash extends Error {}

interface Message {
  readonly id: string;
  readonly body: object;
  due: number;
}

const auditOf = ({ body }: Message): Scope | undefined =>
  "audit" in body ? (body.audit as Scope) : undefined;

/** One running function: it stands at a gate before and after everything it asks of the world. */
interface Worker {
  dead: boolean;
  stalledUntil: number;
}

interface Gate {
  readonly worker: Worker;
  readonly open: () => void;
  readonly shut: (error: Error) => void;
}

const second = 1000;
/** IAM shows a change everywhere after at most this long; less than the settling time. */
const longestLag = 120 * second;
const mostWorkers = 3;

/**
 * A deployment in miniature: a queue, workers that run at the same time and stop at every await, reads
 * that may show the past, and a clock that only the simulation moves. Everything that happens follows
 * from the commands and one seed.
 */
export class Simulation {
  #now = Date.UTC(2026, 10, 2, 9);
  readonly #random: (below: number) => number;
  readonly #ledger: LedgerPort;
  readonly #chaos: Chaos;
  readonly #history: { at: number; truth: Truth }[] = [{ at: 0, truth: calm }];
  #queue: Message[] = [];
  #gates: Gate[] = [];
  #workers = 0;
  #inFlight = 0;
  #count = 0;
  #rough = true;
  refusing = false;
  /** Alerts as a subscriber got them, by id; repetitions are normal, contradictions are not. */
  readonly received = new Map<string, Alert>();
  readonly contradictions: string[] = [];

  constructor(ledger: LedgerPort, seed: number, chaos: Chaos) {
    this.#ledger = ledger;
    this.#random = randomFrom(seed);
    this.#chaos = chaos;
  }

  get truth(): Truth {
    return this.#history.at(-1)?.truth ?? calm;
  }

  /** Something changes, and CloudTrail tells of it: late, twice, out of order, or never. */
  change(truth: Truth, events: readonly (readonly [string, object])[]): void {
    this.#history.push({ at: this.#now, truth });
    for (const [name, params] of events) {
      if (this.#chaos.loses && this.#random(4) === 0) continue;
      const event = this.#event(name, params);
      const copies = this.#random(5) === 0 ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) this.#send(event, this.#lateness());
    }
  }

  /** Seconds: the queue's delay at least, now and then minutes. */
  #lateness(): number {
    return 30 + this.#random(this.#random(6) === 0 ? 600 : 30);
  }

  audit(scope: Scope): void {
    this.#send({ audit: scope }, 0);
  }

  flush(): void {
    const owner = `flusher ${this.#count++}`;
    const worker = this.#worker();
    const ledger = this.#gated(worker, this.#ledger);
    const notifier = this.#gated(worker, {
      publish: async (digest: { alerts: readonly Alert[] }) => {
        if (this.refusing) throw new Error("SNS is not there");
        for (const alert of digest.alerts) this.#receive(alert);
      },
    });
    const settings = { ...defaultNotifySettings, collectSeconds: 0, inFull: 1000 };
    const run = { owner, sleep: async () => {}, left: () => Number.POSITIVE_INFINITY };
    this.#run(() => flush({ ledger, notifier, log: silentLog, settings, now: () => this.#clock(), ...run }));
  }

  /** Lets time pass, and everything happen that falls into it. */
  async wait(seconds: number): Promise<void> {
    const until = this.#now + seconds * second;
    while (this.#now < until) if (!(await this.#step())) this.#advance(until);
  }

  /** Nothing goes wrong any more, and everything that is under way comes to its end. */
  async calm(): Promise<void> {
    this.#rough = false;
    this.refusing = false;
    for (let steps = 0; ; steps++) {
      if (steps > 50_000) throw new Error("it does not come to an end");
      if (await this.#step()) continue;
      if (this.#queue.length === 0 && this.#workers === 0) return;
      this.#advance(Number.POSITIVE_INFINITY);
    }
  }

  /** One thing happens: a gate opens, or a batch is handed to a function. False: only time can help. */
  async #step(): Promise<boolean> {
    await this.#quiet();
    const open = this.#gates.filter((gate) => gate.worker.stalledUntil <= this.#now);
    const due = this.#queue.filter((message) => message.due <= this.#now);
    if (due.length > 0 && this.#workers < mostWorkers && (open.length === 0 || this.#random(2) === 0)) {
      this.#deliver(due);
      return true;
    }
    const gate = open[this.#random(open.length)];
    if (gate === undefined) return false;
    this.#now += 1 + this.#random(40);
    this.#gates = this.#gates.filter((other) => other !== gate);
    if (this.#rough && this.#chaos.crashes && this.#random(60) === 0) this.#kill(gate);
    else if (this.#rough && this.#random(40) === 0) {
      gate.worker.stalledUntil = this.#now + this.#random(600) * second;
      this.#gates.push(gate);
    } else gate.open();
    return true;
  }

  #advance(until: number): void {
    const stalls = this.#gates.map((gate) => gate.worker.stalledUntil);
    const dues = this.#workers < mostWorkers ? this.#queue.map((message) => message.due) : [];
    const next = Math.min(until, ...stalls, ...dues);
    if (!Number.isFinite(next)) throw new Error("nothing is left to wait for");
    this.#now = Math.max(this.#now + 1, next);
  }

  #deliver(due: readonly Message[]): void {
    const batch = due.filter(() => this.#random(3) > 0).slice(0, 10);
    if (batch.length === 0) return;
    this.#queue = this.#queue.filter((message) => !batch.includes(message));
    const again = (messages: readonly Message[]): void => {
      for (const message of messages) this.#queue.push({ ...message, due: this.#now + 60 * second });
    };
    const audits = batch.filter((message) => auditOf(message) !== undefined);
    for (const message of audits) {
      const scope = auditOf(message);
      if (scope === undefined) continue;
      this.#start(
        async (ports) => void (await handleAudit(scope, ports)),
        () => again([message]),
      );
    }
    const changes = batch.filter((message) => !audits.includes(message));
    this.#start(
      async (ports) => {
        const { failed } = await handleChanges(changes, ports);
        again(changes.filter((message) => failed.includes(message.id)));
      },
      () => again(changes),
    );
  }

  #start(work: (ports: WatchPorts) => Promise<void>, died: () => void = () => {}): void {
    const worker = this.#worker();
    // Each read sees the account as it was at some time within the lag.
    const lagging = (): Truth => this.#truthAt(this.#now - this.#random(longestLag));
    const ports: WatchPorts = {
      facts: this.#gated<FactsPort>(worker, truthPort(lagging)),
      ledger: this.#gated(worker, this.#ledger),
      later: this.#gated(worker, { look: async (look, delay) => this.#send(look, delay) }),
      nudge: this.#gated(worker, { nudge: async () => {} }),
      log: silentLog,
      judge: judgeTruth,
      stillAsked: () => true,
      now: () => this.#clock(),
      settings: { ...defaultTransitionSettings, flapsAfter: 1000 },
    };
    this.#run(() => work(ports), died);
  }

  #run(work: () => Promise<unknown>, died: () => void = () => {}): void {
    this.#workers++;
    work().then(
      () => this.#workers--,
      () => {
        this.#workers--;
        died();
      },
    );
  }

  #worker(): Worker {
    return { dead: false, stalledUntil: 0 };
  }

  #kill(gate: Gate): void {
    gate.worker.dead = true;
    for (const other of [gate, ...this.#gates]) {
      if (other.worker === gate.worker) other.shut(new Crash("died"));
    }
    this.#gates = this.#gates.filter((other) => other.worker !== gate.worker);
  }

  #gate(worker: Worker): Promise<void> {
    if (worker.dead) return Promise.reject(new Crash("is dead"));
    return new Promise((open, shut) => {
      this.#gates.push({ worker, open, shut });
    });
  }

  /** The same port with a gate on both sides of every call. */
  #gated<T extends object>(worker: Worker, port: T): T {
    const gate = (): Promise<void> => this.#gate(worker);
    const track = async <R>(call: () => Promise<R>): Promise<R> => {
      this.#inFlight++;
      try {
        return await call();
      } finally {
        this.#inFlight--;
      }
    };
    return new Proxy(port, {
      get: (target, key) => {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          await gate();
          const answer: unknown = await track(async () => Reflect.apply(method, target, args));
          await gate();
          return answer;
        };
      },
    });
  }

  /** Until every running function stands at a gate or has ended. */
  async #quiet(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#inFlight > 0);
  }

  #send(body: object, delaySeconds: number): void {
    this.#queue.push({ id: `m${this.#count++}`, body, due: this.#now + delaySeconds * second });
  }

  #receive(alert: Alert): void {
    const before = this.received.get(alert.id);
    // A flusher folds what waited together, so that a repetition may say more; never something else.
    if (before !== undefined && before.result.digest !== alert.result.digest) {
      this.contradictions.push(`${alert.id}: ${before.transition} and ${alert.transition}`);
    }
    this.received.set(alert.id, alert);
  }

  #clock(): string {
    return new Date(this.#now++).toISOString();
  }

  #truthAt(time: number): Truth {
    return this.#history.findLast((one) => one.at <= time)?.truth ?? calm;
  }

  #event(eventName: string, requestParameters: object): object {
    const service = eventName.endsWith("Tags") || eventName.endsWith("Instances") ? "ec2" : "iam";
    return {
      "detail-type": "AWS API Call via CloudTrail",
      source: `aws.${service}`,
      account,
      region: service === "ec2" ? region : "us-east-1",
      detail: {
        eventSource: `${service}.amazonaws.com`,
        eventName,
        eventID: `e${this.#count++}`,
        eventTime: new Date(this.#now).toISOString(),
        awsRegion: service === "ec2" ? region : "us-east-1",
        userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/u` },
        requestParameters,
      },
    };
  }
}
