import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from '../support/process';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(120_000);

afterAll(removeTemporaryFolders);

/** What jsii says of a type or of a part of it. */
interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
}

interface Property extends Documented {
  readonly optional?: boolean;
}

interface Method extends Documented {
  readonly parameters?: readonly Property[];
}

interface Type extends Documented {
  readonly datatype?: boolean;
  readonly initializer?: Method;
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly Documented[];
}

const types: readonly Type[] = Object.values(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).types);

test('API.md is made from the docstrings as they are', async () => {
  // GIVEN
  const fresh = join(temporaryFolder(), 'API.md');

  // WHEN
  await runOrThrow(join(ROOT, 'node_modules/.bin/jsii-docgen'), ['--output', fresh], { cwd: ROOT });

  // THEN
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n');
  expect(lines(join(ROOT, 'API.md'))).toEqual(lines(fresh));
});

test('all that is public is explained', () => {
  // GIVEN
  const parts = types.flatMap((type) => [
    { path: type.name, ...type },
    ...[type.initializer ?? []].flat().map((initializer) => ({ path: `new ${type.name}`, ...initializer })),
    ...[...(type.properties ?? []), ...(type.members ?? [])].map((part) => ({ path: `${type.name}.${part.name}`, ...part })),
    ...(type.methods ?? []).flatMap((method) =>
      [method, ...(method.parameters ?? [])].map((part) => ({ path: `${type.name}.${method.name}: ${part.name}`, ...part })),
    ),
  ]);

  // THEN
  expect(types.length).toBeGreaterThan(0);
  expect(parts.filter(({ docs }) => !docs?.summary).map(({ path }) => path)).toEqual([]);
});

test('each optional prop has its default said', () => {
  // GIVEN
  const props = types
    .filter(({ datatype }) => datatype)
    .flatMap(({ name, properties = [] }) => properties.map((prop) => ({ ...prop, name: `${name}.${prop.name}` })));

  // THEN
  expect(props.filter(({ optional, docs }) => optional && !docs?.default).map(({ name }) => name)).toEqual([]);
});
