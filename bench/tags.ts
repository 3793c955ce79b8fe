import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type ClusterInput, judgeClusters } from "../lib/controls/cluster/judge-clusters.ts";
import { assembleRegion } from "../lib/gather/read-region.ts";
import type { WatchedCluster } from "../lib/model/config.ts";
import { type Bench, type Figure, withinFloor } from "./figure.ts";
import { median, timed } from "./statistics.ts";
import { type Answers, answersOf, clusterName } from "./tags-account.ts";

setFlagsFromString("--expose-gc");
/** Takes away what the last turn left, so that no turn pays for the one before. */
const sweep: () => void = runInNewContext("gc");

/** Ten thousand nodes against parsing EC2's answers for them. */
export const tags: Bench = {
  figures: ["tags-10000"],
  async run(): Promise<readonly Figure[]> {
    const texts = Object.values(answersOf(10_000)).map((answer) => JSON.stringify(answer));
    const input = inputOf(10_000);
    const floor: number[] = [];
    const subject: number[] = [];
    for (let turn = 0; turn <= 9; turn++) {
      sweep();
      const bare = await timed(() => texts.map((text) => JSON.parse(text)));
      sweep();
      const whole = await timed(() => judgeClusters(input));
      if (turn === 0) continue;
      floor.push(bare);
      subject.push(whole);
    }
    return [withinFloor({ name: "tags-10000", value: median(subject), unit: "ms" }, median(floor), 3)];
  },
};

/** Microseconds a node at 10,000 and at 50,000 nodes, held against a node of 1,000: linear is 1 ×. */
export const tagsGrowth: Bench = {
  figures: ["tags-growth-10000", "tags-growth-50000"],
  async run(): Promise<readonly Figure[]> {
    const sizes = [1_000, 10_000, 50_000] as const;
    const inputs = sizes.map((nodes) => ({ nodes, input: inputOf(nodes), perNode: [] as number[] }));
    for (let turn = 0; turn < 6; turn++)
      for (const { nodes, input, perNode } of inputs) {
        // As many nodes at each size, so that the small one is no shorter a measurement.
        const rounds = 50_000 / nodes;
        const ms = await timed(() => {
          for (let round = 0; round < rounds; round++) judgeClusters(input);
        });
        if (turn > 0) perNode.push((ms * 1000) / 50_000);
      }
    const [small, ...larger] = inputs.map(({ nodes, perNode }) => ({ nodes, us: median(perNode) }));
    return larger.map(({ nodes, us }) =>
      withinFloor({ name: `tags-growth-${nodes}`, value: us, unit: "µs" }, small?.us ?? Number.NaN, 2),
    );
  },
};

function inputOf(nodes: number): ClusterInput {
  const answers: Answers = answersOf(nodes);
  const pages = (answer: unknown) => ({ pages: [answer] });
  const region = assembleRegion(
    "eu-west-1",
    {
      instances: pages(answers.instances),
      groups: pages(answers.groups),
      subnets: pages(answers.subnets),
      routeTables: pages(answers.routeTables),
    },
    (list) => list,
  );
  const clusters = Math.max(1, Math.round(nodes / 100));
  const at = Array.from({ length: clusters }, (_, index) => index);
  return {
    identity: { account: "210987654321", partition: "aws" },
    iam: {
      roles: { items: [] },
      policies: { items: [] },
      users: { items: [] },
      profiles: {
        items: at.map((index) => ({
          arn: `arn:aws:iam::210987654321:instance-profile/nodes-${index}`,
          name: `nodes-${index}`,
          path: "/",
          roles: ["nodes"],
        })),
      },
    },
    regions: [region],
    watched: at.map((index) => watchedCluster(clusterName(index))),
    now: new Date("2026-06-01T00:00:00Z"),
  };
}

const watchedCluster = (cluster: string): WatchedCluster => ({
  platform: "rancher",
  cluster,
  region: "eu-west-1",
  without: [],
  requiredTags: [{ key: "team", on: ["instance"] }],
  profiles: [],
  graceSeconds: 300,
  severities: {},
  place: { file: "rolecall.yml", line: 1, column: 1 },
});
