/** Keys by service, in lower case. */
function keysOf(services: Readonly<Record<string, string>>): ReadonlySet<string> {
  const keys = Object.entries(services).map(([service, names]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );
  return new Set(keys.flat());
}

/** Keys that AWS documents as multivalued ("ArrayOf…" in the Service Authorization Reference). */
const listKeys = keysOf({
  aws: "tagkeys calledvia principalorgpaths resourceorgpaths sourceorgpaths vpceorgpaths principalservicenameslist",
  "aws-marketplace": "agreementtype productid",
  cloudformation: "resourcetypes",
  dynamodb: "attributes leadingkeys firstpartitionkeyvalues",
  events: "source detail-type eventbusarn targetarn",
  kms: "encryptioncontextkeys grantoperations resourcealiases",
  lambda: "layer securitygroupids subnetids",
  route53:
    "changeresourcerecordsetsactions changeresourcerecordsetsnormalizedrecordnames changeresourcerecordsetsrecordtypes",
  s3: "requestobjecttagkeys inventoryaccessibleoptionalfields",
  sagemaker: "instancetypes vpcsecuritygroupids vpcsubnets",
  sts: "identitytokenaudience requestcontextproviders transitivetagkeys",
});

/** Keys of which a request has one by its nature: who asks, from where, when, and how the session was made. */
const loneKeys = keysOf({
  aws: "principalarn principalaccount principalorgid principalisawsservice principaltype userid username sourceidentity federatedprovider tokenissuetime multifactorauthage multifactorauthpresent sourceip sourcevpc sourcevpce resourceaccount resourceorgid sourcearn sourceaccount sourceorgid calledviafirst calledvialast viaawsservice currenttime epochtime referer requestedregion securetransport useragent",
  sts: "externalid rolesessionname sourceidentity",
});

/** Well-known keys of services that AWS documents as single-valued. */
const singleKeys = keysOf({
  "codestar-connections": "passedtoservice provideraction",
  ec2: "createaction vpc vpcid region instancetype",
  iam: "passedtoservice awsservicename policyarn permissionsboundary associatedresourcearn",
  kms: "viaservice calleraccount grantisforawsresource grantconstrainttype",
  organizations: "serviceprincipal policytype",
  ram: "requestedresourcetype resourcesharename resourcearn permissionarn principal",
  s3: "prefix max-keys x-amz-acl x-amz-server-side-encryption",
});

/**
 * Whether a request may hold several values of a key, given in lower case: keys that a policy uses a set
 * operator on are taken for such too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const severalValuesPossible = (key: string, usedAsSet: boolean): boolean =>
  usedAsSet || listKeys.has(key);

/** Whether a request has one value of the key by its nature: what only a list of them would show is in doubt. */
export const hasOneValue = (key: string): boolean => loneKeys.has(key);

/** Whether AWS documents the key, in lower case, as single-valued: a tag, or one of those that are well known. */
export const isSingleValued = (key: string): boolean =>
  key.includes("tag/") ||
  loneKeys.has(key) ||
  singleKeys.has(key) ||
  key.startsWith("kms:encryptioncontext:");
