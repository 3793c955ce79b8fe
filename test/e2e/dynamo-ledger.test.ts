import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoLedger, liveIndex } from "../../lib/aws/dynamo-ledger.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { ledgerContract } from "../contracts/ledger.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { commandsFor, play } from "../watch/commands.ts";

describe.skipIf(whyNoEmulator() !== undefined)("DynamoDB on emulated AWS", () => {
  let aws: Emulator;
  let client: DynamoDBClient;
  let tables = 0;

  beforeAll(async () => {
    aws = await startEmulator();
    const credentials = aws.root("111122223333");
    client = new DynamoDBClient({ endpoint: aws.endpoint, region: aws.region, credentials });
  });
  afterAll(() => aws?.stop());

  const fresh = async (): Promise<LedgerPort> => {
    const table = `ledger-${++tables}`;
    await createLedgerTable(client, table);
    return dynamoLedger(client, table);
  };

  ledgerContract("in DynamoDB", fresh);

  test("whatever happens, it ends equal to a fresh audit, and everything was told", async () => {
    for (const chaos of [
      { loses: false, crashes: true },
      { loses: true, crashes: true },
    ]) {
      await fc.assert(
        fc.asyncProperty(commandsFor(chaos), fc.integer(), async (commands, seed) => {
          expect(await play(commands, seed, chaos, await fresh())).toEqual([]);
        }),
        { numRuns: Number(process.env["MODEL_RUNS"] ?? 6) },
      );
    }
  }, 3_600_000);
});

/** As stack/ledger.yml has it. */
async function createLedgerTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "live"].map((name) => ({ AttributeName: name, AttributeType: "S" })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: liveIndex,
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "live", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
}
