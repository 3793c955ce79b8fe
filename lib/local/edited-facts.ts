import type { FactsPort } from "../gather/port.ts";
import type { DocumentSource, IamFacts, RegionFacts } from "../model/facts.ts";
import { found } from "../model/seen.ts";

/** Changes laid over an account: what a demonstration edits without touching anything. */
export interface Edits {
  /** Trust policies by role name. */
  readonly trust: Map<string, DocumentSource>;
  /** Tag keys taken off, by resource id. */
  readonly untagged: Map<string, string>;
}

/** An account as another port shows it, with edits laid over it as they are at the time of each read. */
export function editedFacts(port: FactsPort, edits: Edits): FactsPort {
  const iam = (facts: IamFacts): IamFacts => ({
    ...facts,
    roles: {
      ...facts.roles,
      items: facts.roles.items.map((role) => {
        const trust = edits.trust.get(role.name);
        return trust === undefined ? role : { ...role, trust: found(trust) };
      }),
    },
  });
  return {
    identity: () => port.identity(),
    account: async (progress) => iam(await port.account(progress)),
    role: async (name) => iam(await port.role(name)),
    user: (name) => port.user(name),
    profile: async (name) => iam(await port.profile(name)),
    rolesWithPolicy: (arn) => port.rolesWithPolicy(arn),
    region: async (name, progress): Promise<RegionFacts> => {
      const facts = await port.region(name, progress);
      const items = facts.instances.items.map((instance) => {
        const key = edits.untagged.get(instance.id);
        if (key === undefined) return instance;
        return { ...instance, tags: new Map([...instance.tags].filter(([other]) => other !== key)) };
      });
      return { ...facts, instances: { ...facts.instances, items } };
    },
  };
}
