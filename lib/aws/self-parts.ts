import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ExpectedPart } from "../controls/self/expected.ts";
import type { PartKind } from "../controls/self/model.ts";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";
import { alarmReaders } from "./self-alarms.ts";
import { functionReaders } from "./self-functions.ts";
import { type PartSeen, type Readers, settings } from "./self-part.ts";
import { queueReaders } from "./self-queues.ts";
import { roleReaders } from "./self-roles.ts";
import { ruleReaders } from "./self-rules.ts";

/** IAM actions on the ledger's table. @public */
export const actions = ["dynamodb:DescribeTable"] as const;

/** Reads the stack's parts one by one, in the words of `expectedParts`. */
export function selfParts(): (part: ExpectedPart) => Promise<PartSeen> {
  const readers: Readers<PartKind> = {
    ...ruleReaders(),
    ...queueReaders(),
    ...functionReaders(),
    ...alarmReaders(),
    ...roleReaders(),
    ...ledgerReaders(),
  };
  return (part) => readers[part.kind](part);
}

function ledgerReaders(): Readers<"ledger"> {
  const tables = new DynamoDBClient(brisk);
  return {
    async ledger({ physical }) {
      const table = await read("dynamodb:DescribeTable", () =>
        tables.send(new DescribeTableCommand({ TableName: physical })),
      );
      if (table.at !== "found") return { actual: table };
      const state = table.value.Table?.TableStatus;
      return settings({ state: state === "UPDATING" ? "ACTIVE" : state });
    },
  };
}
