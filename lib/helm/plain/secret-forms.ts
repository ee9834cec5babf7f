import { createHash } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HASHES = ['md5', 'sha1', 'sha256', 'sha512'];

/** How a text may stand elsewhere: in other codes, and hashed. In lower case, in which it is to be looked for. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const digests = HASHES.map((name) => createHash(name).update(bytes).digest());
  return [
    text.toLowerCase(),
    bytes.toString('hex'),
    base32(bytes),
    [...text].reverse().join('').toLowerCase(),
    ...digests.flatMap((digest) => [digest.toString('hex'), digest.toString('base64').replace(/=+$/, '').toLowerCase()]),
  ];
}

/** Without what fills the last group. */
function base32(bytes: Buffer): string {
  let [text, bits, value] = ['', 0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >> (bits - 5)) & 31];
  }
  return (bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text).toLowerCase();
}
