/** Sets of IPv4 addresses, and the ports of security groups. */

/** Addresses as numbers, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Ranges in order that neither overlap nor touch. */
export type AddressSet = readonly AddressRange[];

const LARGEST_ADDRESS = 2 ** 32 - 1;
const LARGEST_PORT = 65_535;

export const noAddress: AddressSet = [];
export const everyAddress: AddressSet = [{ first: 0, last: LARGEST_ADDRESS }];

/** `10.0.0.1` or `10.0.0.0/8`; undefined for any other text. Bits behind the prefix do not matter. */
export function parseRange(text: string): AddressRange | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const bytes = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? 32 : Number(match[5]);
  if (prefix > 32 || bytes.some((byte) => byte > 255)) return undefined;
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The part of a set that lies in a range. */
export function intersect(set: AddressSet, range: AddressRange): AddressSet {
  return set.flatMap(({ first, last }) => {
    const common = { first: Math.max(first, range.first), last: Math.min(last, range.last) };
    return common.first <= common.last ? [common] : [];
  });
}

/** The part of a set that lies outside of a range. */
export function subtract(set: AddressSet, range: AddressRange): AddressSet {
  return set.flatMap(({ first, last }) => {
    if (last < range.first || first > range.last) return [{ first, last }];
    return [
      ...(first < range.first ? [{ first, last: range.first - 1 }] : []),
      ...(last > range.last ? [{ first: range.last + 1, last }] : []),
    ];
  });
}

/** Both sets together. */
export function unite(left: AddressSet, right: AddressSet): AddressSet {
  const united: { first: number; last: number }[] = [];
  for (const { first, last } of [...left, ...right].sort((one, other) => one.first - other.first)) {
    const previous = united[united.length - 1];
    if (previous && first <= previous.last + 1) previous.last = Math.max(previous.last, last);
    else united.push({ first, last });
  }
  return united;
}

export function isEmptySet(set: AddressSet): boolean {
  return set.length === 0;
}

/** Whether `80`, `80-90`, `80,443` or `ALL` names a port; undefined for any other text. */
export function namesPort(text: string, port: number): boolean | undefined {
  if (text.trim().toUpperCase() === "ALL") return true;
  let found = false;
  for (const part of text.split(",")) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim());
    if (!match) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (first > last || last > LARGEST_PORT) return undefined;
    if (port >= first && port <= last) found = true;
  }
  return found;
}
