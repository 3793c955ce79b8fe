import { orderedFamily } from "./ordered.ts";

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(?:Z|([+-])(\d\d):(\d\d)))?$/;

/**
 * Moments in milliseconds: ISO 8601 with a zone, or seconds since 1970. Four digits alone could be a
 * year or seconds, and are neither.
 */
export const date = orderedFamily({
  beside: 1000n,
  read(text) {
    if (/^(?:\d{1,3}|\d{5,12})$/.test(text)) return BigInt(text) * 1000n;
    const parts = iso.exec(text);
    if (parts === null) return undefined;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
      .slice(1, 7)
      .map((part) => Number(part ?? 0));
    const [zoneHours, zoneMinutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
    if (hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59) return undefined;
    const moment = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, milliseconds(parts[7])));
    moment.setUTCFullYear(year, month - 1, day);
    if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return undefined;
    const ahead = (zoneHours * 60 + zoneMinutes) * 60_000;
    return BigInt(moment.getTime() - (parts[8] === "-" ? -ahead : ahead));
  },
  write: (position) => new Date(Number(position)).toISOString().replace(".000Z", "Z"),
});

const milliseconds = (digits: string | undefined): number => Number((digits ?? "0").padEnd(3, "0"));
