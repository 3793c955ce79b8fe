import { withoutSecrets } from "../model/redact.ts";
import { field, text } from "./field.ts";
import type { Actor } from "./model.ts";

const kinds: Readonly<Record<string, Actor["kind"]>> = {
  IAMUser: "user",
  IdentityCenterUser: "user",
  SAMLUser: "user",
  WebIdentityUser: "user",
  AssumedRole: "role",
  FederatedUser: "role",
  Role: "role",
  Root: "root",
  AWSService: "service",
  AWSAccount: "account",
};

export const unknownActor: Actor = { kind: "unknown", who: "unknown" };

/**
 * Who made the recorded call. `userIdentity` may lack its type, may name AWS itself, and shows root for
 * what Auto Scaling does: what it says is passed on with `invokedBy` beside it, and nothing is guessed.
 */
export function readActor(record: unknown): Actor {
  const identity = field(record, "userIdentity");
  const invokedBy = text(field(identity, "invokedBy"));
  const via = invokedBy ?? text(field(identity, "inScopeOf", "credentialsIssuedTo"));
  const { kind, who } = whoIs(identity, invokedBy);
  const stands =
    text(field(identity, "sessionContext", "sourceIdentity")) ??
    text(field(identity, "onBehalfOf", "userId"));
  const as = stands === who ? undefined : stands;
  const from = text(field(record, "sourceIPAddress"));
  const agent = text(field(record, "userAgent"));
  // Kept for months, and told: a token that a client put into a name goes nowhere.
  return {
    kind,
    who: withoutSecrets(who),
    ...(as === undefined ? {} : { as: withoutSecrets(as) }),
    ...(via === undefined ? {} : { via: withoutSecrets(via) }),
    ...(from === undefined ? {} : { from: withoutSecrets(from) }),
    ...(agent === undefined ? {} : { with: withoutSecrets(agent) }),
  };
}

function whoIs(identity: unknown, via: string | undefined): Pick<Actor, "kind" | "who"> {
  const type = text(field(identity, "type")) ?? "";
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const named =
    text(field(identity, "arn")) ??
    text(field(identity, "sessionContext", "sessionIssuer", "arn")) ??
    text(field(identity, "userName")) ??
    text(field(identity, "onBehalfOf", "userId"));
  if (named !== undefined) return { kind: kind ?? kindOfArn(named), who: named };
  // Of a caller from another account the account says more than an id that only that account knows.
  const caller = text(field(identity, "accountId"));
  if (type === "AWSAccount" && caller !== undefined) return { kind: "account", who: caller };
  if (via !== undefined) return { kind: "service", who: via };
  const principal = text(field(identity, "principalId"));
  if (principal !== undefined) return { kind: kind ?? "unknown", who: principal };
  const account = text(field(identity, "accountId"));
  return account === undefined ? unknownActor : { kind: "account", who: account };
}

function kindOfArn(arn: string): Actor["kind"] {
  const resource = arn.split(":").slice(5).join(":");
  if (resource === "root") return "root";
  if (resource.startsWith("user/")) return "user";
  if (/^(assumed-role|role|federated-user)\//u.test(resource)) return "role";
  return "unknown";
}
