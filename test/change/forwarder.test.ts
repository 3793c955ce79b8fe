import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { forwarderTemplate } from "../../lib/change/forwarder.ts";
import { eventPatterns } from "../../lib/change/patterns.ts";

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>;
}
const template = parse(forwarderTemplate()) as Template;

describe("the forwarder of a further region", () => {
  test("forwards what the home region asks of EC2, pattern for pattern, to the home bus", () => {
    const regional = eventPatterns().filter(({ name }) => name === "ec2" || name === "tags");
    const rules = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Events::Rule");
    expect(rules.map(({ Properties }) => Properties["EventPattern"])).toEqual(
      regional.map(({ pattern }) => pattern),
    );
    expect(JSON.stringify(rules)).toContain("${HomeRegion}:${AWS::AccountId}:event-bus/default");
  });

  test("names no partition, region or account, and its role may put events on that one bus", () => {
    const text = JSON.stringify(template);
    expect(text).not.toMatch(/arn:aws|us-east-1|\b\d{12}\b/u);
    const { Policies } = (template.Resources["ForwarderRole"]?.Properties ?? {}) as {
      Policies?: readonly { PolicyDocument: unknown }[];
    };
    expect(Policies?.[0]?.PolicyDocument).toMatchObject({
      Statement: [
        {
          Effect: "Allow",
          Action: "events:PutEvents",
          Resource: { "Fn::Sub": expect.stringContaining("event-bus/default") },
        },
      ],
    });
  });
});
