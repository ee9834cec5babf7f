import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { referencePages } from './docs/reference';

// Writes the pages of docs/reference/ that tell what synth makes, and of every prop.

for (const [path, text] of Object.entries(referencePages())) writeFileSync(join(resolve(__dirname, '..'), path), text);
