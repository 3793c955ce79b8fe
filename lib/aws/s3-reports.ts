import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

export { S3Client };

/** IAM actions on the bucket's objects. @public */
export const actions = ["s3:PutObject"] as const;

/** Puts a report where it stays until the bucket's expiry; returns its address. */
export async function storeReport(
  client: S3Client,
  bucket: string,
  key: string,
  report: string,
): Promise<string> {
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: report, ContentType: "application/json" }),
  );
  return `s3://${bucket}/${key}`;
}
