import { fc } from "../fast-check";
import {
  everyAddress,
  formatAddress,
  intersect,
  namesPort,
  noAddress,
  parseRange,
  subtract,
  unite,
  type AddressRange,
  type AddressSet,
} from "../../lib/rules/address-ranges";
import {
  admits,
  droppedBy,
  shadowed,
  verdictOf,
  type SecurityGroupRule,
} from "../../lib/rules/security-group";

const largest = 2 ** 32 - 1;
const address = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: largest }));
const range = fc
  .tuple(address, address)
  .map(([one, other]): AddressRange => ({ first: Math.min(one, other), last: Math.max(one, other) }));
const set = fc.array(range, { maxLength: 6 }).map((ranges): AddressSet => {
  return ranges.reduce<AddressSet>((all, next) => unite(all, [next]), noAddress);
});

const has = (ranges: AddressSet, value: number): boolean =>
  ranges.some(({ first, last }) => value >= first && value <= last);

/** Values where something can change: the ends of all ranges, and their neighbours. */
function edges(...sets: readonly AddressSet[]): number[] {
  return sets
    .flat()
    .flatMap(({ first, last }) => [first - 1, first, last, last + 1])
    .filter((value) => value >= 0 && value <= largest);
}

describe("sets of addresses", () => {
  test("have what either has, both have, or only the first has", () => {
    fc.assert(
      fc.property(set, set, range, (one, other, cut) => {
        for (const value of edges(one, other, [cut])) {
          expect(has(unite(one, other), value)).toBe(has(one, value) || has(other, value));
          expect(has(intersect(one, cut), value)).toBe(has(one, value) && has([cut], value));
          expect(has(subtract(one, cut), value)).toBe(has(one, value) && !has([cut], value));
        }
      }),
    );
  });

  test("are in order, without overlaps and without neighbours that are one", () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const united = unite(one, other);
        united.forEach((part, index) => {
          expect(part.first).toBeLessThanOrEqual(part.last);
          const next = united[index + 1];
          if (next) expect(next.first).toBeGreaterThan(part.last + 1);
        });
      }),
    );
  });
});

describe("a range", () => {
  test.each([
    ["0.0.0.0/0", "0.0.0.0", "255.255.255.255"],
    ["10.0.0.0/8", "10.0.0.0", "10.255.255.255"],
    ["10.1.2.3/8", "10.0.0.0", "10.255.255.255"],
    ["192.168.1.0/31", "192.168.1.0", "192.168.1.1"],
    ["203.0.113.7", "203.0.113.7", "203.0.113.7"],
    ["203.0.113.7/32", "203.0.113.7", "203.0.113.7"],
  ])("%s goes from %s to %s", (text, first, last) => {
    const parsed = parseRange(text);
    expect(parsed && [formatAddress(parsed.first), formatAddress(parsed.last)]).toEqual([first, last]);
  });

  test.each(["", "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/", "::1", "office", "1.2.3.4.5"])(
    "fails to be read from %p",
    (text) => expect(parseRange(text)).toBeUndefined(),
  );

  test("is read back from every address", () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(parseRange(formatAddress(value))).toEqual({ first: value, last: value });
      }),
    );
  });

  test("has as many addresses as its prefix leaves", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (value, prefix) => {
        const parsed = parseRange(`${formatAddress(value)}/${prefix}`);
        expect(parsed && parsed.last - parsed.first + 1).toBe(2 ** (32 - prefix));
        expect(parsed && has([parsed], value)).toBe(true);
      }),
    );
  });
});

test.each([
  ["80", 80, true],
  ["80", 81, false],
  ["80-90", 80, true],
  ["80-90", 90, true],
  ["80-90", 91, false],
  ["80,443", 443, true],
  ["80, 8000-8100", 8050, true],
  ["ALL", 1, true],
  ["all", 65_535, true],
  ["90-80", 85, undefined],
  ["65536", 80, undefined],
  ["http", 80, undefined],
  ["", 80, undefined],
])("the ports %p and %d: %p", (text, port, expected) => {
  expect(namesPort(text, port)).toBe(expected);
});

const rule = fc.record<SecurityGroupRule>({
  action: fc.constantFrom("allow", "drop"),
  source: fc
    .tuple(address, fc.integer({ min: 0, max: 32 }))
    .map(([value, prefix]) => `${formatAddress(value)}/${prefix}`),
  port: fc.constantFrom("80", "80-90", "ALL", "81"),
  protocol: fc.constantFrom("TCP", "UDP", "ALL"),
});

describe("a security group", () => {
  const connection = { protocol: "TCP", port: 80 } as const;
  const fitting = (rules: readonly SecurityGroupRule[]) =>
    rules.filter(({ port, protocol }) => port !== "81" && protocol !== "UDP");

  test("lets in whom the first rule that fits allows, and nobody else", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), address, (rules, client) => {
        const verdict = verdictOf(rules, connection);
        const first = fitting(rules).find(({ source }) =>
          has([parseRange(source) ?? { first: 1, last: 0 }], client),
        );
        expect(verdict && admits(verdict, { first: client, last: client })).toBe(first?.action === "allow");
      }),
    );
  });

  test("names the rule that drops somebody, and a rule to add before it lets them in", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), address, (rules, client) => {
        const who = { first: client, last: client };
        const verdict = verdictOf(rules, connection);
        if (!verdict || admits(verdict, who)) return;
        const position = droppedBy(verdict, who)?.index ?? rules.length;
        const added: SecurityGroupRule = {
          action: "allow",
          source: formatAddress(client),
          port: "80",
          protocol: "TCP",
        };
        const mended = verdictOf([...rules.slice(0, position), added, ...rules.slice(position)], connection);
        expect(mended && admits(mended, who)).toBe(true);
      }),
    );
  });

  test("stays the same without the rules that never apply", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const verdict = verdictOf(rules, connection);
        const useless = new Set(verdict && shadowed(verdict).map(({ rule: hidden }) => hidden.index));
        const others = verdictOf(
          rules.filter((_, index) => !useless.has(index)),
          connection,
        );
        expect(others?.admitted).toEqual(verdict?.admitted);
      }),
    );
  });

  test("is not judged where it depends on another group", () => {
    expect(
      verdictOf([{ action: "allow", source: "sg-1", port: "ALL", protocol: "ALL" }], connection),
    ).toBeUndefined();
    expect(verdictOf([{ action: "allow", source: "sg-1", port: "81", protocol: "ALL" }], connection)).toEqual(
      {
        admitted: [],
        decisions: [],
      },
    );
  });

  test("with rules for IPv6 only lets no IPv4 address in", () => {
    const verdict = verdictOf(
      [{ action: "allow", source: "::/0", port: "ALL", protocol: "ALL" }],
      connection,
    );
    expect(verdict?.admitted).toEqual(noAddress);
    expect(everyAddress).toHaveLength(1);
  });
});
