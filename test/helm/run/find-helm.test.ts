import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findHelm } from '../../../lib/helm/run/find-helm';
import { restoreEnvironment, setEnvironment } from '../../support/environment';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

beforeEach(() => setEnvironment({ HELM_BIN: undefined, PATH: '' }));
afterEach(() => {
  jest.restoreAllMocks();
  restoreEnvironment();
});

function program(path: string, mode = 0o755): string {
  const full = join(folder(), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, mode);
  return full;
}

test('the prop comes first, then HELM_BIN, then PATH, then the project', () => {
  // GIVEN
  const [byProp, byVariable, onPath, ofProject] = ['prop/h', 'variable/h', 'path/helm', 'node_modules/.bin/helm'].map((path) =>
    program(path),
  );
  jest.spyOn(process, 'cwd').mockReturnValue(folder());

  // THEN
  expect(findHelm()).toBe(ofProject);
  setEnvironment({ PATH: dirname(onPath) });
  expect(findHelm()).toBe(onPath);
  setEnvironment({ HELM_BIN: byVariable });
  expect(findHelm()).toBe(byVariable);
  expect(findHelm(byProp)).toBe(byProp);
});

test('on PATH the first counts that is a program', () => {
  // GIVEN
  mkdirSync(join(folder(), 'a', 'helm'), { recursive: true });
  program('b/helm', 0o644);
  const helm = program('c/helm');
  program('d/helm');
  setEnvironment({ PATH: ['a', '', 'b', 'none', 'c', 'd'].map((name) => name && join(folder(), name)).join(':') });

  // THEN
  expect(findHelm()).toBe(helm);
});

test('the project is the nearest folder above that has one', () => {
  // GIVEN
  program('node_modules/.bin/helm');
  const helm = program('project/node_modules/.bin/helm');
  jest.spyOn(process, 'cwd').mockReturnValue(join(folder(), 'project/apps/airflow'));

  // THEN
  expect(findHelm()).toBe(helm);
});

test('a name is looked for on PATH, a path is one of the working directory', () => {
  // GIVEN
  const helm = program('bin/helm-3.19');
  setEnvironment({ PATH: dirname(helm) });

  // THEN
  expect(findHelm('helm-3.19')).toBe(helm);
  expect(findHelm(relative('', helm))).toBe(helm);
});

const WAYS_OUT =
  'install helm 3.19 or newer (https://helm.sh/docs/intro/install/), name it by the prop `helm` or in HELM_BIN, ' +
  'or commit the render lock (helm.lock/) that synth writes on a machine with helm';

test('where there is none, the error tells where it was looked for, and ways out', () => {
  // GIVEN
  jest.spyOn(process, 'cwd').mockReturnValue(folder());

  // THEN
  expect(() => findHelm()).toThrow(
    'there is no helm: neither the prop `helm` nor HELM_BIN is set, none is on PATH, and none in node_modules/.bin of ' +
      `${folder()} or a folder above; ${WAYS_OUT}`,
  );
});

test('one that is named and not there is an error, though there are others', () => {
  // GIVEN
  setEnvironment({ PATH: dirname(program('path/helm')) });

  // THEN
  expect(() => findHelm('helm3')).toThrow(`the prop \`helm\` is "helm3", and there is no such program; ${WAYS_OUT}`);
  setEnvironment({ HELM_BIN: '/none/helm' });
  expect(() => findHelm()).toThrow(`HELM_BIN is "/none/helm", and there is no such program; ${WAYS_OUT}`);
});

test('on Windows programs have an ending', () => {
  // GIVEN
  const helm = program('path/helm.exe');
  setEnvironment({ PATH: dirname(helm) });
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'win32' });

  // WHEN
  const found = findHelm();
  Object.defineProperty(process, 'platform', { value: platform });

  // THEN
  expect(found).toBe(helm);
});
