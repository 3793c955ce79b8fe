import { fillTemplate } from "../controls/fill-template.ts";
import type { DocumentSource } from "../model/facts.ts";
import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { exceeds, parseWritten, readWritten, uncovered, type Written } from "./edit-document.ts";
import { covers, type Held, hasDeny, heldBy, isAwsOwned, rank, requiredOf } from "./held.ts";
import { type Mending, templateValues } from "./mending.ts";
import { attachPolicy, freeName, newVersion, putInline, withoutDeny } from "./policy-steps.ts";

/** Gives the role what it lacks, where it used to have it as far as that can be told. */
export function addMissing(mending: Mending): readonly RemediationStep[] {
  const held = heldBy(mending);
  const documents = held.flatMap(({ written }) => {
    const policy = written === undefined ? undefined : parseWritten(written);
    return policy === undefined ? [] : [policy];
  });
  const attach = pinnedNotAttached(mending);
  const given = attach.map(({ policy }) => policy);
  const lacking = uncovered(requiredOf(mending), [...documents, ...given]);
  const required = requiredOf(mending).flatMap((written) => parseWritten(written) ?? []);
  const denied = held.some(hasDeny) && exceeds(required, [...documents, ...given, ...required]) !== "none";
  const detached = lacking.length > 0 && !denied ? detachedPolicy(mending, lacking) : undefined;
  if (detached !== undefined)
    return [...attach.map(({ arn }) => attachPolicy(mending, arn)), attachPolicy(mending, detached)];
  return [
    ...attach.map(({ arn }) => attachPolicy(mending, arn)),
    ...(lacking.length > 0 && !(denied && lacking.every((s) => covers(documents, s)))
      ? give(mending, held, lacking)
      : []),
    ...(denied ? held.flatMap((each) => withoutDeny(mending, each, required)) : []),
  ];
}

/** How many policies of the account are looked into for one that was detached. */
const maxCandidates = 50;

/** A policy of the account's own that gives just what is lacking: most likely it used to be attached. */
function detachedPolicy(mending: Mending, lacking: Written["statements"]): string | undefined {
  const attached =
    mending.role.attached.at === "found" ? mending.role.attached.value.map(({ arn }) => arn) : [];
  const wanted = lacking.flatMap(actionsOf).slice(0, 3);
  const required = requiredOf(mending).flatMap((written) => parseWritten(written) ?? []);
  const mentions = (document: DocumentSource): boolean => {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    return wanted.every((action) => text.includes(action) || text.includes(encodeURIComponent(action)));
  };
  return mending.iam.policies.items
    .filter(({ arn, document }) => !isAwsOwned(arn) && !attached.includes(arn) && mentions(document))
    .slice(0, maxCandidates)
    .find(({ document }) => {
      const written = readWritten(document);
      const policy = written === undefined ? undefined : parseWritten(written);
      if (policy === undefined || exceeds([policy], required) !== "none") return false;
      return uncovered([{ version: "2012-10-17", statements: lacking }], [policy]).length === 0;
    })?.arn;
}

/** Puts statements where the role's own grants stand. */
function give(
  mending: Mending,
  held: readonly Held[],
  lacking: Written["statements"],
): readonly RemediationStep[] {
  const home = [...held]
    .filter((each) => each.written !== undefined && rank(each, mending) < 2)
    .sort((a, b) => likeness(b, lacking) - likeness(a, lacking) || rank(a, mending) - rank(b, mending))[0];
  if (home?.written === undefined) {
    return [
      putInline(mending, freeName(mending, `${mending.role.name}-policy`), {
        version: "2012-10-17",
        statements: lacking,
      }),
    ];
  }
  const wanted = { version: "2012-10-17", statements: [...home.written.statements, ...lacking] };
  return home.arn === undefined
    ? [putInline(mending, home.name, wanted)]
    : [newVersion(mending, home.arn, wanted)];
}

/** How many of the actions that are lacking stand in a document by the same service. */
function likeness({ written }: Held, lacking: Written["statements"]): number {
  const services = new Set(lacking.flatMap(actionsOf).map(serviceOf));
  return (written?.statements ?? []).flatMap(actionsOf).filter((action) => services.has(serviceOf(action)))
    .length;
}

const actionsOf = ({ Action }: Written["statements"][number]): readonly string[] =>
  (Array.isArray(Action) ? Action : [Action]).filter((action) => typeof action === "string");

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();

function pinnedNotAttached({ identity, role, watched }: Mending): readonly { arn: string; policy: Policy }[] {
  const attached = role.attached.at === "found" ? role.attached.value.map(({ arn }) => arn) : [];
  const required = new Set(watched.permissions?.required ?? []);
  const values = templateValues(identity, watched);
  return (watched.permissions?.pinned ?? []).flatMap(({ arn, document }) => {
    const own = arn.replaceAll("{{partition}}", identity.partition);
    const isRequired = [...required].some((each) => JSON.stringify(each) === JSON.stringify(document));
    const written = readWritten(fillTemplate(document, values));
    const policy = written === undefined ? undefined : parseWritten(written);
    return !isRequired || attached.includes(own) || policy === undefined ? [] : [{ arn: own, policy }];
  });
}
