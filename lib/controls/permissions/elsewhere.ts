import type { Policy } from "../../policy/model.ts";
import type { RoleContext } from "../control.ts";
import type { PermissionsCompared } from "./analyse-permissions.ts";
import { policySet } from "./role-policies.ts";

const anywhere = /^arn:\*:/;

/** What a policy says of one partition: a role cannot reach the resources of another. */
const inPartition =
  (partition: string) =>
  (policy: Policy): Policy => ({
    ...policy,
    statements: policy.statements.map((statement) =>
      statement.resources === undefined
        ? statement
        : {
            ...statement,
            resources: {
              ...statement.resources,
              patterns: statement.resources.patterns.map((each) =>
                each.replace(anywhere, `arn:${partition}:`),
              ),
            },
          },
    ),
  });

/** Whether only resources of other partitions show a difference: `arn:*:…` in place of `arn:aws:…`, or the reverse. */
export function isElsewhere(
  { facts, compare }: RoleContext,
  permissions: PermissionsCompared,
  direction: "excess" | "missing",
): boolean {
  const { policies, extra, boundary, bound, required } = permissions;
  const left = policies.filter((each) => extra.every(({ policy }) => policy !== each));
  const documents = (direction === "excess" ? left : policies).map(({ policy }) => policy);
  const expected = direction === "excess" ? bound : required;
  const mentions = [...documents, ...expected].some(({ statements }) =>
    statements.some(({ resources }) => resources?.patterns.some((each) => anywhere.test(each))),
  );
  if (!mentions) return false;
  const here = inPartition(facts.identity.partition);
  const { firstExceeds, secondExceeds } = compare(
    policySet(documents.map(here), boundary === undefined ? undefined : here(boundary.policy)),
    policySet(expected.map(here), undefined),
  );
  return (direction === "excess" ? firstExceeds : secondExceeds).verdict === "none";
}

export const elsewhereNote = ({ facts }: RoleContext): string =>
  ` Only resources of another partition show the difference, and this account is in \`${facts.identity.partition}\`.`;
