import { readIamArn } from "../principal/match.ts";

type Context = Readonly<Record<string, string | readonly string[]>>;

/**
 * Keys that AWS sets together: aws:PrincipalArn with aws:PrincipalAccount, aws:CurrentTime with
 * aws:EpochTime. Gives the ways to make them agree that keep as much as can be.
 */
export function alignContext(context: Context): readonly Context[] {
  return alignAccount(context).flatMap(alignTimes);
}

function alignAccount(context: Context): readonly Context[] {
  const arnKey = keyOf(context, "aws:principalarn");
  const accountKey = keyOf(context, "aws:principalaccount");
  if (arnKey === undefined || accountKey === undefined) return [context];
  const [arn, account] = [context[arnKey], context[accountKey]];
  const own = typeof arn === "string" ? readIamArn(arn)?.account : undefined;
  if (typeof arn !== "string" || own === undefined) return [context];
  const moved = arn.replace(`:${own}:`, () => `:${String(account)}:`);
  return [
    { ...context, [accountKey]: own },
    { ...context, [arnKey]: moved },
  ];
}

function alignTimes(context: Context): readonly Context[] {
  const current = keyOf(context, "aws:currenttime");
  const epoch = keyOf(context, "aws:epochtime");
  if (current === undefined || epoch === undefined) return [context];
  const [moment, seconds] = [context[current], context[epoch]];
  const ways: Context[] = [];
  if (typeof moment === "string" && !Number.isNaN(Date.parse(moment))) {
    ways.push({ ...context, [epoch]: String(Math.floor(Date.parse(moment) / 1000)) });
  }
  const parsed =
    typeof seconds === "string"
      ? /^\d{1,12}$/.test(seconds)
        ? Number(seconds) * 1000
        : Date.parse(seconds)
      : Number.NaN;
  if (!Number.isNaN(parsed)) {
    const text = new Date(parsed).toISOString().replace(".000Z", "Z");
    ways.push({ ...context, [current]: text });
  }
  return ways;
}

const keyOf = (context: Context, lower: string): string | undefined =>
  Object.keys(context).find((key) => key.toLowerCase() === lower);
