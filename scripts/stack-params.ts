import { nearestWord } from "../lib/model/nearest-word.ts";

/** What `--param` gave, after the defaults of serverless.yml. */
export type Params = Readonly<Record<string, string | number>>;

type Check = (value: string) => string | undefined;

const whole =
  (least: number, most: number, why: string): Check =>
  (value) =>
    /^\d{1,6}$/u.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `is a whole number from ${least} to ${most}${why === "" ? "" : `: ${why}`}`;

const yesOrNo: Check = (value) => (["", "yes", "no"].includes(value) ? undefined : "is `yes` or `no`");

const address: Check = (value) =>
  value === "" || /^[^\s@]+@[^\s@]+$/u.test(value) ? undefined : "is an e-mail address";

const anything: Check = () => undefined;

/** Every parameter there is, and what AWS, or the code, takes. */
const checks: Readonly<Record<string, Check>> = {
  email: address,
  operator: address,
  slack: anything,
  slackHosts: anything,
  chat: yesOrNo,
  config: anything,
  schedule: (value) =>
    /^(rate\([1-9]\d{0,4} (minute|hour|day)s?\)|cron\([^()]+\))$/u.test(value)
      ? undefined
      : "is `rate(6 hours)` or a `cron(…)` of EventBridge Scheduler",
  silence: whole(1, 168, "hours; CloudWatch looks back for seven days"),
  delay: whole(0, 600, "seconds; an alarm tells of what waits for 900"),
  settling: whole(1, 600, "seconds; an alarm tells of what waits for 900"),
  collect: whole(0, 60, "seconds"),
  concurrency: whole(2, 1000, ""),
  logRetention: whole(1, 3653, "days"),
  reportRetention: whole(1, 3650, "days"),
  dashboard: yesOrNo,
  ledger: (value) =>
    value === "" || /^[\w.-]{3,255}$/u.test(value) ? undefined : "is the name of a table, not its ARN",
};

/**
 * What is wrong with the parameters, one sentence each: what a deployment would trip over after minutes, and
 * what it would take in silence.
 * @param given the names that the command line gave
 */
export function wrongParams(params: Params, given: readonly string[]): readonly string[] {
  const names = Object.keys(checks);
  const unknown = given
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearestWord(name, names);
      return `there is no parameter \`${name}\`${near === undefined ? `; there are ${names.join(", ")}` : `; is it \`${near}\`?`}`;
    });
  const wrong = Object.entries(checks).flatMap(([name, check]) => {
    const value = String(params[name] ?? "");
    const say = check(value);
    return say === undefined ? [] : [`\`${name}\` ${say}; given is \`${value}\``];
  });
  return [...unknown, ...wrong, ...tooSoon(params)];
}

const hours: Readonly<Record<string, number>> = { minute: 1 / 60, hour: 1, day: 24 };

/** An alarm on silence that rings between two audits says nothing. */
function tooSoon({ schedule, silence }: Params): readonly string[] {
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/u.exec(String(schedule)) ?? [];
  const every = Number(count) * (hours[unit] ?? Number.NaN);
  return Number(silence) < 2 * every
    ? [
        `\`silence\` (${silence} hours) is at least twice the schedule, \`${schedule}\`: the alarm would ring between two audits`,
      ]
    : [];
}

/** CloudFormation adds a hyphen and up to 13 characters to a name that it makes; IAM takes 64 for a role's. */
const longestRole = 64 - 14;

/** CloudFormation cuts a stack's name where a part's would be too long: then no policy would fit it. */
export function tooLong(stack: string, roles: readonly string[]): string | undefined {
  const most = longestRole - 1 - Math.max(...roles.map((id) => id.length));
  return stack.length <= most
    ? undefined
    : `the stack's name \`${stack}\` has more than ${most} characters: the names of its roles would be cut, and Rolecall could not look at itself; take a shorter --stage`;
}
