import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';

/** In PEM format. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of the tests' own, and the certificates that it has signed: by the names that they are for. */
export class Authority {
  private readonly folder = temporaryFolder();

  constructor() {
    this.openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=tests', '-days', '2');
  }

  get certificate(): string {
    return this.read('ca.crt');
  }

  sign(name: string): Certificate {
    this.openssl(
      'req',
      ...NEW_KEY,
      '-keyout',
      'one.key',
      '-out',
      'one.csr',
      '-subj',
      `/CN=${name.slice(0, 60)}`,
      '-addext',
      `subjectAltName=DNS:${name}`,
    );
    this.openssl(
      'x509',
      '-req',
      '-in',
      'one.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
      '-out',
      'one.crt',
    );
    return { certificate: this.read('one.crt'), key: this.read('one.key') };
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }

  private read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
