/** Which tags a platform puts on what. All of them run cloud-provider-aws, whose rules hold for each. */
export interface Conventions {
  /** Cluster API made the resources: they carry its own keys, and of its groups only `lb` carries the provider's. */
  readonly capa: boolean;
  /** The documents ask for the tag on the cluster's subnets and groups although the provider does without. */
  readonly allTagged: boolean;
  /** The documents advise against several clusters' tags on one resource, `shared` or not. */
  readonly oneKeyEach: boolean;
}

const providerOnly: Conventions = { capa: false, allTagged: false, oneKeyEach: false };
const capa: Conventions = { ...providerOnly, capa: true };

const byPlatform = new Map<string, Conventions>([
  ["rancher", { ...providerOnly, allTagged: true, oneKeyEach: true }],
  ["capa", capa],
  ["cluster-api", capa],
  ["kommander", capa],
  ["konvoy", capa],
  ["dkp", capa],
]);

/** A platform's conventions; cloud-provider-aws's alone for one that is not known. */
export const conventionsOf = (platform: string): Conventions => byPlatform.get(platform) ?? providerOnly;
