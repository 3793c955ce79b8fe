import { shellQuote } from "../../remediation/shell.ts";
import type { SelfControl } from "./control.ts";
import { selfResult, stackArn, unseen } from "./control.ts";

/** Every subscription is confirmed, and there is one: SNS drops what nobody confirmed, in silence. */
export const subscriptionControl: SelfControl = {
  id: "self-subscription",
  title: "Alerts reach somebody: every subscription is confirmed",
  // Critical is what is repeated daily for as long as it stands.
  severity: "critical",
  resource: "rolecall",
  rationale:
    "SNS delivers only to confirmed subscriptions and says nothing of the others. https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html",
  evaluate(facts) {
    const arn = stackArn(facts);
    const { items, gap } = facts.subscriptions;
    const say = (outcome: Parameters<typeof selfResult>[2]) =>
      selfResult(subscriptionControl, facts, outcome);
    if (gap !== undefined) return [say(unseen(arn, gap))];
    if (items.length === 0) {
      return [
        say({
          arn,
          verdict: "failed",
          detail: "Nobody is subscribed to the alerts.",
          expected: "at least one confirmed subscription",
          actual: [],
          consequence: "Drift is found and told to nobody.",
          remediation: [
            { text: "Deploy with an address: `npx serverless deploy --param email=you@example.com`." },
          ],
        }),
      ];
    }
    return items.map((one) => {
      // The endpoint is part of the resource: two unconfirmed addresses are two findings.
      const resource = `${one.topic}#${one.protocol}:${one.endpoint}`;
      if (one.filtered === true) {
        return say({
          arn: resource,
          verdict: "failed",
          detail: `The ${one.protocol} subscription of ${one.endpoint} has a filter that was not deployed.`,
          expected: "no filter",
          actual: "a filter",
          consequence: "What the filter leaves out is told to nobody there, and nothing says so.",
          remediation: [
            {
              text: "Take the filter away; its subscription is among those of the topic.",
              command: `aws sns list-subscriptions-by-topic --topic-arn ${shellQuote(one.topic)}`,
            },
            {
              text: "With its ARN:",
              command:
                "aws sns set-subscription-attributes --subscription-arn 'ARN' --attribute-name FilterPolicy --attribute-value '{}'",
            },
          ],
        });
      }
      if (one.confirmed) {
        return say({
          arn: resource,
          verdict: "passed",
          detail: `${one.protocol} to ${one.endpoint} is confirmed.`,
        });
      }
      if (one.gone === true) {
        return say({
          arn: resource,
          verdict: "failed",
          detail: `The ${one.protocol} subscription of ${one.endpoint} is gone.`,
          expected: "subscribed, as deployed",
          actual: null,
          consequence: "Who was to be told is told no more.",
          remediation: [
            {
              text: "Subscribe it again with its full address, and follow the link that comes; or deploy without it.",
              command: `aws sns subscribe --topic-arn ${shellQuote(one.topic)} --protocol ${shellQuote(one.protocol)} --notification-endpoint 'ADDRESS'`,
            },
          ],
        });
      }
      return say({
        arn: resource,
        verdict: "failed",
        detail: `Nobody confirmed the ${one.protocol} subscription of ${one.endpoint}.`,
        expected: "confirmed",
        actual: "pending confirmation",
        consequence: "It looks like a route and tells nobody.",
        remediation: [
          {
            text: "Open the message with the subject `AWS Notification - Subscription Confirmation` at that address and follow its link; it expires after two days, then deploy again to get a new one.",
          },
        ],
      });
    });
  },
};

/** Nothing waits in a dead-letter queue: what lies there was neither judged nor told. */
export const deadLetterControl: SelfControl = {
  id: "self-dead-letters",
  title: "The dead-letter queues are empty",
  severity: "high",
  resource: "rolecall",
  rationale:
    "A message that failed repeatedly is kept in a dead-letter queue: a change not judged, or an alert not told.",
  evaluate(facts) {
    return facts.deadLetters.map(({ arn, waiting, fed }) => {
      const say = (outcome: Parameters<typeof selfResult>[2]) =>
        selfResult(deadLetterControl, facts, outcome);
      if (waiting.at === "denied") return say(unseen(arn, waiting));
      if (waiting.at === "found" && waiting.value === 0)
        return say({ arn, verdict: "passed", detail: "It is empty." });
      const name = arn.slice(arn.lastIndexOf(":") + 1);
      return say({
        arn,
        verdict: "failed",
        detail: waiting.at === "absent" ? `${name} is gone.` : `Messages wait in ${name}.`,
        expected: "empty",
        // Not the number: a finding whose content changed with every message would be told each time.
        actual: waiting.at === "absent" ? "gone" : "not empty",
        consequence:
          "What is in it was not judged or not told; the next scheduled audit judges the account again.",
        remediation: fed
          ? [
              {
                text: "Read why in the function's log, mend it, then send the messages back.",
                command: `aws sqs start-message-move-task --source-arn ${shellQuote(arn)}`,
              },
            ]
          : [
              {
                text: "Each message names the function that failed: read why in its log, mend it, ask for the work again (`npx serverless invoke -f onSchedule`, `-f self`; for Slack a test alert), then empty the queue.",
                command: `aws sqs purge-queue --queue-url "$(aws sqs get-queue-url --queue-name ${shellQuote(name)} --query QueueUrl --output text)"`,
              },
            ],
      });
    });
  },
};

/** Alerts do not wait: the flusher publishes within minutes of a finding. */
export const ledgerLagControl: SelfControl = {
  id: "self-ledger-lag",
  title: "No alert waits to be told",
  severity: "high",
  resource: "rolecall",
  rationale:
    "Pending alerts are published within a minute or two; one that waits longer means that publishing fails.",
  evaluate(facts, now) {
    const arn = stackArn(facts);
    const { oldestPending } = facts;
    const say = (outcome: Parameters<typeof selfResult>[2]) => [selfResult(ledgerLagControl, facts, outcome)];
    if (oldestPending.at === "denied") return say(unseen(arn, oldestPending));
    const late = oldestPending.at === "found" && now.getTime() - Date.parse(oldestPending.value) > lagLimit;
    if (!late) return say({ arn, verdict: "passed", detail: "None waits." });
    return say({
      arn,
      verdict: "failed",
      detail: `An alert waits since ${oldestPending.value}.`,
      expected: "told within 30 minutes",
      actual: "waiting",
      consequence: "What was found is told to nobody.",
      remediation: [
        { text: "Read why in the log of the function `notify`.", command: "npx serverless logs -f notify" },
      ],
    });
  },
};

/** Milliseconds: well past the flusher's sweep, its lease and SNS's usual hiccups. */
const lagLimit = 30 * 60_000;

/** The roll is called: the account was audited whole lately. */
export const auditAgeControl: SelfControl = {
  id: "self-audit-age",
  title: "The whole account was audited in the last two days",
  severity: "high",
  resource: "rolecall",
  rationale:
    "CloudTrail's events are delivered with best effort: the scheduled audit heals what they missed.",
  evaluate(facts, now) {
    const arn = stackArn(facts);
    const { lastAudit } = facts;
    const say = (outcome: Parameters<typeof selfResult>[2]) => [selfResult(auditAgeControl, facts, outcome)];
    if (lastAudit.at === "denied") return say(unseen(arn, lastAudit));
    // Before the first audit there is nothing to be late.
    if (lastAudit.at === "absent")
      return say({ arn, verdict: "not-applicable", detail: "No audit yet.", reason: "no audit yet" });
    if (now.getTime() - Date.parse(lastAudit.value) <= auditLimit) {
      return say({ arn, verdict: "passed", detail: `Last audited ${lastAudit.value}.` });
    }
    return say({
      arn,
      verdict: "failed",
      detail: `The account was last audited ${lastAudit.value}.`,
      expected: "audited in the last two days",
      actual: "not audited",
      consequence: "What an event missed stays unseen.",
      remediation: [
        {
          text: "Run one now, and read why the schedule does not.",
          command: "npx serverless invoke -f onSchedule",
        },
      ],
    });
  },
};

/** Milliseconds: two missed days of a daily schedule. */
const auditLimit = 2 * 86_400_000;
