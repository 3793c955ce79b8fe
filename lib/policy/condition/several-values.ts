const names = (service: string, list: string): readonly string[] =>
  list.split(" ").map((name) => `${service}:${name}`);

/** Keys that AWS documents as multivalued ("ArrayOf…" in the Service Authorization Reference). */
const listKeys = new Set([
  ...names(
    "aws",
    "tagkeys calledvia principalorgpaths resourceorgpaths sourceorgpaths vpceorgpaths principalservicenameslist",
  ),
  ...names("aws-marketplace", "agreementtype productid"),
  ...names("cloudformation", "resourcetypes"),
  ...names("dynamodb", "attributes leadingkeys firstpartitionkeyvalues"),
  ...names("events", "source detail-type eventbusarn targetarn"),
  ...names("kms", "encryptioncontextkeys grantoperations resourcealiases"),
  ...names("lambda", "layer securitygroupids subnetids"),
  ...names(
    "route53",
    "changeresourcerecordsetsactions changeresourcerecordsetsnormalizedrecordnames changeresourcerecordsetsrecordtypes",
  ),
  ...names("s3", "requestobjecttagkeys inventoryaccessibleoptionalfields"),
  ...names("sagemaker", "instancetypes vpcsecuritygroupids vpcsubnets"),
  ...names("sts", "identitytokenaudience requestcontextproviders transitivetagkeys"),
]);

/** Keys of which a request has one by its nature: who asks, from where, when, and how the session was made. */
const loneKeys = new Set([
  ...names(
    "aws",
    "principalarn principalaccount principalorgid principalisawsservice principaltype userid username sourceidentity federatedprovider tokenissuetime multifactorauthage multifactorauthpresent sourceip sourcevpc sourcevpce resourceaccount resourceorgid sourcearn sourceaccount sourceorgid calledviafirst calledvialast viaawsservice currenttime epochtime referer requestedregion securetransport useragent",
  ),
  ...names("sts", "externalid rolesessionname sourceidentity"),
]);

/** Well-known keys of services that AWS documents as single-valued. */
const singleKeys = new Set([
  ...names("codestar-connections", "passedtoservice provideraction"),
  ...names("ec2", "createaction vpc vpcid region instancetype"),
  ...names("iam", "passedtoservice awsservicename policyarn permissionsboundary associatedresourcearn"),
  ...names("kms", "viaservice calleraccount grantisforawsresource grantconstrainttype"),
  ...names("organizations", "serviceprincipal policytype"),
  ...names("ram", "requestedresourcetype resourcesharename resourcearn permissionarn principal"),
  ...names("s3", "prefix max-keys x-amz-acl x-amz-server-side-encryption"),
]);

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
