import fc from "fast-check";
import type { Finding } from "../../lib/ledger/model.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import type { Facts } from "../../lib/model/facts.ts";
import type { Alert } from "../../lib/notify/alert.ts";
import { gatherScope } from "../../lib/watch/gather.ts";
import { type Chaos, Simulation } from "./simulation.ts";
import {
  account,
  type InstanceId,
  instanceIds,
  judgeTruth,
  type Permissions,
  policyArn,
  type RoleName,
  region,
  roleNames,
  type Trust,
  truthPort,
} from "./truth.ts";

/** What people, AWS and time do to an account and its deployment. */
export type Command =
  | { readonly do: "trust"; readonly role: RoleName; readonly trust: Trust }
  | { readonly do: "attach"; readonly role: RoleName; readonly shares: boolean }
  | { readonly do: "policy"; readonly policy: Permissions }
  | { readonly do: "exist"; readonly role: RoleName; readonly there: boolean }
  | { readonly do: "tag"; readonly instance: InstanceId; readonly tagged: boolean }
  | { readonly do: "launch"; readonly instance: InstanceId; readonly there: boolean }
  | { readonly do: "deny"; readonly role: RoleName; readonly denied: boolean }
  | { readonly do: "audit"; readonly what: "account" | "region" }
  | { readonly do: "flush" }
  | { readonly do: "refuse"; readonly refusing: boolean }
  | { readonly do: "wait"; readonly seconds: number };

const role = fc.constantFrom(...roleNames);
const instance = fc.constantFrom(...instanceIds);
const one = <T extends string>(name: T): fc.Arbitrary<T> => fc.constant(name);

const edits: fc.Arbitrary<Command>[] = [
  fc.record({ do: one("trust"), role, trust: fc.constantFrom<Trust>("ok", "x1", "x2", "u1") }),
  fc.record({ do: one("attach"), role, shares: fc.boolean() }),
  fc.record({ do: one("policy"), policy: fc.constantFrom<Permissions>("ok", "m1", "m2") }),
  fc.record({ do: one("exist"), role, there: fc.boolean() }),
  fc.record({ do: one("tag"), instance, tagged: fc.boolean() }),
  fc.record({ do: one("launch"), instance, there: fc.boolean() }),
];
const others: fc.Arbitrary<Command>[] = [
  fc.record({ do: one("audit"), what: fc.constantFrom<"account" | "region">("account", "region") }),
  fc.record({ do: one("flush") }),
  fc.record({ do: one("refuse"), refusing: fc.boolean() }),
  fc.record({ do: one("wait"), seconds: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: one("wait"), seconds: fc.integer({ min: 60, max: 700 }) }),
];
const denials: fc.Arbitrary<Command> = fc.record({ do: one("deny"), role, denied: fc.boolean() });

export const commandsFor = (chaos: Chaos): fc.Arbitrary<readonly Command[]> =>
  fc.array(fc.oneof(...edits, ...others, ...(chaos.loses ? [denials] : [])), { minLength: 5, maxLength: 40 });

/** Strangers let in, and each time an audit that sees it before its event comes. */
export const overtaken: fc.Arbitrary<readonly Command[]> = fc
  .array(
    fc.record({
      role,
      trust: fc.constantFrom<Trust>("ok", "x1", "x2"),
      rest: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 2, maxLength: 10 },
  )
  .map((times) =>
    times.flatMap(({ role: name, trust, rest }): readonly Command[] => [
      { do: "wait", seconds: 130 },
      { do: "trust", role: name, trust },
      { do: "audit", what: "account" },
      { do: "wait", seconds: 20 },
      { do: "flush" },
      { do: "wait", seconds: rest },
      { do: "flush" },
    ]),
  );

/** Runs the commands to their end; what is wrong then, as sentences. None: all is well. */
export async function play(
  commands: readonly Command[],
  seed: number,
  chaos: Chaos,
  ledger: LedgerPort,
  received: (alerts: Iterable<Alert>) => void = () => {},
): Promise<readonly string[]> {
  const world = new Simulation(ledger, seed, chaos);
  // What was watched before the first change: a deployment begins with an audit.
  world.audit({ kind: "account", account });
  world.audit({ kind: "region", account, region });
  await world.wait(5);
  for (const command of commands) {
    apply(command, world);
    await world.wait(command.do === "wait" ? command.seconds : 1);
  }
  await world.calm();
  if (chaos.loses) {
    // The schedule heals what was lost.
    for (const name of roleNames) apply({ do: "deny", role: name, denied: false }, world);
    await world.wait(400);
    world.audit({ kind: "account", account });
    world.audit({ kind: "region", account, region });
    await world.calm();
  }
  // A flusher that died keeps its lease for a minute.
  await world.wait(61);
  world.flush();
  await world.calm();
  received(world.received.values());
  return verdict(world, ledger);
}

function apply(command: Command, world: Simulation): void {
  const { truth } = world;
  switch (command.do) {
    case "trust":
    case "attach":
    case "exist":
    case "deny":
      applyToRole(command, world);
      break;
    case "policy":
      world.change({ ...truth, policy: command.policy }, [["CreatePolicyVersion", { policyArn }]]);
      break;
    case "tag":
    case "launch": {
      const { instance: id } = command;
      const before = truth.instances[id];
      const after =
        command.do === "tag" ? { ...before, tagged: command.tagged } : { ...before, there: command.there };
      const ids = { items: [{ resourceId: id, instanceId: id }] };
      const event = command.do === "tag" ? "CreateTags" : "TerminateInstances";
      world.change({ ...truth, instances: { ...truth.instances, [id]: after } }, [
        [event, { resourcesSet: ids, instancesSet: ids }],
      ]);
      break;
    }
    case "audit":
      world.audit(
        command.what === "account" ? { kind: "account", account } : { kind: "region", account, region },
      );
      break;
    case "flush":
      world.flush();
      break;
    case "refuse":
      world.refusing = command.refusing;
      break;
    case "wait":
      break;
    default:
      command satisfies never;
  }
}

function applyToRole(
  command: Extract<Command, { do: "trust" | "attach" | "exist" | "deny" }>,
  world: Simulation,
): void {
  const { role: name } = command;
  const before = world.truth.roles[name];
  const put = (more: Partial<typeof before>, events: readonly string[]): void =>
    world.change(
      { ...world.truth, roles: { ...world.truth.roles, [name]: { ...before, ...more } } },
      events.map((event) => [event, { roleName: name, policyArn }]),
    );
  switch (command.do) {
    case "deny":
      put({ denied: command.denied }, []);
      break;
    case "exist":
      put({ there: command.there }, [command.there ? "CreateRole" : "DeleteRole"]);
      break;
    case "trust":
      if (before.there) put({ trust: command.trust }, ["UpdateAssumeRolePolicy"]);
      break;
    case "attach":
      if (before.there)
        put({ shares: command.shares }, [command.shares ? "AttachRolePolicy" : "DetachRolePolicy"]);
      break;
    default:
      command satisfies never;
  }
}

async function verdict(world: Simulation, ledger: LedgerPort): Promise<readonly string[]> {
  const wrong: string[] = [...world.contradictions];
  const open = await ledger.openFindings(account);
  const fresh = await freshAudit(world);

  for (const [id, digest] of fresh) {
    const finding = open.find((one) => one.id === id);
    if (finding?.state !== "open") wrong.push(`${id} (${digest.what}) is bad and not open`);
    else if (finding.digest !== digest.digest)
      wrong.push(`${id} (${digest.what}) is open with other content`);
  }
  for (const finding of open) {
    const name = `${finding.id} (${finding.result.control} ${finding.result.resource.arn})`;
    if (finding.state === "waiting" || finding.unsettled !== undefined) wrong.push(`${name} is left waiting`);
    if (!fresh.has(finding.id)) wrong.push(`${name} is open and not bad`);
  }

  if ((await ledger.pending(10_000)).length > 0) wrong.push("something is still pending");
  wrong.push(...belief(world, open));
  return wrong;
}

/** What an audit of the account as it really is would find. */
async function freshAudit(world: Simulation): Promise<ReadonlyMap<string, { digest: string; what: string }>> {
  const port = truthPort(() => world.truth);
  const bad = new Map<string, { digest: string; what: string }>();
  for (const scope of [{ kind: "account", account } as const, { kind: "region", account, region } as const]) {
    const facts: Facts = await gatherScope(scope, "2026-11-02T09:00:00.000Z", port);
    for (const result of judgeTruth(facts, { scope })) {
      if (result.verdict === "failed" || result.verdict === "undecided") {
        bad.set(result.id, { digest: result.digest, what: `${result.control} ${result.resource.arn}` });
      }
    }
  }
  return bad;
}

/** A subscriber who read everything knows exactly what is open, and missed no telling. */
function belief(world: Simulation, open: readonly Finding[]): readonly string[] {
  const wrong: string[] = [];
  const last = new Map<string, { sequence: number; open: boolean; digest: string }>();
  const sequences = new Map<string, Set<number>>();
  for (const alert of world.received.values()) {
    sequences.set(alert.finding, (sequences.get(alert.finding) ?? new Set()).add(alert.sequence));
    if ((last.get(alert.finding)?.sequence ?? 0) > alert.sequence) continue;
    const ended = alert.transition === "resolved" || alert.transition === "no-longer-watched";
    last.set(alert.finding, { sequence: alert.sequence, open: !ended, digest: alert.result.digest });
  }
  const explained = new Set<string>();
  for (const { id, explains, transition, result } of world.received.values()) {
    if (explains === undefined) continue;
    const first = world.received.get(explains);
    if (explained.has(explains)) wrong.push(`${explains} was explained twice`);
    if (first?.result.digest !== result.digest || transition !== "changed")
      wrong.push(`${id} explains what was not told`);
    explained.add(explains);
  }
  for (const finding of open) {
    const told = last.get(finding.id);
    if (told?.open !== true) wrong.push(`${finding.id} is open and its subscriber does not know`);
    else if (told.digest !== finding.digest) wrong.push(`${finding.id} was told with other content`);
    if (told !== undefined && told.sequence !== finding.sequence)
      wrong.push(`${finding.id}: a telling was lost`);
  }
  const ids = new Set(open.map((finding) => finding.id));
  for (const [id, told] of last) {
    if (told.open && !ids.has(id)) wrong.push(`${id} is closed and its subscriber does not know`);
  }
  return wrong;
}
