import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { podsAdmitted } from '../support/admission';
import { applyFolder, changedByApply } from '../support/apply';
import { restoreEnvironment } from '../support/environment';
import { examples, prepareExample } from '../support/examples';
import { requireCluster } from '../support/kubectl';
import { namespacesOf, readManifests } from '../support/manifests';
import { enforcedLevel } from '../support/namespaces';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { ROOT, synthFolder } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// main.ts and the examples, applied to a real API server. It need not have a node: no pod has to run.

const programs = [{ name: 'main.ts', folder: ROOT }, ...examples()];

beforeAll(requireCluster, 60_000);
afterAll(() => {
  restoreEnvironment();
  removeTemporaryFolders();
});

describe.each(programs)('$name', ({ folder }) => {
  let dist: string;

  beforeAll(async () => {
    await prepareExample(folder);
    dist = await synthFolder(folder);
    // An Argo CD of the cluster would begin to deploy: test/e2e lets it.
    rmSync(join(dist, 'argocd.k8s.yaml'), { force: true });
    await prepareNamespaces(dist);
  }, 900_000);

  afterAll(() => deleteAll(dist), 900_000);

  test('is applied without an error or a warning', async () => {
    const { created } = await applyFolder(dist);
    expect(created).toHaveLength(readManifests(dist).length);
  }, 300_000);

  test('makes pods that Pod Security "restricted" lets in', async () => {
    for (const namespace of namespacesOf(readManifests(dist))) {
      expect(await enforcedLevel(namespace)).toBe('restricted');
      await podsAdmitted(namespace);
    }
  }, 300_000);

  test('changes nothing when it is applied again', async () => {
    expect(await changedByApply(dist)).toEqual([]);
  }, 300_000);
});
