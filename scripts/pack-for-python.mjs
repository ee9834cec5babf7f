// Makes the tarball that goes into the Python package, in the copy of the project where jsii-pacmak runs this.
//
// What is in lists and maps jsii's kernel would check before the library gets it: it tells of a wrong value by a tree of types, and drops without a
// word what a dict has under a name of Python's. The library checks the same and names the prop, so the kernel is told to let it through. The types
// that Python code sees are made from the assembly as it is.
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
for (const { datatype, properties = [], methods = [], initializer } of Object.values(assembly.types)) {
  const given = [...methods, ...(initializer ? [initializer] : [])].flatMap(({ parameters = [] }) => parameters);
  for (const { type } of datatype ? [...properties, ...given] : given) {
    if (type.collection) type.collection.elementtype = { primitive: 'any' };
  }
}
writeFileSync('.jsii', JSON.stringify(assembly));
execSync('npm pack', { stdio: ['ignore', 'inherit', 'inherit'] });
