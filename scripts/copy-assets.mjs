// The constructs read Python scripts and the types of their props from beside them, and helm is run by a thread of plain JavaScript: also
// where they are compiled.
import { cpSync, statSync } from 'node:fs';

cpSync('lib', 'build/js', { recursive: true, filter: (path) => statSync(path).isDirectory() || /\.(py|cjs|json)$/.test(path) });
