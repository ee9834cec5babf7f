import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Executor, NetworkDestination } from '../../lib';
import { checkReference, referencePages } from '../../scripts/docs/reference';
import { CASES, nameOf, objectsOf, outputOf } from '../../scripts/docs/reference/cases';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterEach(removeTemporaryFolders);

test('pages that are as they would be written now are current, others are told', () => {
  // GIVEN
  const root = temporaryFolder();
  const pages = Object.entries(referencePages());
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  expect(checkReference(root)).toEqual([]);

  // WHEN
  writeFileSync(join(root, pages[0][0]), 'old');

  // THEN
  expect(checkReference(root)).toEqual([`${pages[0][0]}: it is not what it would be now; run npm run docs:reference`]);
});

test('every struct of the API is on the page of props', () => {
  // GIVEN
  const page = referencePages()['docs/reference/every-prop.md'];
  const [, structs] = /^## Structs.*$([\s\S]*?)^## /m.exec(readFileSync(join(ROOT, 'API.md'), 'utf8')) ?? [];
  const names = [...structs.matchAll(/^### (\w+)/gm)].map(([, name]) => name);

  // THEN
  expect([...page.matchAll(/^## (.*)$/gm)].map(([, name]) => name).sort()).toEqual(names.sort());
  expect(page).toContain('| `dags` | [`GitRepository[]`](#gitrepository) | the DAGs that are in the image |');
  expect(page).toContain('| `createNamespace` | `boolean` | `true` |');
  expect(page).toMatch(/\| `secretName` \| `string` \| required \|/);
  expect(page).not.toContain('``');
});

test('every object that any prop makes is on the page of objects', () => {
  // GIVEN
  const page = referencePages()['docs/reference/objects.md'];
  const names = Object.values(CASES).flatMap((props) => objectsOf(props).map(nameOf));

  // THEN
  for (const name of names.filter((name) => !name.startsWith('NetworkPolicy/'))) expect(page).toContain(`\`${name}\``);
});

test('every flow is on the page of flows, under each executor', () => {
  // GIVEN
  const page = referencePages()['docs/reference/network-flows.md'];
  const taskEgress = [NetworkDestination.cidr('10.20.0.0/16', [5432])];
  const flows = [Executor.celery(), Executor.local()].flatMap((executor) => {
    return outputOf({ ...CASES.dags, ...CASES.requirements, ...CASES.ingress, executor, networkPolicies: { taskEgress } }).flows;
  });

  // THEN
  for (const { reason } of flows) expect(page).toContain(`| ${reason} |`);
  expect(page).toMatch(/\| code of DAGs \| .*scheduler.* \| 10\.20\.0\.0\/16 \| TCP 5432 \|/);
});
