import type { IAMClient } from "@aws-sdk/client-iam";
import { readPolicyDetail } from "../gather/read-iam.ts";
import type { ManagedPolicyFacts } from "../model/facts.ts";
import { type Denied, denied, type Found, found, type Seen } from "../model/seen.ts";
import { read, readPages, vanished } from "./read.ts";

type Sdk = typeof import("./iam-sdk.ts");
/** Answers that say where the next page begins. */
interface Marked {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** The three ways of asking IAM. `action` is the permission that the call needs. */
export class IamCalls {
  readonly #client: () => Promise<IAMClient>;

  constructor(client: () => Promise<IAMClient>) {
    this.#client = client;
  }

  one<T>(action: string, call: (client: IAMClient, sdk: Sdk) => Promise<T>): Promise<Seen<T>> {
    return read(action, async () => call(await this.#client(), await import("./iam-sdk.ts")));
  }

  /** Hands on page after page; what comes back is why they are not all. */
  pages<T extends Marked>(
    action: string,
    call: (client: IAMClient, sdk: Sdk, marker: string | undefined) => Promise<T>,
    take: (page: T) => void,
  ): ReturnType<typeof readPages> {
    return readPages(
      action,
      async (marker) => call(await this.#client(), await import("./iam-sdk.ts"), marker),
      (page) => ({ more: page.IsTruncated === true, token: page.Marker }),
      take,
    );
  }

  /** All items of a list that hangs on something known to be there: seen whole, or not at all. */
  async list<T extends Marked, I>(
    action: string,
    call: (client: IAMClient, sdk: Sdk, marker: string | undefined) => Promise<T>,
    items: (page: T) => readonly (I | undefined)[],
  ): Promise<Found<readonly I[]> | Denied> {
    const all: (I | undefined)[] = [];
    const end = await this.pages(action, call, (page) => all.push(...items(page)));
    if (end?.at === "absent") return vanished(action);
    if (end !== undefined) return end;
    const whole: I[] = [];
    for (const item of all) {
      if (item === undefined) return denied(action, "an entry of the reply cannot be read");
      whole.push(item);
    }
    return found(whole);
  }

  /**
   * A managed policy with its default version alone, in the shape that the account's details have. It was
   * named a moment ago, so that it is gone is no answer.
   */
  async policy(arn: string): Promise<Found<PolicyDetail> | Denied> {
    const policy = await this.one("iam:GetPolicy", (client, sdk) =>
      client.send(new sdk.GetPolicyCommand({ PolicyArn: arn })),
    );
    if (policy.at === "denied") return policy;
    const VersionId = policy.at === "found" ? policy.value.Policy?.DefaultVersionId : undefined;
    if (policy.at === "absent" || VersionId === undefined) return vanished("iam:GetPolicy");
    const action = "iam:GetPolicyVersion";
    const version = await this.one(action, (client, sdk) =>
      client.send(new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId })),
    );
    if (version.at === "denied") return version;
    const detail = {
      ...policy.value.Policy,
      Arn: arn,
      PolicyVersionList: version.at === "found" ? [version.value.PolicyVersion] : [],
    };
    const facts = readPolicyDetail(detail);
    return facts === undefined ? vanished(action) : found({ detail, facts });
  }
}

export interface PolicyDetail {
  readonly detail: object;
  readonly facts: ManagedPolicyFacts;
}
