import type { RemediationStep } from "../../model/result.ts";
import { shellQuote } from "../../remediation/shell.ts";
import type { Item } from "./region-index.ts";

/** A resource as far as a command needs it. */
export type Tagged = Pick<Item, "id" | "tags">;
type Tag = readonly [key: string, value: string];

/** The ids of EC2; anything else in a saved file is not put into a command. */
const ec2Id = /^[a-z]{1,8}-[0-9A-Za-z][0-9A-Za-z-]{0,31}$/;
/** Keys and values that the CLI's shorthand takes as they are. */
const shorthand = /^[A-Za-z0-9][A-Za-z0-9_./:@+-]*$/;
/** AWS's limit on tags of one resource; those of `aws:` do not count. */
const mostTags = 50;

/** A step that sets tags, as `aws ec2 create-tags`, which overwrites the value of a key that is there. */
export function createTagsStep(text: string, region: string, items: readonly Tagged[], tags: readonly Tag[]) {
  const full = items.filter((item) => !fits(item, tags));
  const room =
    full.length === 0
      ? ""
      : ` (${full.map(({ id }) => id).join(", ")} already has ${mostTags} tags, AWS's limit: delete one that is not needed first)`;
  return step(text + room, "create-tags", region, items, tagArgument(tags));
}

/** A step that deletes tags by key, whatever their values. */
export const deleteTagsStep = (
  text: string,
  region: string,
  items: readonly Tagged[],
  keys: readonly string[],
): RemediationStep => step(text, "delete-tags", region, items, keyArgument(keys));

/** What a tag that takes another's place should say: as it said; a hand that tags a subnet should not make it deletable. */
export const heirOf = ({ type, read }: Item): "owned" | "shared" =>
  type === "instance" || read.keys.some(({ value }) => value === "owned") ? "owned" : "shared";

/** Two commands in one step: what is deleted must not be missed if setting the tag fails. */
export function renameTagStep(
  text: string,
  region: string,
  item: Tagged,
  from: readonly string[],
  to: Tag,
): RemediationStep {
  const create = createTagsStep(text, region, [item], [to]);
  const { command } = deleteTagsStep(text, region, [item], from);
  return create.command === undefined || command === undefined
    ? create
    : { text: create.text, command: `${create.command} && ${command}` };
}

function step(
  text: string,
  verb: "create-tags" | "delete-tags",
  region: string,
  items: readonly Tagged[],
  tags: string,
): RemediationStep {
  const ids = items.map(({ id }) => id);
  if (!ids.every((id) => ec2Id.test(id))) return { text };
  const resources = ids.map(shellQuote).join(" ");
  return {
    text,
    command: `aws ec2 ${verb} --region ${shellQuote(region)} --resources ${resources} --tags ${tags}`,
  };
}

function tagArgument(tags: readonly Tag[]): string {
  if (tags.every(([key, value]) => shorthand.test(key) && shorthand.test(value)))
    return tags.map(([key, value]) => shellQuote(`Key=${key},Value=${value}`)).join(" ");
  return shellQuote(JSON.stringify(tags.map(([Key, Value]) => ({ Key, Value }))));
}

function keyArgument(keys: readonly string[]): string {
  if (keys.every((key) => shorthand.test(key))) return keys.map((key) => shellQuote(`Key=${key}`)).join(" ");
  return shellQuote(JSON.stringify(keys.map((Key) => ({ Key }))));
}

function fits({ tags }: Tagged, wanted: readonly Tag[]): boolean {
  if (tags.size < mostTags) return true;
  let taken = 0;
  for (const key of tags.keys()) if (!key.startsWith("aws:")) taken += 1;
  const added = wanted.filter(([key]) => !tags.has(key)).length;
  return taken + added <= mostTags;
}
