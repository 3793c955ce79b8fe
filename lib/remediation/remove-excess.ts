import type { RemediationStep } from "../model/result.ts";
import type { Policy } from "../policy/model.ts";
import { exceeds, parseWritten, uncovered, type Written, withinAllowed } from "./edit-document.ts";
import { covers, heldBy, rank, requiredOf } from "./held.ts";
import type { Mending } from "./mending.ts";
import { rewrite } from "./policy-steps.ts";

export interface PermissionsMending extends Mending {
  /** All that may be allowed, as the finding was judged by. */
  readonly allowed: readonly Policy[];
  /** ARNs of attached policies that another finding tells to detach. */
  readonly aside?: readonly string[];
}

/** Takes away what the role allows too much, and nothing else: what of a policy is expected stays in it. */
export function removeExcess(mending: PermissionsMending): readonly RemediationStep[] {
  const { allowed, aside = [] } = mending;
  const held = heldBy(mending).filter(({ arn }) => arn === undefined || !aside.includes(arn));
  const edits = held.flatMap((each) => {
    const policy = each.written === undefined ? undefined : parseWritten(each.written);
    if (policy !== undefined && exceeds([policy], allowed) === "none") return [];
    return [
      { held: each, left: each.written === undefined ? emptied : withinAllowed(each.written, allowed) },
    ];
  });
  if (edits.length === 0) return [];
  const rest = held.filter((each) => !edits.some((edit) => edit.held === each));
  const kept = [...rest.map(({ written }) => written), ...edits.map(({ left }) => left)].flatMap(
    (written) => {
      const policy = written === undefined ? undefined : parseWritten(written);
      return policy === undefined ? [] : [policy];
    },
  );
  // A statement that allowed too much may also have been the one that gave what is needed.
  const lacking = uncovered(requiredOf(mending), kept);
  const [first, ...others] = [...edits].sort((a, b) => rank(a.held, mending) - rank(b.held, mending));
  if (first === undefined) return [];
  const added = parseWritten({ version: "2012-10-17", statements: lacking });
  const needed = first.left.statements.filter(
    (statement) => statement["Effect"] === "Deny" || added === undefined || !covers([added], statement),
  );
  const filled: Written = {
    version: lacking.length > 0 ? "2012-10-17" : first.left.version,
    statements: [...needed, ...lacking],
  };
  return [
    ...rewrite(mending, first.held, filled),
    ...others.flatMap(({ held: each, left }) => rewrite(mending, each, left)),
  ];
}

const emptied: Written = { version: "2012-10-17", statements: [] };
