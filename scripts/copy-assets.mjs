// The constructs read scripts and the types of their props from beside them, and helm is run by a thread of plain JavaScript: also
// where they are compiled.
import { cpSync, statSync } from 'node:fs';

cpSync('lib', 'build/lib', { recursive: true, filter: (path) => statSync(path).isDirectory() || /\.(py|sh|cjs|json)$/.test(path) });
