import type { Catalogue } from "../config/catalogue.ts";
import type { RoleFacts } from "../model/facts.ts";
import { documentedActions } from "./documented-actions.ts";
import type { Guess } from "./guess.ts";
import { isOtherProduct } from "./other-products.ts";
import { coverage, likeness, type RoleSignals } from "./role-signals.ts";

/** Kommander's minimal policy, or its name with a trust or a policy like it. Cluster API's own roles are kin, and not meant. */
export function guessKommander(
  signals: RoleSignals,
  allManagers: Managers,
  catalogue: Catalogue,
  account: string,
): Guess | undefined {
  const { role, actions, services, accounts, externalIds } = signals;
  if (isOtherProduct(role.name)) return undefined;
  const cluster = documentedActions(catalogue, "kommander", "cluster");
  const whole = documentedActions(catalogue, "kommander", "cluster", "eks");
  const dkpNamed = /(^|[^a-z])dkp[^a-z]?.*bootstrap/i.test(role.name);
  const named = dkpNamed || /(^|[^a-z])(kommander|konvoy)([^a-z]|$)/i.test(role.name);
  const tagged = signals.tags.some((tag) => /kommander|konvoy|d2iq/i.test(tag));
  const shape = coverage(actions, cluster);
  const alike = Math.max(likeness(actions, cluster), likeness(actions, whole));
  const trust = services.has("ec2") && accounts.size > 0;
  if (!(alike >= 0.9 || ((named || tagged) && (shape >= 0.3 || trust)))) return undefined;
  const dkp = dkpNamed || (!named && !tagged && likeness(actions, cluster) > likeness(actions, whole));
  const managers = [...(allManagers.get(role.arn) ?? [])]
    .filter((other) => other !== role)
    .map(({ name }) => name);
  const because: string[] = [];
  if (named) because.push("its name says so");
  if (tagged) because.push("it is tagged for it");
  if (shape >= 0.3) {
    because.push(
      `it allows ${Math.round(coverage(actions, dkp ? cluster : whole) * 100)} % of the actions of ${dkp ? "DKP's bootstrapper policy" : "Kommander's minimal policy"}`,
    );
  }
  if (trust) because.push("EC2 and an account assume it");
  const [manager] = managers;
  if (manager !== undefined) because.push(`${manager} may assume it`);
  const foreign = [...accounts].filter((each) => each !== account);
  return {
    platform: "kommander",
    role: role.name,
    what: dkp ? "the bootstrapper of DKP" : "the infrastructure provider of Kommander",
    keys: {
      ...(dkp ? { dkp: true } : {}),
      ...(externalIds.length > 0 ? { externalId: "${env:KOMMANDER_EXTERNAL_ID}" } : {}),
      ...(managers.length === 1 && manager !== undefined && !dkp ? { managementRole: manager } : {}),
    },
    because,
    notes: [
      ...(externalIds.length > 0
        ? ["KOMMANDER_EXTERNAL_ID is the External ID as it is set in Kommander."]
        : []),
      ...foreign.map(
        (each) =>
          `The trust policy lets in account ${each}. If your management cluster runs there, add \`trustedAccount: "${each}"\`.`,
      ),
      ...(managers.length > 1
        ? [`${few(managers)} may assume it: name the management cluster's own as \`managementRole\`.`]
        : []),
    ],
  };
}

/** Of each ARN that roles' own policies give sts:AssumeRole on, as the document asks of the management cluster's: which do. */
export function managersOf(all: readonly RoleSignals[]): Managers {
  const managers = new Map<string, Set<RoleFacts>>();
  for (const { role, statements } of all)
    for (const { effect, actions, resources } of statements) {
      if (effect !== "Allow" || actions.not || resources?.not !== false) continue;
      if (!actions.patterns.some((pattern) => pattern.toLowerCase() === "sts:assumerole")) continue;
      for (const arn of resources.patterns) managers.set(arn, (managers.get(arn) ?? new Set()).add(role));
    }
  return managers;
}

type Managers = ReadonlyMap<string, ReadonlySet<RoleFacts>>;

const few = (names: readonly string[], most = 5): string =>
  [...names.slice(0, most), ...(names.length > most ? [`${names.length - most} more`] : [])].join(" and ");
