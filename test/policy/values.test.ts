import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMapped, readAddress, readRange } from "../../lib/policy/values/address.ts";
import { readBytes } from "../../lib/policy/values/bytes.ts";
import { readDecimal } from "../../lib/policy/values/decimal.ts";
import { readMoment } from "../../lib/policy/values/moment.ts";

const address = fc.oneof(fc.ipV4(), fc.ipV6());

describe("an address", () => {
  it("is read when, and only when, Node takes it for one", () => {
    const near = fc
      .tuple(address, fc.nat(40), fc.constantFrom("", ".", ":", "::", "0", "256", "g", " ", "/"))
      .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at));
    fc.assert(
      fc.property(fc.oneof(address, near), (text) => {
        expect(readAddress(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("lies in a range when, and only when, Node's list of blocks has it", () => {
    const flipped = fc.tuple(address, fc.nat(128), fc.boolean());
    let met = 0;
    fc.assert(
      fc.property(flipped, address, ([base, length, near], other) => {
        const version = isIP(base);
        const text = near ? base : other;
        const prefix = version === 4 ? length % 33 : length;
        const [range, actual] = [readRange(`${base}/${prefix}`), readAddress(text)];
        if (range === undefined || actual === undefined || isMapped(range) || isMapped(actual)) return;
        const blocks = new BlockList();
        blocks.addSubnet(base, prefix, version === 4 ? "ipv4" : "ipv6");
        const family = isIP(text) === 4 ? "ipv4" : "ipv6";
        const within = range.width === actual.width && range.from <= actual.from && actual.to <= range.to;
        const expected = family === (version === 4 ? "ipv4" : "ipv6") && blocks.check(text, family);
        if (expected) met++;
        expect(within).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    expect(met).toBeGreaterThan(500);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "010.0.0.0/8", "/8"])(
    "%s is no range",
    (text) => expect(readRange(text)).toBeUndefined(),
  );
});

describe("a moment", () => {
  it("is what Date makes of it, whatever its zone", () => {
    const zone = fc.tuple(fc.constantFrom("+", "-"), fc.nat(23), fc.nat(59));
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        zone,
        (date, [sign, hours, minutes]) => {
          const offset = (hours * 60 + minutes) * (sign === "+" ? 1 : -1);
          const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
          const two = (number: number) => String(number).padStart(2, "0");
          fc.pre(/^\d{4}-/.test(local));
          expect(readMoment(`${local}${sign}${two(hours)}:${two(minutes)}`)).toBe(BigInt(date.getTime()));
          expect(readMoment(date.toISOString())).toBe(BigInt(date.getTime()));
        },
      ),
    );
  });

  it.each<[string, bigint | undefined]>([
    ["0", 0n],
    ["1577836800", 1_577_836_800_000n],
    ["2020-02-29", 1_582_934_400_000n],
    ["2020-02-30", undefined],
    ["2021-02-29T00:00:00Z", undefined],
    ["2020", undefined],
    ["2020-01-01T00:00:00", undefined],
    ["2020-01-01T24:00:00Z", undefined],
    [" 0", undefined],
  ])("%s is %s", (text, moment) => expect(readMoment(text)).toBe(moment));
});

describe("a number", () => {
  it("keeps every digit, and the order of fractions", () => {
    const digits = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(30));
    const written = digits.map(([units, scale]) => {
      const text = String(units < 0n ? -units : units).padStart(scale + 1, "0");
      const whole = text.slice(0, text.length - scale);
      const fraction = scale === 0 ? "" : `.${text.slice(text.length - scale)}`;
      return { text: `${units < 0n ? "-" : ""}${whole}${fraction}`, units, scale: BigInt(scale) };
    });
    fc.assert(
      fc.property(written, written, (one, other) => {
        const [a, b] = [readDecimal(one.text) ?? 0n, readDecimal(other.text) ?? 0n];
        const [x, y] = [one.units * 10n ** other.scale, other.units * 10n ** one.scale];
        expect(Math.sign(Number(a - b))).toBe(Math.sign(Number(x - y)));
      }),
    );
  });

  it.each(["", "1e3", ".5", "5.", "+1", "0x10", "1 ", "ten"])("%j is none", (text) =>
    expect(readDecimal(text)).toBeUndefined(),
  );
});

describe("bytes", () => {
  it("are what Node's decoder makes of their base64, and nothing else is base64", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(readBytes(text)).toBe(Buffer.from(bytes).toString("latin1"));
        if (text.endsWith("=")) expect(readBytes(text.slice(0, -1))).toBeUndefined();
      }),
    );
    expect(readBytes("?")).toBeUndefined();
  });
});
