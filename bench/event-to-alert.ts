import { setTimeout as sleep } from "node:timers/promises";
import { ec2Service, stranger, trust } from "../test/e2e/stack/roles.ts";
import { deployedWorld } from "../test/e2e/stack/world.ts";
import { whyNoEmulator } from "../test/support/emulator/toolbox.ts";
import { type Bench, below } from "./figure.ts";
import { median } from "./statistics.ts";

const edits = 25;

/**
 * From somebody's edit to the message in a subscriber's queue, on emulated AWS, warm. The configured delays
 * are set to nothing, so that what is measured is the way itself: the event's, the read's, the judgement's,
 * the ledger's and the flusher's.
 */
export const eventToAlert: Bench = {
  figures: ["event-to-alert-p50"],
  run: async () => {
    const skipped = whyNoEmulator();
    if (skipped !== undefined) return { skipped };
    const world = await deployedWorld({ delay: 0, collect: 0, settling: 1 });
    try {
      const times: number[] = [];
      for (let edit = 0; edit <= edits; edit++) {
        const account = String(900_000_000_000 + edit);
        const started = Date.now();
        await trust(world.iam, "ecsInstanceRole", ec2Service, stranger(account));
        await world.subscriber.alert(({ result }) => result.detail.includes(account), `edit ${edit}`);
        const told = world.subscriber.received.at(-1)?.at ?? Date.now();
        // The first one starts the functions.
        if (edit > 0) times.push(told - started);
        await sleep(1500);
      }
      return [below({ name: "event-to-alert-p50", value: median(times), unit: "ms" }, 500)];
    } finally {
      await world.stop();
    }
  },
};
