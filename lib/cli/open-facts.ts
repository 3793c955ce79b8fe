import { resolve } from "node:path";
import { GatherError } from "../gather/gather-error.ts";
import type { FactsPort } from "../gather/port.ts";
import type { Facts } from "../model/facts.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** Where the facts come from, and what only that source knows. */
export interface OpenFacts {
  readonly port: FactsPort;
  readonly source: Facts["source"];
  /** The regions to read when nobody names any: those of the snapshot, or the home region. */
  readonly regions: readonly string[];
  readonly parameters: ReadParameters;
  readonly close: () => void;
}

/** Values of SSM parameters by name; `unread` is told of those that cannot be read, and why. */
export type ReadParameters = (
  names: readonly string[],
  unread: (name: string, reason: string) => void,
) => Promise<ReadonlyMap<string, string>>;

/** Loads only the adapter that is asked for. */
export async function openFacts(snapshot: string | undefined, io: Io): Promise<OpenFacts> {
  if (snapshot !== undefined) {
    const { openSnapshot } = await import("../local/snapshot-facts.ts");
    let port: ReturnType<typeof openSnapshot>;
    try {
      port = openSnapshot(resolve(io.cwd, snapshot));
    } catch (error) {
      throw asUsage(error);
    }
    return { port, source: "snapshot", regions: port.regions, parameters: readSsm, close: () => {} };
  }
  const [{ createClients, homeRegion }, { createLiveFacts }] = await Promise.all([
    import("../aws/clients.ts"),
    import("../aws/live-facts.ts"),
  ]);
  const clients = createClients();
  return {
    port: createLiveFacts(clients),
    source: "live",
    regions: [await homeRegion(io.env)],
    parameters: readSsm,
    close: clients.close,
  };
}

/** Said where clusters would have been looked for: a snapshot of IAM alone. */
export const noRegionRead =
  "No cluster was looked for: a region's files lie in a folder of its name, such as eu-west-1/describe-instances.json.";

/** What the person has to do before anything can be read; a defect stays one. */
export const asUsage = (error: unknown): unknown =>
  error instanceof GatherError ? new UsageError(error.message, { help: false }) : error;

/** SSM is asked only when the configuration names a parameter. */
const readSsm: ReadParameters = async (names, unread) => {
  const [{ readParameters }, { createSsmClient }] = await Promise.all([
    import("../aws/ssm-secrets.ts"),
    import("../aws/clients.ts"),
  ]);
  const client = await createSsmClient();
  try {
    return await readParameters(client, names, (name, reason) =>
      unread(name, reason === "CredentialsProviderError" ? "no AWS credentials were found" : reason),
    );
  } finally {
    client.destroy();
  }
};
