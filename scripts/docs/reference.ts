import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowsPage } from './reference/flows';
import { objectsPage } from './reference/objects';
import { propsPage } from './reference/props';
import { secretsPage } from './reference/secrets';

/** The pages that are written from what synth makes, and from the docstrings, by file. */
export function referencePages(): { readonly [path: string]: string } {
  return {
    'docs/reference/every-prop.md': propsPage(),
    'docs/reference/objects.md': objectsPage(),
    'docs/reference/network-flows.md': flowsPage(),
    'docs/reference/secrets.md': secretsPage(),
  };
}

/** Pages that are not as they would be written now. */
export function checkReference(root: string): string[] {
  return Object.entries(referencePages()).flatMap(([path, text]) => {
    const current = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
    return current === text ? [] : [`${path}: it is not what it would be now; run npm run docs:reference`];
  });
}
