// The constructs read their Python scripts from beside them, also where they have been compiled.
import { cpSync, statSync } from 'node:fs';

cpSync('lib', 'build/js', { recursive: true, filter: (path) => statSync(path).isDirectory() || path.endsWith('.py') });
