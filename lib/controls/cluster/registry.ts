import type { ControlInfo } from "../../model/control.ts";
import { capaGroups } from "./capa-groups.ts";
import { capaTags } from "./capa-tags.ts";
import type { ClusterControl } from "./control.ts";
import { found } from "./found.ts";
import { groupTagged } from "./group-tagged.ts";
import { legacyTag } from "./legacy-tag.ts";
import { nodeGroups } from "./node-groups.ts";
import { nodeProfile } from "./node-profile.ts";
import { nodeTagged } from "./node-tagged.ts";
import { oneId } from "./one-id.ts";
import { ownership } from "./ownership.ts";
import { requiredTags } from "./required-tags.ts";
import { singleKey } from "./single-key.ts";
import { subnetRole } from "./subnet-role.ts";
import { subnetTagged } from "./subnet-tagged.ts";
import { tagCase } from "./tag-case.ts";
import { tagKey } from "./tag-key.ts";
import { tagValue } from "./tag-value.ts";
import { unwatched } from "./unwatched.ts";

/** The controls on a watched cluster, in the order of a report. `unwatched` is about the others. */
export const clusterControls: readonly ClusterControl[] = [
  found,
  nodeTagged,
  nodeGroups,
  groupTagged,
  nodeProfile,
  singleKey,
  legacyTag,
  tagKey,
  tagCase,
  tagValue,
  oneId,
  subnetTagged,
  subnetRole,
  ownership,
  capaTags,
  capaGroups,
  requiredTags,
];

/** What is said of all of them, and of clusters that nobody watches. */
export const clusterControlInfos: readonly ControlInfo[] = [
  ...clusterControls.map(({ info }) => info),
  unwatched,
];
