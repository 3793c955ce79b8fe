import { expect, test } from "vitest";
import { defaultTransitionSettings } from "../../lib/ledger/settings.ts";
import { memoryLedger } from "../../lib/local/memory-ledger.ts";
import { silentLog } from "../../lib/log.ts";
import { evidenceDigest, findingId } from "../../lib/model/finding-id.ts";
import type { Result } from "../../lib/model/result.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { handleAudit } from "../../lib/watch/handle-audit.ts";
import { handleChanges } from "../../lib/watch/handle-changes.ts";
import type { WatchPorts } from "../../lib/watch/ports.ts";
import { randomFrom } from "./random.ts";
import { account, calm, instanceIds, judgeTruth, region, roleNames, type Truth, truthPort } from "./truth.ts";

const lives = Number(process.env["MAKER_LIVES"] ?? 60);

/** The truth's controls under the names of those whose makers are known, and the calls that make what they find. */
const known: Readonly<Record<string, readonly [control: string, makers: RegExp]>> = {
  "role-trust": ["trust-excess", /UpdateAssumeRolePolicy$/u],
  "role-permissions": ["permissions-missing", /(?:At|De)tachRolePolicy$/u],
  "node-tagged": ["cluster-node-tagged", /Tags$/u],
};
const makersOf = new Map(Object.values(known));

function renamed(result: Result): Result {
  const control = known[result.control]?.[0] ?? result.control;
  const id = findingId(account, "p", control, result.resource.arn);
  return { ...result, control, id, digest: evidenceDigest([control, result.actual]) };
}

interface Call {
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly about: string;
  /** When its event came first. */
  readonly came: number;
}

/** Five people at work on three roles and two nodes; events come late, twice and out of order, audits in between. */
class Office {
  now = Date.UTC(2026, 10, 2, 9);
  truth: Truth = calm;
  readonly calls: Call[] = [];
  readonly told: Alert[] = [];
  readonly random: (below: number) => number;
  readonly #ledger = memoryLedger();
  #queue: { readonly id: string; readonly body: object; readonly due: number }[] = [];
  readonly #ports: WatchPorts;

  constructor(seed: number) {
    this.random = randomFrom(seed);
    this.#ports = {
      facts: truthPort(() => this.truth),
      ledger: this.#ledger,
      later: { look: async (body, delay) => this.#send(body, this.now + delay * 1000) },
      nudge: { nudge: async () => {} },
      log: silentLog,
      judge: (facts, options) => judgeTruth(facts, options).map(renamed),
      stillAsked: () => true,
      now: () => new Date(this.now++).toISOString(),
      settings: defaultTransitionSettings,
    };
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.random(list.length)] ?? list[0];
  }

  async audit(): Promise<void> {
    await handleAudit({ kind: "account", account }, this.#ports);
    await handleAudit({ kind: "region", account, region }, this.#ports);
    await this.#tell();
  }

  call(service: "iam" | "ec2", eventName: string, about: string): void {
    const who = `u${this.random(5)}`;
    const at = this.now;
    const came = at + (this.random(6) === 0 ? 400 + this.random(7200) : 31 + this.random(25)) * 1000;
    this.calls.push({ at, who, action: `${service}:${eventName}`, about, came });
    const where = service === "ec2" ? region : "us-east-1";
    const event = {
      "detail-type": "AWS API Call via CloudTrail",
      account,
      region: where,
      detail: {
        eventSource: `${service}.amazonaws.com`,
        eventName,
        eventID: `e${this.calls.length}`,
        eventTime: new Date(at).toISOString().replace(/\.\d+Z$/u, "Z"),
        awsRegion: where,
        userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${account}:user/${who}` },
        requestParameters: {
          roleName: about,
          instanceId: about,
          resourcesSet: { items: [{ resourceId: about }] },
        },
      },
    };
    const copies = this.random(6) === 0 ? 3 : 1;
    for (let copy = 0; copy < copies; copy++) this.#send(event, came + copy * this.random(90_000));
  }

  async wait(seconds: number): Promise<void> {
    const until = this.now + seconds * 1000;
    for (;;) {
      const due = this.#queue.filter((message) => message.due <= until).toSorted((a, b) => a.due - b.due);
      const [first] = due;
      if (first === undefined) break;
      this.now = Math.max(this.now, first.due);
      const batch = due.filter((message) => message.due <= this.now + 1000).slice(0, 10);
      this.#queue = this.#queue.filter((message) => !batch.includes(message));
      expect((await handleChanges(batch, this.#ports)).failed).toEqual([]);
      await this.#tell();
    }
    this.now = Math.max(this.now, until);
  }

  #send(body: object, due: number): void {
    this.#queue.push({ id: `m${this.now}-${this.#queue.length}`, body, due });
  }

  async #tell(): Promise<void> {
    const pending = await this.#ledger.pending(1000);
    this.told.push(...pending.map(({ alert }) => alert));
    await this.#ledger.clear(pending.map(({ id }) => id));
  }
}

async function live(seed: number): Promise<Office> {
  const office = new Office(seed);
  await office.audit();
  await office.wait(600);
  for (let step = 0; step < 25; step++) {
    const role = office.pick(roleNames);
    const node = office.pick(instanceIds);
    const { truth } = office;
    const put = (more: Partial<Truth["roles"]["alpha"]>): void => {
      office.truth = { ...truth, roles: { ...truth.roles, [role]: { ...truth.roles[role], ...more } } };
    };
    const yes = office.random(2) === 0;
    switch (office.random(8)) {
      case 0:
      case 1:
        put({ trust: office.pick(["ok", "x1", "x2"]) });
        office.call("iam", "UpdateAssumeRolePolicy", role);
        break;
      case 2:
        put({ shares: yes });
        office.call("iam", yes ? "AttachRolePolicy" : "DetachRolePolicy", role);
        break;
      case 3:
        office.truth = {
          ...truth,
          instances: { ...truth.instances, [node]: { ...truth.instances[node], tagged: yes } },
        };
        office.call("ec2", yes ? "CreateTags" : "DeleteTags", node);
        break;
      case 4:
        office.call("iam", office.pick(["TagRole", "UpdateRole", "UpdateRoleDescription"]), role);
        break;
      case 5:
        office.call("ec2", "AttachNetworkInterface", node);
        break;
      case 6:
        for (let more = 0; more < 30; more++) office.call("iam", "TagRole", role);
        break;
      default:
        await office.audit();
    }
    await office.wait(office.random(2) === 0 ? office.random(400) : 1 + office.random(20));
  }
  await office.wait(4 * 3600);
  return office;
}

test("whoever is named made such a call on that thing, and a maker whose event came in time is named", async () => {
  const wrong: string[] = [];
  let named = 0;
  for (let seed = 1; seed <= lives; seed++) {
    const { calls, told } = await live(seed);
    for (const { id, transition, result, causes, flips, ...alert } of told) {
      const kind = makersOf.get(result.control);
      if (kind === undefined || !["opened", "changed", "resolved", "flapping"].includes(transition)) continue;
      const about = result.resource.arn.split("/").at(-1) ?? "";
      const says = `life ${seed}: ${id} ${transition} ${result.control} ${about}`;
      const made = calls.filter((call) => call.about === about && kind.test(call.action));
      const who = causes.map(({ actor }) => actor.who.split("/").at(-1) ?? "");
      named += who.length;
      for (const one of who)
        if (!made.some((call) => call.who === one && call.at <= Date.parse(alert.at) + 1000))
          wrong.push(`${says} names ${one}`);
      const last = made.findLast((call) => call.at <= Date.parse(alert.at));
      const inTime = last !== undefined && last.came <= Date.parse(alert.at) - 60_000;
      // What comes to rest was told with its makers as it went.
      if (who.length === 0 && inTime && flips === undefined && !told.some(({ explains }) => explains === id))
        wrong.push(`${says} names nobody, and it was ${last.who}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(named).toBeGreaterThan(lives * 3);
}, 120_000);
