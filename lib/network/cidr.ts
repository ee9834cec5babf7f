import { isIP } from 'node:net';

/** A block of addresses, each in its groups: four of 8 bits, or eight of 16. */
interface Block {
  readonly version: number;
  readonly groups: readonly number[];
  readonly length: number;
}

/** What a text that should be a block in CIDR notation should be instead; undefined where it is right. */
export function cidrProblem(text: string): string | undefined {
  const block = parseCidr(text);
  if (!block) return 'expected a block in CIDR notation, as in "10.0.0.0/8" or "2001:db8::/32"';
  const first = formatCidr({ ...block, groups: firstOf(block) });
  return first === formatCidr(block) ? undefined : `expected the first address of the block: ${JSON.stringify(first)}`;
}

/** What has been asked of two blocks: the check of NetworkPolicies asks the same for each pair of pods. */
const contained = new Map<string, boolean>();

/** Whether all addresses of a block are in another; false where one is no block at all. */
export function containsCidr(outer: string, inner: string): boolean {
  const blocks = `${outer} ${inner}`;
  const known = contained.get(blocks) ?? isIn(parseCidr(outer), parseCidr(inner));
  contained.set(blocks, known);
  return known;
}

function isIn(a: Block | undefined, b: Block | undefined): boolean {
  if (!a || !b || a.version !== b.version || a.length > b.length) return false;
  return String(firstOf(a)) === String(firstOf({ ...b, length: a.length }));
}

export function overlapCidrs(a: string, b: string): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}

function parseCidr(text: string): Block | undefined {
  const [, address, digits] = /^([\d.]+|[\da-f:.]+)\/(0|[1-9]\d{0,2})$/i.exec(text) ?? [];
  const version = isIP(address ?? '');
  const length = Number(digits);
  if (version === 0 || length > (version === 4 ? 32 : 128)) return undefined;
  return { version, groups: version === 4 ? address.split('.').map(Number) : groupsOfIpv6(address), length };
}

/** URL writes what may be shortened in many ways in one: at most one `::`, and no dots. */
function groupsOfIpv6(address: string): number[] {
  const [head, tail] = shortened(address)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = tail ? new Array(8 - head.length - tail.length).fill('0') : [];
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** The first address of a block: the bits behind its length are zero. */
function firstOf({ version, groups, length }: Block): number[] {
  const bits = version === 4 ? 8 : 16;
  return groups.map((group, index) => {
    const free = bits - Math.min(Math.max(length - index * bits, 0), bits);
    return group - (group % 2 ** free);
  });
}

function formatCidr({ version, groups, length }: Block): string {
  const address = version === 4 ? groups.join('.') : shortened(groups.map((group) => group.toString(16)).join(':'));
  return `${address}/${length}`;
}
