const listKeys = new Set([
  "aws:tagkeys",
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:vpceorgpaths",
  "aws:principalservicenameslist",
  "dynamodb:attributes",
  "dynamodb:leadingkeys",
  "route53:changeresourcerecordsetsactions",
  "route53:changeresourcerecordsetsnormalizedrecordnames",
  "route53:changeresourcerecordsetsrecordtypes",
  "s3:requestobjecttagkeys",
  "sagemaker:vpcsecuritygroupids",
  "sagemaker:vpcsubnets",
  "lambda:securitygroupids",
  "lambda:subnetids",
]);

/**
 * Whether AWS documents the key, in lower case, as multivalued. Keys that a set operator is used on are
 * taken for multivalued anyway; this list is for those which a policy uses without one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const severalValuesPossible = (key: string): boolean => listKeys.has(key);

/** Whether AWS documents the key, in lower case, as single-valued: a tag, or a global key that is no list. */
export const isSingleValued = (key: string): boolean =>
  key.includes("tag/") || (key.startsWith("aws:") && !listKeys.has(key));
