import { DeleteObjectsCommand, type S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";

const { emptyBucket } = (await import(
  new URL("../../scripts/serverless-rolecall.mjs", import.meta.url).href
)) as { emptyBucket: (s3: Pick<S3Client, "send">, bucket: string) => Promise<void> };

/** A bucket of a thousand objects a page; some of them cannot be deleted. */
function bucket(keys: readonly string[], locked: (key: string) => boolean = () => false) {
  const held = new Set(keys);
  let calls = 0;
  const send = async (command: unknown): Promise<unknown> => {
    if (++calls > 20) throw new Error("it never ends");
    if (!(command instanceof DeleteObjectsCommand))
      return { Contents: [...held].slice(0, 1000).map((Key) => ({ Key })) };
    const asked = (command.input.Delete?.Objects ?? []).map(({ Key = "" }) => Key);
    for (const key of asked) if (!locked(key)) held.delete(key);
    return { Errors: asked.filter(locked).map((Key) => ({ Key, Code: "AccessDenied" })) };
  };
  return { held, s3: { send } as unknown as Pick<S3Client, "send"> };
}

test("the bucket of reports is emptied, page after page", async () => {
  const { held, s3 } = bucket(Array.from({ length: 2500 }, (_, index) => `report-${index}.json`));
  await emptyBucket(s3, "reports");
  expect(held.size).toBe(0);
});

test("a report that cannot be deleted ends the removal with its name", async () => {
  const { s3 } = bucket(["a.json", "b.json"], (key) => key === "b.json");
  await expect(emptyBucket(s3, "reports")).rejects.toThrow(
    "`b.json` in the bucket reports cannot be deleted: AccessDenied",
  );
});
