import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import type { Cause } from "../change/model.ts";
import { migrate } from "../ledger/migrate.ts";
import {
  type Finding,
  type LedgerSave,
  ledgerSchema,
  type Observation,
  type PendingAlert,
  type SubjectState,
} from "../ledger/model.ts";
import type { LedgerPort } from "../ledger/port.ts";

/** IAM actions on the table (and, for the query, its index). A transaction needs those of its items. @public */
export const actions = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
] as const;

/** The local secondary index that holds only what is live: findings not closed, alerts not told. */
export const liveIndex = "live";

/**
 * One table, partition key `pk`, sort key `sk`, index `live` on (`pk`, `live`):
 *
 *     pk          sk                            live
 *     <account>   observation#<subject>
 *     <account>   finding#<subject>#<id>        finding#<id>, unless closed
 *     <account>   note#<subject>#<event>
 *     pending     <alert id>                    <pendingSince>#<alert id>
 *     lease       <name>
 *
 * The index is local, not global, because only local ones are read consistently. The item itself is JSON
 * text in `item`; what conditions look at stands beside it. An account's partition may hold 10 GB.
 */
export function dynamoLedger(client: DynamoDBClient, table: string): LedgerPort {
  const query = async <T extends { readonly schema: number }>(ask: Query): Promise<T[]> => {
    const items: T[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: `pk = :pk${ask.key === undefined ? "" : ` AND ${keyCondition(ask)}`}`,
          ExpressionAttributeValues: {
            ":pk": { S: ask.pk },
            ...(ask.key === undefined ? {} : { ":key": { S: ask.key } }),
          },
          ...(ask.key === undefined
            ? {}
            : { ExpressionAttributeNames: { "#key": ask.live ? "live" : "sk" } }),
          ...(ask.live ? { IndexName: liveIndex } : {}),
          ...(ask.limit === undefined ? {} : { Limit: ask.limit - items.length }),
          ExclusiveStartKey: from,
        }),
      );
      for (const item of page.Items ?? []) items.push(readItem<T>(item));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && items.length < (ask.limit ?? Number.POSITIVE_INFINITY));
    return items;
  };

  return {
    async load(subject): Promise<SubjectState> {
      const pk = accountOf(subject);
      // The observation first: a save in between makes this reader's save conflict.
      const [observation] = await query<Observation>({ pk, key: observationKey(subject), exact: true });
      const findings = await query<Finding>({ pk, key: findingKey(subject, "") });
      return {
        ...(observation === undefined ? {} : { observation }),
        findings,
      };
    },

    observations: (account) => query({ pk: account, key: observationKey("") }),

    openFindings: (account) => query({ pk: account, key: "finding#", live: true }),

    async save(save) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: puts(table, save) }));
        return "saved";
      } catch (error) {
        if (error instanceof TransactionCanceledException && lostToAnother(error)) return "conflict";
        throw error;
      }
    },

    pending: (limit) => query<PendingAlert>({ pk: "pending", live: true, limit }),

    async clear(ids) {
      const keys = [...new Set(ids)];
      for (let at = 0; at < keys.length; at += batchSize) {
        await deleteAll(client, table, "pending", keys.slice(at, at + batchSize));
      }
    },

    async note(subject, cause) {
      const Item = {
        pk: { S: accountOf(subject) },
        sk: { S: noteKey(subject, cause) },
        schema: { N: String(ledgerSchema) },
        item: { S: JSON.stringify({ schema: ledgerSchema, cause }) },
      };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    async noted(subject) {
      const notes = await query<Note>({ pk: accountOf(subject), key: `note#${subject}#` });
      return notes.map(({ cause }) => cause);
    },

    async forget(subject, causes) {
      const keys = [...new Set(causes.map((cause) => noteKey(subject, cause)))];
      for (let at = 0; at < keys.length; at += batchSize)
        await deleteAll(client, table, accountOf(subject), keys.slice(at, at + batchSize));
    },

    async lease(name, owner, now, until) {
      const command = new PutItemCommand({
        TableName: table,
        Item: { pk: { S: "lease" }, sk: { S: name }, owner: { S: owner }, until: { S: until } },
        ConditionExpression: "attribute_not_exists(pk) OR #owner = :owner OR #until <= :now",
        ExpressionAttributeNames: { "#owner": "owner", "#until": "until" },
        ExpressionAttributeValues: { ":owner": { S: owner }, ":now": { S: now } },
      });
      return heldBack(() => client.send(command));
    },

    async release(name, owner) {
      const command = new DeleteItemCommand({
        TableName: table,
        Key: { pk: { S: "lease" }, sk: { S: name } },
        ConditionExpression: "#owner = :owner",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":owner": { S: owner } },
      });
      await heldBack(() => client.send(command));
    },
  };
}

interface Note {
  readonly schema: number;
  readonly cause: Cause;
}

interface Query {
  readonly pk: string;
  /** How the sort key begins, or `live` when asking the index. */
  readonly key?: string;
  readonly exact?: true;
  readonly live?: true;
  readonly limit?: number;
}

const keyCondition = ({ exact }: Query): string => (exact ? "#key = :key" : "begins_with(#key, :key)");

/** DynamoDB's limit of one BatchWriteItem. */
const batchSize = 25;

/** A subject is a scope's key: it begins with its account. IAM names hold no `#`. */
const accountOf = (subject: string): string => subject.slice(0, subject.indexOf("/"));
const observationKey = (subject: string): string => `observation#${subject}`;
/** An event's id is a UUID wherever it is AWS's; a sort key holds 1024 bytes. */
const noteKey = (subject: string, { event }: Cause): string => `note#${subject}#${event.slice(0, 100)}`;
const findingKey = (subject: string, id: string): string => `finding#${subject}#${id}`;

type TransactItems = NonNullable<ConstructorParameters<typeof TransactWriteItemsCommand>[0]["TransactItems"]>;

const readItem = <T extends { readonly schema: number }>(item: Record<string, AttributeValue>): T =>
  migrate<T>(JSON.parse(item["item"]?.S ?? "{}") as Record<string, unknown>);

function puts(table: string, save: LedgerSave): TransactItems {
  const { expects, observation, findings, alerts } = save;
  const pk = { S: observation.account };
  // INVARIANT: a save replaces exactly the version it was computed from, and never with an older sight.
  const condition =
    expects === 0
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : {
          ConditionExpression: `#version = :expects AND observedAt ${save.continues === true ? "<=" : "<"} :observedAt`,
          ExpressionAttributeNames: { "#version": "version" },
          ExpressionAttributeValues: {
            ":expects": { N: String(expects) },
            ":observedAt": { S: observation.observedAt },
          },
        };
  return [
    {
      Put: {
        TableName: table,
        Item: {
          pk,
          sk: { S: observationKey(observation.subject) },
          schema: { N: String(observation.schema) },
          version: { N: String(observation.version) },
          observedAt: { S: observation.observedAt },
          item: { S: JSON.stringify(observation) },
        },
        ...condition,
      },
    },
    ...findings.map((finding) => ({
      Put: {
        TableName: table,
        Item: {
          pk,
          sk: { S: findingKey(finding.subject, finding.id) },
          ...(finding.state === "closed" ? {} : { live: { S: `finding#${finding.id}` } }),
          schema: { N: String(finding.schema) },
          item: { S: JSON.stringify(finding) },
        },
      },
    })),
    ...alerts.map((alert) => ({
      Put: {
        TableName: table,
        Item: {
          pk: { S: "pending" },
          sk: { S: alert.id },
          live: { S: `${alert.pendingSince}#${alert.id}` },
          schema: { N: String(alert.schema) },
          item: { S: JSON.stringify(alert) },
        },
      },
    })),
  ];
}

/** The condition failed, or another transaction on the same items was under way. */
const lostToAnother = (error: TransactionCanceledException): boolean =>
  (error.CancellationReasons ?? []).some(
    ({ Code }) => Code === "ConditionalCheckFailed" || Code === "TransactionConflict",
  );

async function heldBack(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

async function deleteAll(
  client: DynamoDBClient,
  table: string,
  pk: string,
  keys: readonly string[],
): Promise<void> {
  let requests = keys.map((sk) => ({ DeleteRequest: { Key: { pk: { S: pk }, sk: { S: sk } } } }));
  for (let attempt = 1; requests.length > 0; attempt += 1) {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    const left = answer.UnprocessedItems?.[table] ?? [];
    requests = requests.filter(({ DeleteRequest }) =>
      left.some((item) => item.DeleteRequest?.Key?.["sk"]?.S === DeleteRequest.Key.sk.S),
    );
    if (requests.length > 0) {
      if (attempt === 8)
        throw new Error("the ledger's table is throttled: what was told or looked at is not cleared");
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    }
  }
}
