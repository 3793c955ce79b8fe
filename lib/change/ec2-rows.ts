import { field, items, text } from "./field.ts";
import type { Call, EventRow, Target } from "./row.ts";

/** Kinds of resources whose tags or neighbours are judged, by the prefix of their ids. */
const watchedPrefix = /^(i|sg|subnet|rtb|vpc)-/iu;

type Reader = (call: Call) => readonly Target[] | undefined;

/** An id, or what ends an ARN. */
const targets = (ids: readonly unknown[]): readonly Target[] =>
  ids.flatMap((value) => {
    const id = text(value)?.split("/").at(-1)?.slice(0, 64);
    return id === undefined || id === "" ? [] : [{ kind: "ec2" as const, id }];
  });

/** The id under a parameter; what the call touches shows in its region. */
const param =
  (...paths: readonly (readonly string[])[]): Reader =>
  ({ params }) =>
    targets(paths.map((path) => field(params, ...path)));

const answer =
  (...path: readonly string[]): Reader =>
  ({ response }) =>
    targets([field(response, ...path)]);

const instancesOf = (part: unknown): readonly Target[] =>
  targets(items(field(part, "instancesSet")).map((item) => field(item, "instanceId")));

/** Calls on associations name no instance, but the answer does. */
const associated =
  (call: string): Reader =>
  ({ params, response }) =>
    first(
      targets([field(params, `${call}Request`, "InstanceId")]),
      ...[field(response, `${call}Response`), response].map((answered) =>
        targets([field(answered, "iamInstanceProfileAssociation", "instanceId")]),
      ),
    );

const first = (...lists: readonly (readonly Target[])[]): readonly Target[] =>
  lists.find((list) => list.length > 0) ?? [];

/** CreateTags names many resources of many kinds; what is not of ours leads nowhere. */
const ofTagged: Reader = ({ params }) => {
  const ids = targets(items(field(params, "resourcesSet")).map((item) => field(item, "resourceId")));
  const ours = ids.filter((target) => target.kind === "ec2" && watchedPrefix.test(target.id));
  return ids.length > 0 && ours.length === 0 ? undefined : ours;
};

const row = (name: string, reader: Reader): EventRow => ({
  service: "ec2",
  name,
  otherwise: "region",
  targets: reader,
});

export const ec2Rows: readonly EventRow[] = [
  row("CreateTags", ofTagged),
  row("DeleteTags", ofTagged),
  // With a launch template or Auto Scaling the request says little: the ids are in the answer.
  row("RunInstances", ({ response }) => instancesOf(response)),
  row("CreateFleet", ({ response }) =>
    targets(
      items(field(response, "CreateFleetResponse", "fleetInstanceSet")).flatMap((item) =>
        items(field(item, "instanceIds")),
      ),
    ),
  ),
  row("TerminateInstances", ({ params }) => instancesOf(params)),
  row("ModifyInstanceAttribute", param(["instanceId"])),
  ...[
    "AssociateIamInstanceProfile",
    "ReplaceIamInstanceProfileAssociation",
    "DisassociateIamInstanceProfile",
  ].map((name) => row(name, associated(name))),
  row("AttachNetworkInterface", param(["instanceId"])),
  row("DetachNetworkInterface", () => []),
  row("ModifyNetworkInterfaceAttribute", () => []),
  row("CreateSecurityGroup", answer("groupId")),
  row("DeleteSecurityGroup", param(["groupId"])),
  row("CreateSubnet", answer("subnet", "subnetId")),
  row("DeleteSubnet", param(["subnetId"])),
  row("CreateRouteTable", answer("routeTable", "routeTableId")),
  row("DeleteRouteTable", param(["routeTableId"])),
  row("AssociateRouteTable", param(["routeTableId"], ["subnetId"])),
  row("ReplaceRouteTableAssociation", param(["routeTableId"])),
  row("DisassociateRouteTable", () => []),
  row("CreateRoute", param(["routeTableId"])),
  row("ReplaceRoute", param(["routeTableId"])),
  row("DeleteRoute", param(["routeTableId"])),
];
