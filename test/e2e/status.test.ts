import { images } from '../../cli/images';
import { status } from '../../cli/status';
import { eventually } from '../support/eventually';
import { applyObjects, kubectl, requireCluster } from '../support/kubectl';
import { clearNamespace, freshRestrictedNamespace } from '../support/namespaces';
import { ROOT } from '../support/synth';

// What `cdk8s-airflow status` says of pods with which something is not right. They have the names of the library's, and do next to nothing.

const NAMESPACE = 'airflow-status';
/** One that is there wherever Airflow runs, and has a shell. */
const IMAGE =
  images(`${ROOT}/dist`, {})
    .split('\n')
    .find((image) => image.includes('/redis:')) ?? '';

beforeAll(async () => {
  await requireCluster();
  await freshRestrictedNamespace(NAMESPACE);
}, 300_000);

afterAll(() => clearNamespace(NAMESPACE), 300_000);

function container(name: string, script = 'exec sleep 3600', more: object = {}) {
  return {
    name,
    image: IMAGE,
    command: ['sh', '-c', script],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...more,
  };
}

function deployment(name: string, pod: object) {
  const labels = { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/instance': 'airflow', component: name };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container('main')], ...pod };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: { selector: { matchLabels: { component: name } }, template: { metadata: { labels }, spec } },
  };
}

function job(name: string, pod: object) {
  const { metadata, spec } = deployment(name, { restartPolicy: 'Never', ...pod });
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 0, template: spec.template } };
}

const secret = { secretName: 'gitlab-dags', items: ['username', 'token'].map((key) => ({ key, path: key })) };
const TROUBLES = [
  deployment('fine', {}),
  deployment('no-secret', {
    volumes: [{ name: 'git', secret }],
    containers: [container('main', undefined, { volumeMounts: [{ name: 'git', mountPath: '/git' }] })],
  }),
  deployment('no-image', { containers: [container('main', '', { image: 'registry.invalid/airflow:1' })] }),
  deployment('no-package', {
    initContainers: [container('install-requirements', 'echo "ERROR: No matching distribution found for no-such-package"; exit 1')],
  }),
  deployment('no-node', { nodeSelector: { disk: 'none' } }),
  deployment('crashes', { containers: [container('scheduler', 'echo starting; echo "Error: the key is wrong" >&2; exit 3')] }),
  deployment('waits', {
    initContainers: [container('wait-for-migration', 'echo "waiting: the migration has not run yet"; exec sleep 3600')],
  }),
  deployment('forbidden', { containers: [{ name: 'main', image: IMAGE }] }),
  job('airflow-migrate-0123abcd', { containers: [container('migrate', 'echo "FATAL: password authentication failed"; exit 1')] }),
];

test('what is not right is told, with what helps', async () => {
  // WHEN
  await applyObjects(...TROUBLES);

  // THEN
  await eventually({ what: 'all troubles to be there', minutes: 4, everySeconds: 5 }, async () => {
    const { text, exitStatus } = await status({ namespace: NAMESPACE, waitSeconds: 0 }, () => {});
    const told = text.replace(/(Pod \S+?)-[0-9a-z]+(-[0-9a-z]{5})?:/g, '$1:');
    expect(exitStatus).toBe(2);
    for (const words of [
      'there is no Secret gitlab-dags',
      `$ kubectl create secret generic gitlab-dags --namespace ${NAMESPACE} --from-file=username=FILE --from-file=token=FILE`,
      "the image registry.invalid/airflow:1 can't be pulled",
      "the packages of the requirements can't be installed\n    ERROR: No matching distribution found for no-such-package",
      'no node takes it: ',
      'scheduler ends with 3, and is started again and again\n    Error: the key is wrong',
      `Deployment ${NAMESPACE}/forbidden: its pods are not let in: `,
      `Job ${NAMESPACE}/airflow-migrate-0123abcd: it has failed`,
      "the database can't be migrated\n    FATAL: password authentication failed",
      `Deployment ${NAMESPACE}/waits: 0 of 1 pods are ready; waiting: the migration has not run yet`,
    ]) {
      expect(told).toContain(words);
    }
    expect(told).not.toContain('/fine');
  });
}, 300_000);

test('it waits until all is ready', async () => {
  // GIVEN
  const lines: string[] = [];
  await kubectl(['delete', 'deployments,jobs', '--namespace', NAMESPACE, '--all', '--cascade=foreground']);
  await applyObjects(deployment('slow', { initContainers: [container('wait-for-migration', 'echo "waiting: a moment"; sleep 8')] }));

  // WHEN
  const { text, exitStatus } = await status({ namespace: NAMESPACE, name: 'airflow', waitSeconds: 120 }, (line) => lines.push(line));

  // THEN
  expect([text, exitStatus]).toEqual(['1 of 1 are ready.', 0]);
  expect(lines[0]).toBe(`[${'-'.repeat(20)}] 0 of 1, next Deployment ${NAMESPACE}/slow: 0 of 1 pods are ready`);
}, 300_000);
