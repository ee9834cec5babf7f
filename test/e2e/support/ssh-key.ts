import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** A pair of keys, in the forms that OpenSSH reads. */
export interface SshKey {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function makeSshKey(): SshKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKey, publicKey: publicKeyLine(createPublicKey(publicKey).export({ format: 'jwk' })) };
}

/** The line of an authorized_keys file. @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
function publicKeyLine({ e = '', n = '' }: JsonWebKey): string {
  const parts = [Buffer.from('ssh-rsa'), positive(e), positive(n)];
  return `ssh-rsa ${Buffer.concat(parts.flatMap((part) => [lengthOf(part), part])).toString('base64')}`;
}

/** A number whose first bit is set would be a negative one. */
function positive(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return bytes[0] & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}
