import { describe, expect, test } from "vitest";
import { catalogue } from "../../lib/config/catalogue.generated.ts";
import { gather } from "../../lib/gather/gather.ts";
import { recognise } from "../../lib/init/recognise.ts";
import { openSnapshot } from "../../lib/local/snapshot-facts.ts";

describe("the example account", () => {
  test("all that is there is recognised, and nothing that is not", async () => {
    const port = openSnapshot("examples/account");
    const facts = await gather(port, {
      source: "snapshot",
      regions: port.regions,
      now: () => new Date("2026-11-02T07:15:00Z"),
    });
    expect(facts.iam.roles.items.length).toBeGreaterThanOrEqual(40);
    const { roles, watched } = recognise(facts, catalogue);
    expect(roles.map(({ platform, role }) => `${platform} ${role}`).sort()).toEqual([
      "docker-cloud dockercloud-role",
      "docker-cloud dockercloud-role-eu",
      "docker-cloud dockercloud-role-mfa",
      "docker-cloud dockercloud-role-ops",
      "docker-cloud dockercloud-role-staging",
      "docker-cloud dockercloud-swarm-role",
      "docker-cloud old-builder",
      "ecs ecs-batch-nodes",
      "ecs ecs-blue-nodes",
      "ecs ecs-gpu-nodes",
      "ecs ecs-green-nodes",
      "ecs ecs-web-nodes",
      "ecs ecsAnywhereRole",
      "ecs ecsInstanceRole",
      "kommander kommander-dev",
      "kommander kommander-eu",
      "kommander kommander-lab",
      "kommander kommander-prod",
      "kommander kommander-staging",
      "rancher rancher-controlplane",
      "rancher rancher-dev-controlplane",
      "rancher rancher-dev-worker",
      "rancher rancher-edge-worker",
      "rancher rancher-spot-worker",
      "rancher rancher-worker",
    ]);
    expect(watched.map(({ cluster, region }) => `${cluster} ${region}`)).toEqual([
      "c-x7k2p eu-west-1",
      "c-lab42 us-west-2",
    ]);
  });
});
