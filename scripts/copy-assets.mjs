// The constructs read their Python scripts from beside them, and helm is run by a thread of plain JavaScript: also where they are compiled.
import { cpSync, statSync } from 'node:fs';

cpSync('lib', 'build/js', { recursive: true, filter: (path) => statSync(path).isDirectory() || /\.(py|cjs)$/.test(path) });
