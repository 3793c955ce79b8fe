import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { parse } from "yaml";

interface Part {
  readonly Type: string;
  readonly Properties: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  };
}
interface Emf {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

const alarms = ["stack/alarms.yml", "stack/self.yml"].flatMap((path) => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const { Resources } = parse(text, { logLevel: "silent" }) as { Resources: Record<string, Part> };
  return Object.values(Resources)
    .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
    .map(({ Properties }) => Properties);
});
const own = alarms.filter(({ Namespace }) => Namespace === "Rolecall");

afterEach(() => vi.unstubAllEnvs());

/** What a function writes of a metric, as CloudWatch reads it: namespace, name, and dimensions with their values. */
async function written(metric: string): Promise<readonly unknown[]> {
  vi.stubEnv("ROLECALL_STAGE", "production");
  vi.resetModules();
  const { measure, telemetry } = await import("../../functions/telemetry.ts");
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  measure({ [metric]: 1 });
  telemetry.end();
  write.mockRestore();
  const line = lines.find((each) => each.includes("_aws")) ?? "{}";
  const emf = JSON.parse(line) as Emf;
  return emf._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) => ({
        Namespace,
        Name,
        of: names.map((name) => `${name}=${String(emf[name])}`).toSorted(),
      })),
    ),
  );
}

test("each alarm on a metric of Rolecall's own looks where the functions write it", async () => {
  expect(own.map(({ MetricName }) => MetricName)).toEqual(["AuditFinished", "SelfFailed", "SelfFailed"]);
  for (const { Namespace, MetricName, Dimensions } of own)
    expect(await written(MetricName), MetricName).toEqual([
      {
        Namespace,
        Name: MetricName,
        of: Dimensions.map(
          ({ Name, Value }) => `${Name}=${Value.replace("${sls:stage}", "production")}`,
        ).toSorted(),
      },
    ]);
});
