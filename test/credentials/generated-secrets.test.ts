import { App, Chart, Testing } from 'cdk8s';
import { GeneratedSecrets, type GeneratedSecretsProps } from '../../lib/credentials/generated-secrets';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import { KEPT_IN_CLUSTER } from '../../lib/kubernetes/kept-data';
import { SynthObjects } from '../support/synth-objects';

const PROPS: GeneratedSecretsProps = {
  name: 'team-credentials',
  namespace: 'data',
  secrets: [
    { purpose: 'fernetKey', secret: { secretName: 'team-fernet-key', key: 'fernet-key' } },
    { purpose: 'database', secret: { secretName: 'team-database', key: 'password' } },
  ],
  labels: { 'app.kubernetes.io/component': 'credentials', team: 'data' },
  podMetadata: { labels: { pod: 'credentials' } },
  resources: { requests: { cpu: '50m' }, limits: { memory: '128Mi' } },
  image: 'docker.io/apache/airflow:3.3.2',
  imagePullPolicy: 'IfNotPresent',
  podSpec: { nodeSelector: { disk: 'ssd' } },
};

test('the Job may make Secrets and look whether its own are there, and nothing else', () => {
  // WHEN
  const { objects } = make();

  // THEN
  expect(objects.names('ClusterRole')).toEqual([]);
  expect(objects.ofKind('Role').map(({ rules }) => rules)).toEqual([
    [
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['team-fernet-key', 'team-database'], verbs: ['get'] },
    ],
  ]);
});

test('the rights are those of an account that only the Job uses, and only the Job has its token', () => {
  // WHEN
  const { objects } = make();

  // THEN
  const binding = objects.one('RoleBinding', 'team-credentials');
  expect(binding.roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'team-credentials' });
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'team-credentials', namespace: 'data' }]);
  expect(objects.one('ServiceAccount', 'team-credentials').automountServiceAccountToken).toBe(false);
  expect(objects.pod('credentials').spec).toMatchObject({
    serviceAccountName: 'team-credentials',
    automountServiceAccountToken: true,
    restartPolicy: 'OnFailure',
  });
});

test('the Job is told what to make, and no value is in it', () => {
  // WHEN
  const { objects } = make();

  // THEN
  const container = objects.container('credentials');
  expect(container).toMatchObject({ image: PROPS.image, imagePullPolicy: 'IfNotPresent' });
  expect(container.command.slice(0, 2)).toEqual(['python', '-Ic']);
  expect(container.args).toEqual(['team-fernet-key fernet-key fernet', 'team-database password password']);
  expect(container.env.map(({ name, value }: { name: string; value: string }) => [name, JSON.parse(value)])).toEqual([
    ['METADATA', { labels: PROPS.labels, annotations: KEPT_IN_CLUSTER }],
  ]);
  expect(container.securityContext).toMatchObject({ runAsNonRoot: true, readOnlyRootFilesystem: true });
  expect(objects.ofKind('Secret')).toEqual([]);
});

test('the pod has its labels and what else it is given', () => {
  // WHEN
  const { objects } = make();

  // THEN
  expect(objects.pod('credentials').metadata.labels).toEqual({ pod: 'credentials' });
  expect(objects.pod('credentials').spec.nodeSelector).toEqual({ disk: 'ssd' });
  for (const object of objects.all) expect(object.metadata.labels).toEqual(PROPS.labels);
});

test('a Secret that is made from others is told with where its values are, and the Job may read those', () => {
  // GIVEN
  const from = { secretName: 'mine', key: 'pw' };

  // WHEN
  const { objects } = make({
    derived: [{ name: 'team-connection', data: { copy: { from }, url: { url: 'redis://:{broker}@redis', parts: { broker: from } } } }],
  });

  // THEN
  expect(JSON.parse(objects.container('credentials').args[2])).toEqual({
    name: 'team-connection',
    data: { copy: { name: 'mine', key: 'pw' }, url: { url: 'redis://:{broker}@redis', parts: { broker: { name: 'mine', key: 'pw' } } } },
  });
  expect(objects.one('Role', 'team-credentials').rules[1].resourceNames).toEqual([
    'team-fernet-key',
    'team-database',
    'team-connection',
    'mine',
  ]);
});

test('the Secrets count as there for the checks', () => {
  // WHEN
  const { chart } = make();

  // THEN
  expect([...existingObjects(chart)].sort()).toEqual(['Secret/team-database', 'Secret/team-fernet-key']);
});

test('another Secret is another Job', () => {
  // GIVEN
  const more = [...PROPS.secrets, { purpose: 'admin' as const, secret: { secretName: 'team-admin', key: 'password' } }];

  // THEN
  expect(make({ secrets: more }).objects.names('Job')).not.toEqual(make().objects.names('Job'));
  expect(make().objects.names('Job')).toEqual(make().objects.names('Job'));
});

function make(props: Partial<GeneratedSecretsProps> = {}) {
  const chart = new Chart(new App(), 'chart', { namespace: 'data' });
  new GeneratedSecrets(chart, 'credentials', { ...PROPS, ...props });
  return { chart, objects: new SynthObjects(Testing.synth(chart)) };
}
