import { SQSClient } from "@aws-sdk/client-sqs";
import type { Later } from "../watch/ports.ts";
import { brisk } from "./client-settings.ts";
import { sqsLater } from "./sqs-later.ts";

/** Where a schedule's tick asks for audits. */
export const deployedAudits = (queueUrl: string): Later => sqsLater(new SQSClient(brisk), queueUrl);
