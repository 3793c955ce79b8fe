import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { inputOf, triesOf } from "../controls/self/settings.ts";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";
import { parsed, type Readers, settings } from "./self-part.ts";

/** IAM actions on rules and schedules. @public */
export const actions = ["events:DescribeRule", "events:ListTargetsByRule", "scheduler:GetSchedule"] as const;

/** What sets functions off: rules of EventBridge, and schedules. */
export function ruleReaders(): Readers<"rule" | "schedule"> {
  const events = new EventBridgeClient(brisk);
  const scheduler = new SchedulerClient(brisk);
  return {
    async rule({ physical }) {
      const Name = lastOf(physical);
      const rule = await read("events:DescribeRule", () => events.send(new DescribeRuleCommand({ Name })));
      if (rule.at !== "found") return { actual: rule };
      const targets = await read("events:ListTargetsByRule", () =>
        events.send(new ListTargetsByRuleCommand({ Rule: Name })),
      );
      if (targets.at !== "found") return { actual: targets };
      return settings({
        state: rule.value.State,
        pattern: parsed(rule.value.EventPattern),
        targets: (targets.value.Targets ?? [])
          .map(({ Arn = "", DeadLetterConfig, RetryPolicy, Input, InputPath, InputTransformer }) => ({
            arn: Arn,
            undelivered: DeadLetterConfig?.Arn ?? "",
            input: inputOf({ Input, InputPath, InputTransformer }),
            ...triesOf(RetryPolicy),
          }))
          .toSorted((a, b) => (a.arn < b.arn ? -1 : 1)),
      });
    },

    async schedule({ physical }) {
      const [GroupName, Name] = physical.includes("/")
        ? physical.split("/").slice(-2)
        : [undefined, physical];
      const schedule = await read("scheduler:GetSchedule", () =>
        scheduler.send(new GetScheduleCommand({ GroupName, Name })),
      );
      if (schedule.at !== "found") return { actual: schedule };
      const { State, ScheduleExpression, Target, StartDate, EndDate } = schedule.value;
      return settings({
        state: State,
        expression: ScheduleExpression,
        // One that begins in a century, or ended, is enabled and never ticks.
        limits: [StartDate, EndDate]
          .map((date) => date?.toISOString() ?? "")
          .join(" ")
          .trim(),
        undelivered: Target?.DeadLetterConfig?.Arn ?? "",
        target: Target?.Arn ?? "",
        role: Target?.RoleArn ?? "",
        input: Target?.Input ?? "",
      });
    },
  };
}

const lastOf = (physical: string): string => physical.split(/[/|]/u).at(-1) ?? "";
