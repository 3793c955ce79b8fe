import type { RemediationStep } from "../../model/result.ts";
import { shellOption, shellQuote } from "../../remediation/shell.ts";
import type { Node } from "./region-index.ts";

/** An Auto Scaling group that launches nodes without the tag undoes the mending with its next node. */
export function autoScalingSteps(node: Node, region: string, key: string): readonly RemediationStep[] {
  const group = node.read.autoScalingGroup;
  if (group === undefined) return [];
  const tag = [
    {
      ResourceId: group,
      ResourceType: "auto-scaling-group",
      Key: key,
      Value: "owned",
      PropagateAtLaunch: true,
    },
  ];
  return [
    {
      text: `Its Auto Scaling group \`${group}\` launches the next node: let it set the tag too.`,
      command: `aws autoscaling create-or-update-tags ${shellOption("--region", region)} --tags ${shellQuote(JSON.stringify(tag))}`,
    },
  ];
}
