import { isRegionName } from "../model/region-name.ts";
import type { Guess } from "./guess.ts";
import type { RoleSignals } from "./role-signals.ts";

const dockerAccount = "689684103426";
const ended =
  "Docker Cloud ended on 21 May 2018. Once nothing needs a role of it, put `expect: absent` there and delete the role.";

/** Docker Cloud's own account in the trust policy is enough; its role names need something beside them. */
export function guessDockerCloud(signals: RoleSignals, account: string): Guess | undefined {
  const { role, accounts, externalIds, statements, policyNames, tags } = signals;
  const because: string[] = [];
  const trusted = accounts.has(dockerAccount);
  if (trusted) because.push(`its trust policy lets in Docker Cloud's account ${dockerAccount}`);
  const named = /^dockercloud-(swarm-)?role(-.+)?$/.test(role.name);
  const exact = role.name === "dockercloud-role" || role.name === "dockercloud-swarm-role";
  const tagged = tags.some((tag) => /docker[ -]?cloud/i.test(tag));
  const beside: string[] = [];
  if ([...accounts].some((each) => each !== account)) beside.push("its trust policy lets in another account");
  if (externalIds.length > 0) beside.push("its trust policy asks for an ExternalId");
  const policy = policyNames.find((name) => /^dockercloud-(swarm-)?policy/.test(name));
  if (policy !== undefined) beside.push(`it carries the policy ${policy}`);
  if (signals.actions.has("ec2:*")) beside.push("it allows ec2:*");
  if (!trusted && !exact && !((named || tagged) && beside.length > 0)) return undefined;
  if (named) because.push("its name is the one that Docker Cloud's document gives");
  if (tagged) because.push("it is tagged for Docker Cloud");
  because.push(...(trusted ? beside.filter((sign) => !sign.includes("another account")) : beside));
  // A role of another name was not made by the document's steps: what for is for a person to say.
  if (!named && !tagged) {
    return {
      platform: "docker-cloud",
      role: role.name,
      what: "a role that Docker Cloud can use, under a name that its documents do not give",
      keys: { expect: "absent" },
      because,
      notes: [ended],
    };
  }
  const swarm =
    role.name.startsWith("dockercloud-swarm-role") || policyNames.includes("dockercloud-swarm-policy");
  const nodeClusters = swarm && policyNames.includes("dockercloud-policy");
  const region = swarm && !nodeClusters ? undefined : oneRegion(statements);
  return {
    platform: "docker-cloud",
    role: role.name,
    what: swarm ? "the Swarm mode role of Docker Cloud" : "the role of Docker Cloud",
    keys: {
      ...(swarm ? { swarm: true } : {}),
      ...(nodeClusters ? { nodeClusters: true } : {}),
      externalId: "${env:DOCKERCLOUD_ID}",
      ...(region === undefined ? {} : { region }),
    },
    because,
    notes: [
      ended,
      "DOCKERCLOUD_ID is your Docker Cloud user or organization name, which the trust policy asks for.",
    ],
  };
}

/** The one region that ec2:* is limited to. */
function oneRegion(statements: RoleSignals["statements"]): string | undefined {
  const values = statements
    .filter(({ actions }) => actions.patterns.some((pattern) => /^ec2:/i.test(pattern)))
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, operator }) => key.toLowerCase() === "ec2:region" && operator.name.startsWith("String"))
    .flatMap((condition) => condition.values);
  const [region] = values;
  return new Set(values).size === 1 && region !== undefined && isRegionName(region) ? region : undefined;
}
