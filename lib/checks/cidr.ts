import { BlockList, isIP } from 'node:net';

/** Whether all addresses of a block are in another; false where one is no block at all. */
export function containsCidr(outer: string, inner: string): boolean {
  const [outerAddress, outerLength] = outer.split('/');
  const [innerAddress, innerLength] = inner.split('/');
  const version = isIP(outerAddress);
  if (version === 0 || isIP(innerAddress) !== version || Number(outerLength) > Number(innerLength)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(outerAddress, Number(outerLength), family);
  return block.check(innerAddress, family);
}

export function overlapCidrs(a: string, b: string): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}
