import { join } from 'node:path';
import { parse } from 'yaml';
import { readPage } from '../../scripts/docs/pages';
import { readManifests } from '../support/manifests';
import { ROOT } from '../support/synth';

test('the Application on the page is that of the example, which names its own file and namespace', () => {
  // GIVEN
  const [block] = readPage(ROOT, 'docs/how-to/argo-cd.md').blocks.filter(({ language }) => language === 'yaml');
  const application = parse(block.text);
  const example = readManifests(join(ROOT, 'examples/argocd/dist')).find(({ kind }) => kind === 'Application');

  // THEN
  application.spec.source.directory = { include: 'airflow.k8s.yaml' };
  application.spec.destination.namespace = 'airflow-argocd';
  expect(example).toEqual(application);
});
