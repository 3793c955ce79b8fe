import type { Principal } from "../model.ts";
import { readIamArn } from "../principal/match.ts";

type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Aligned {
  readonly principal: Principal | undefined;
  readonly context: Context;
}

/**
 * Keys of a request that AWS sets together: the principal with aws:PrincipalArn and aws:PrincipalAccount,
 * aws:CurrentTime with aws:EpochTime. Gives the ways to make them agree that keep as much as can be.
 */
export function alignContext(principal: Principal | undefined, context: Context): readonly Aligned[] {
  const ways: Aligned[] = [];
  const arnKey = keyOf(context, "aws:principalarn");
  const accountKey = keyOf(context, "aws:principalaccount");
  const arn = arnKey === undefined ? undefined : context[arnKey];
  if (principal !== undefined && principal.type === "AWS") {
    if (arnKey === undefined && accountKey === undefined) ways.push({ principal, context });
    else {
      if (typeof arn === "string" && readIamArn(arn) !== undefined) {
        ways.push(withAccount({ type: "AWS", id: arn }, context, accountKey));
      }
      const own = arnKey === undefined ? context : { ...context, [arnKey]: roleOf(principal.id) };
      ways.push(withAccount(principal, own, accountKey));
    }
  } else if (principal !== undefined) {
    // Services and federated users have no ARN of IAM.
    if (arnKey === undefined && accountKey === undefined) ways.push({ principal, context });
  } else if (typeof arn === "string" && accountKey !== undefined) {
    ways.push(withAccount(undefined, context, accountKey, arn));
  } else ways.push({ principal, context });
  return ways.flatMap(alignTimes);
}

function withAccount(
  principal: Principal | undefined,
  context: Context,
  accountKey: string | undefined,
  arn = principal?.id,
): Aligned {
  const account = arn === undefined ? undefined : readIamArn(arn)?.account;
  return {
    principal,
    context:
      accountKey === undefined || account === undefined ? context : { ...context, [accountKey]: account },
  };
}

/** A session's aws:PrincipalArn is the ARN of its role. */
function roleOf(id: string): string {
  const arn = readIamArn(id);
  if (arn === undefined || !arn.resource.startsWith("assumed-role/")) return id;
  return `arn:${arn.partition}:iam::${arn.account}:role/${arn.resource.split("/")[1]}`;
}

function alignTimes(aligned: Aligned): readonly Aligned[] {
  const { context } = aligned;
  const current = keyOf(context, "aws:currenttime");
  const epoch = keyOf(context, "aws:epochtime");
  if (current === undefined || epoch === undefined) return [aligned];
  const [moment, seconds] = [context[current], context[epoch]];
  const ways: Aligned[] = [];
  if (typeof moment === "string" && !Number.isNaN(Date.parse(moment))) {
    ways.push({
      ...aligned,
      context: { ...context, [epoch]: String(Math.floor(Date.parse(moment) / 1000)) },
    });
  }
  const parsed =
    typeof seconds === "string"
      ? /^\d{1,12}$/.test(seconds)
        ? Number(seconds) * 1000
        : Date.parse(seconds)
      : Number.NaN;
  if (!Number.isNaN(parsed)) {
    const text = new Date(parsed).toISOString().replace(".000Z", "Z");
    ways.push({ ...aligned, context: { ...context, [current]: text } });
  }
  return ways;
}

const keyOf = (context: Context, lower: string): string | undefined =>
  Object.keys(context).find((key) => key.toLowerCase() === lower);
