import type { Scope } from "../model/scope.ts";
import { unknownActor } from "./actor.ts";
import { field, text } from "./field.ts";
import type { ReadEvent } from "./model.ts";

/** Resource types of "Tag Change on Resource" that are watched, by service. */
export const taggedTypes: Readonly<Record<string, readonly string[]>> = {
  ec2: ["instance", "security-group", "subnet", "route-table", "vpc"],
  iam: ["role"],
};

/**
 * A change of tags as `aws.tag` tells it, whoever made it and by whatever call. It names the resource
 * (`resources[0]`) and nobody who did it.
 */
export function readTagEvent(event: unknown, account: string, region: string): ReadEvent {
  const name = "Tag Change on Resource";
  const service = text(field(event, "detail", "service")) ?? "";
  const arn = text(field(event, "resources", "0"), 2048);
  const type = text(field(event, "detail", "resource-type")) ?? arn?.split(":")[5]?.split("/")[0] ?? "";
  const types = Object.hasOwn(taggedTypes, service) ? taggedTypes[service] : undefined;
  if (types === undefined) return { kind: "ignored", reason: "another service", name };
  if (!types.includes(type)) return { kind: "ignored", reason: "no resource we watch", name };
  const id = arn?.split("/").at(-1);
  const whole: Scope = service === "iam" ? { kind: "account", account } : { kind: "region", account, region };
  const scope: Scope = service === "iam" && id !== undefined ? { kind: "role", account, name: id } : whole;
  return {
    kind: "change",
    change: {
      cause: {
        event: text(field(event, "id")) ?? "",
        action: "tag:TagChange",
        at: text(field(event, "time")) ?? "",
        actor: unknownActor,
        about: id === undefined ? [] : [id],
      },
      account,
      region,
      scopes: [scope],
      ...(id === undefined ? { widened: "the event names no resource" } : {}),
    },
  };
}
