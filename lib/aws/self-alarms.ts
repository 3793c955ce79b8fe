import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListAlarmMuteRulesCommand,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { countsOf, dimensionsOf, periodsOf } from "../controls/self/settings.ts";
import { absent } from "../model/seen.ts";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";
import { type Readers, settings } from "./self-part.ts";

/** IAM actions on alarms and log groups. @public */
export const actions = [
  "cloudwatch:DescribeAlarms",
  "cloudwatch:ListAlarmMuteRules",
  "logs:DescribeLogGroups",
] as const;

/** What tells the operator, and what it is told from. */
export function alarmReaders(): Readers<"alarm" | "log"> {
  const alarms = new CloudWatchClient(brisk);
  const logs = new CloudWatchLogsClient(brisk);
  return {
    async alarm({ physical }) {
      const answer = await read("cloudwatch:DescribeAlarms", () =>
        alarms.send(new DescribeAlarmsCommand({ AlarmNames: [physical], AlarmTypes: ["MetricAlarm"] })),
      );
      if (answer.at !== "found") return { actual: answer };
      const alarm = answer.value.MetricAlarms?.find(({ AlarmName }) => AlarmName === physical);
      if (alarm === undefined) return { actual: absent };
      const mutes = await read("cloudwatch:ListAlarmMuteRules", () => mutesOf(alarms, physical));
      if (mutes.at === "denied") return { actual: mutes };
      return settings({
        acts: alarm.ActionsEnabled !== false,
        tells: (alarm.AlarmActions ?? []).toSorted(),
        metric: `${alarm.Namespace ?? ""} ${alarm.MetricName ?? ""}`,
        when: `${alarm.ComparisonOperator ?? ""} ${alarm.Threshold}`,
        of: dimensionsOf(alarm.Dimensions),
        counts: countsOf({ ...alarm }),
        periods: periodsOf({ ...alarm }),
        math: (alarm.Metrics ?? []).length,
        muted: mutes.at === "found" ? mutes.value : 0,
        missing: alarm.TreatMissingData ?? "missing",
      });
    },

    async log({ physical }) {
      const answer = await read("logs:DescribeLogGroups", () =>
        logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physical })),
      );
      if (answer.at !== "found") return { actual: answer };
      const group = answer.value.logGroups?.find(({ logGroupName }) => logGroupName === physical);
      if (group === undefined) return { actual: absent };
      return settings({ key: group.kmsKeyId ?? "", class: group.logGroupClass ?? "STANDARD" });
    },
  };
}

/** How many rules mute an alarm now or will; none where CloudWatch knows no such rules yet. */
async function mutesOf(client: CloudWatchClient, AlarmName: string): Promise<number> {
  try {
    const command = new ListAlarmMuteRulesCommand({ AlarmName, Statuses: ["ACTIVE", "SCHEDULED"] });
    return (await client.send(command)).AlarmMuteRuleSummaries?.length ?? 0;
  } catch (error) {
    if (error instanceof Error && /^(InvalidAction|UnknownOperation)/u.test(error.name)) return 0;
    throw error;
  }
}
