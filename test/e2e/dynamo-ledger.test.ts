import { CreateTableCommand, DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoLedger, liveIndex } from "../../lib/aws/dynamo-ledger.ts";
import type { LedgerPort } from "../../lib/ledger/port.ts";
import { ledgerContract } from "../contracts/ledger.ts";
import { type Emulator, startEmulator } from "../support/emulator/start-emulator.ts";
import { whyNoEmulator } from "../support/emulator/toolbox.ts";
import { commandsFor, play } from "../watch/commands.ts";
import type { Chaos } from "../watch/simulation.ts";
import { ageless, unconditional } from "../watch/weakened.ts";

/** Each is some hundred calls over HTTP: few here, and thousands in memory, where the same contract holds. */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 15);
const wild: Chaos = { loses: false, crashes: true };
const lossy: Chaos = { loses: true, crashes: true };

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

  const fresh = async (through: DynamoDBClient = client): Promise<LedgerPort> => {
    const table = `ledger-${++tables}`;
    await createLedgerTable(client, table);
    return dynamoLedger(through, table);
  };

  ledgerContract("in DynamoDB", () => fresh());

  describe("whatever happens, it ends equal to a fresh audit, and everything was told", () => {
    const ends = (chaos: Chaos) =>
      fc.asyncProperty(commandsFor(chaos), fc.integer(), async (commands, seed) => {
        expect(await play(commands, seed, chaos, await fresh())).toEqual([]);
      });

    test("events late, twice and out of order; slow audits; three functions at once; any of them may die", async () => {
      await fc.assert(ends(wild), { numRuns, endOnFailure: true });
    }, 600_000);

    test("and with events lost and reads denied, once the schedule came round", async () => {
      await fc.assert(ends(lossy), { numRuns, endOnFailure: true });
    }, 600_000);
  });

  describe("the test notices", () => {
    /** The same client, but what it writes was tampered with. */
    const tampered = (condition: (text: string) => string | undefined): DynamoDBClient =>
      new Proxy(client, {
        get: (target, key) => {
          if (key !== "send") return Reflect.get(target, key) as unknown;
          return (command: unknown) => {
            if (command instanceof TransactWriteItemsCommand)
              for (const { Put } of command.input.TransactItems ?? []) loosen(Put, condition);
            return target.send(command as TransactWriteItemsCommand);
          };
        },
      });
    /** What goes wrong with a ledger in memory that was tampered with alike: found there, played here. */
    const goesWrong = async (alike: () => LedgerPort) => {
      const property = fc.asyncProperty(commandsFor(wild), fc.integer(), async (commands, seed) => {
        expect(await play(commands, seed, wild, alike())).toEqual([]);
      });
      const { counterexample } = await fc.check(property, { numRuns: 600, seed: 1, endOnFailure: true });
      if (counterexample === null) throw new Error("nothing went wrong in memory either");
      return counterexample;
    };

    test("when the write is not conditional", async () => {
      const [commands, seed] = await goesWrong(unconditional);
      expect(await play(commands, seed, wild, await fresh(tampered(() => undefined)))).not.toEqual([]);
      expect(await play(commands, seed, wild, await fresh())).toEqual([]);
    });

    test("when an older observation may replace a newer one", async () => {
      const [commands, seed] = await goesWrong(ageless);
      const loose = tampered((text) => text.replace(/ AND observedAt .*/u, ""));
      expect(await play(commands, seed, wild, await fresh(loose))).not.toEqual([]);
      expect(await play(commands, seed, wild, await fresh())).toEqual([]);
    });
  });
});

type Put = NonNullable<NonNullable<TransactWriteItemsCommand["input"]["TransactItems"]>[number]["Put"]>;

/** Replaces a condition, and drops the names and values that it no longer uses, which DynamoDB insists on. */
function loosen(put: Put | undefined, condition: (text: string) => string | undefined): void {
  if (put?.ConditionExpression === undefined) return;
  const text = condition(put.ConditionExpression);
  const used = <T>(table: Record<string, T> | undefined): Record<string, T> | undefined => {
    const left = Object.entries(table ?? {}).filter(([name]) => text?.includes(name) === true);
    return left.length === 0 ? undefined : Object.fromEntries(left);
  };
  put.ConditionExpression = text;
  put.ExpressionAttributeNames = used(put.ExpressionAttributeNames);
  put.ExpressionAttributeValues = used(put.ExpressionAttributeValues);
}

/** As stack/ledger.yml has it. */
async function createLedgerTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "live"].map((name) => ({
        AttributeName: name,
        AttributeType: "S",
      })),
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
