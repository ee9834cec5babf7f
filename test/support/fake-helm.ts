import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program in the place of helm: a shell script, in which `$values` is "-" where the values are its input. */
export function fakeHelm(folder: string, script: string, name = 'helm'): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nfor arg; do case $arg in --values=*) values=\${arg#--values=} ;; esac; done\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
