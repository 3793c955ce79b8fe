import type { Catalogue } from "../config/catalogue.ts";
import { documentedActions } from "./documented-actions.ts";
import type { Guess } from "./guess.ts";
import { isOtherProduct } from "./other-products.ts";
import { coverage, likeness, type RoleSignals } from "./role-signals.ts";

/**
 * Rancher's document names no role, so it takes more than one sign: the name, the list of actions, the
 * trust of EC2, or the nodes that carry it. A policy that is word for word Rancher's is enough.
 */
export function guessRancher(signals: RoleSignals, catalogue: Catalogue): Guess | undefined {
  const { role, actions, services, profiles, tags } = signals;
  if (isOtherProduct(role.name)) return undefined;
  const controlplane = documentedActions(catalogue, "rancher", "controlplane");
  const outOfTree = documentedActions(catalogue, "rancher", "controlplane-out-of-tree");
  const worker = documentedActions(catalogue, "rancher", "worker");
  const zones = documentedActions(catalogue, "rancher", "availability-zones");
  const ofControlplane = coverage(actions, controlplane);
  const ofWorker = coverage(actions, worker);
  const named = /(^|[^a-z])(rancher|rke2?)([^a-z]|$)/i.test(role.name);
  const tagged = tags.some((tag) => /rancher|cattle\.io/i.test(tag));
  const onNodes = services.has("ec2") || profiles.length > 0;
  const word = /control-?plane|master|server/i.test(role.name)
    ? "controlplane"
    : /worker|etcd|agent|node/i.test(role.name)
      ? "worker"
      : undefined;
  const alike = Math.max(
    ...[
      controlplane,
      new Set([...controlplane, ...outOfTree]),
      worker,
      new Set([...worker, ...zones]),
      new Set([...controlplane, ...worker]),
    ].map((list) => likeness(actions, list)),
  );
  const shape = Math.max(ofControlplane, ofWorker);
  const sure =
    (named || tagged ? 2 : 0) +
    (alike >= 0.95 ? 3 : shape >= 0.6 ? 2 : shape >= 0.3 ? 1 : 0) +
    (word !== undefined && onNodes ? 1 : 0);
  if (sure < 3 || (!onNodes && !named)) return undefined;

  const node =
    ofControlplane >= 0.4
      ? ofWorker >= 0.6 && actions.has("ecr:batchgetimage")
        ? "both"
        : "controlplane"
      : ofWorker >= 0.4
        ? (word ?? "worker")
        : (word ?? "worker");
  const provider = node !== "worker" && coverage(actions, outOfTree) >= 0.75;
  const because: string[] = [];
  if (named) because.push("its name says so");
  if (tagged) because.push("it is tagged for Rancher");
  if (ofControlplane >= 0.3)
    because.push(share(ofControlplane, controlplane.size, "Rancher's policy for control plane nodes"));
  if (ofWorker >= 0.3)
    because.push(share(ofWorker, worker.size, "Rancher's policy for etcd and worker nodes"));
  if (services.has("ec2")) because.push("EC2 assumes it");
  return {
    platform: "rancher",
    role: role.name,
    what: {
      controlplane: "control plane nodes",
      worker: "etcd and worker nodes",
      both: "nodes that are all in one",
    }[node],
    keys: { node, ...(provider ? { provider: "out-of-tree" } : {}) },
    because,
    notes: [],
  };
}

const share = (part: number, of: number, list: string): string =>
  part === 1
    ? `it allows all ${of} actions of ${list}`
    : `it allows ${Math.round(part * of)} of the ${of} actions of ${list}`;
