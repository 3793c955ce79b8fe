import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { brisk } from "./client-settings.ts";
import { read } from "./read.ts";
import { parsed, type Readers, resourcePolicy, settings } from "./self-part.ts";

/** IAM actions on functions and what feeds them. @public */
export const actions = [
  "lambda:GetEventSourceMapping",
  "lambda:GetFunctionConcurrency",
  "lambda:GetFunctionConfiguration",
  "lambda:GetFunctionEventInvokeConfig",
  "lambda:GetPolicy",
] as const;

/** Functions, and what reads their queue. */
export function functionReaders(): Readers<"function" | "reader"> {
  const lambda = new LambdaClient(brisk);
  return {
    async function({ physical }) {
      const FunctionName = physical;
      const configured = await read("lambda:GetFunctionConfiguration", () =>
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
      );
      if (configured.at !== "found") return { actual: configured };
      const concurrency = await read("lambda:GetFunctionConcurrency", () =>
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      );
      if (concurrency.at !== "found") return { actual: concurrency };
      const calls = await read("lambda:GetFunctionEventInvokeConfig", () =>
        lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "$LATEST" })),
      );
      if (calls.at === "denied") return { actual: calls };
      const policy = await read("lambda:GetPolicy", () =>
        lambda.send(new GetPolicyCommand({ FunctionName })),
      );
      if (policy.at === "denied") return { actual: policy };
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } =
        calls.at === "found" ? calls.value : {};
      return settings(
        {
          ...configurationOf(configured.value),
          reserved: concurrency.value.ReservedConcurrentExecutions ?? "none",
          undelivered: DestinationConfig?.OnFailure?.Destination ?? "",
          retries: MaximumRetryAttempts ?? 2,
          eventAge: MaximumEventAgeInSeconds ?? 21_600,
        },
        policy.at === "found" && allowsAny(policy.value.Policy) ? resourcePolicy(policy.value.Policy) : {},
      );
    },

    async reader({ physical }) {
      const reader = await read("lambda:GetEventSourceMapping", () =>
        lambda.send(new GetEventSourceMappingCommand({ UUID: physical })),
      );
      if (reader.at !== "found") return { actual: reader };
      const { State = "", BatchSize, EventSourceArn, FunctionArn } = reader.value;
      return settings({
        // While it changes it is neither; what it changes to is seen by the next look.
        enabled: !/^(Disabl|Delet)/u.test(State),
        batch: BatchSize,
        source: EventSourceArn ?? "",
        feeds: FunctionArn ?? "",
        // Without this answer a batch that failed in part is taken for done.
        answers: (reader.value.FunctionResponseTypes ?? []).toSorted(),
        // What a filter leaves out Lambda deletes.
        filters: (reader.value.FilterCriteria?.Filters ?? []).map(({ Pattern = "" }) => Pattern).toSorted(),
      });
    },
  };
}

/** Of a function's configuration what can keep it from doing its work, and the digest of its code. */
const configurationOf = (seen: GetFunctionConfigurationCommandOutput): Readonly<Record<string, unknown>> => ({
  role: seen.Role,
  handler: seen.Handler,
  runtime: seen.Runtime,
  code: seen.CodeSha256,
  layers: (seen.Layers ?? []).map(({ Arn = "" }) => Arn),
  // In a network without a way out every call of AWS ends in a timeout.
  network: seen.VpcConfig?.SubnetIds ?? [],
  key: seen.KMSKeyArn ?? "",
  timeout: seen.Timeout,
  memory: seen.MemorySize,
  environment: { ...seen.Environment?.Variables },
  log: [
    seen.LoggingConfig?.LogFormat ?? "Text",
    seen.LoggingConfig?.LogGroup ?? `/aws/lambda/${seen.FunctionName}`,
  ].join(" "),
});

/** A policy whose last statement was taken away is none. */
const allowsAny = (document: string | undefined): boolean => {
  const { Statement } = (parsed(document) ?? {}) as { readonly Statement?: unknown };
  return !(Array.isArray(Statement) && Statement.length === 0);
};
