import { Broker, Database, Executor, GitCredentials, VolumeRetention } from '../../../lib';
import { OLDEST, officialErrors, officialRelease, officialValues } from './release';

const RESTRICTED = {
  pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const placement = { nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'batch', operator: 'Exists' }], priorityClassName: 'high' };

test('what becomes of the volume of Redis is said, by versions of the chart that can', () => {
  // GIVEN
  const executor = Executor.celery({ broker: Broker.builtIn({ volumeRetention: VolumeRetention.DELETE }) });

  // THEN
  expect(officialValues({ executor }).redis.persistence.persistentVolumeClaimRetentionPolicy).toEqual({
    whenDeleted: 'Delete',
    whenScaled: 'Retain',
  });
  expect(officialErrors({ executor }, OLDEST)).toEqual([
    expect.stringContaining('executor.broker.volumeRetention: the official chart has it from 1.19.0 on'),
  ]);
});

test('PostgreSQL is the library’s own, as in the built-in distribution', () => {
  // WHEN
  const { values, objects } = officialRelease({ database: Database.builtIn({ storageSize: '20Gi', image: { tag: '16' }, placement }) });

  // THEN
  expect(values.postgresql).toEqual({ enabled: false });
  const { spec } = objects.one('StatefulSet', 'airflow-postgresql');
  expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('20Gi');
  expect(spec.template.spec).toMatchObject({ ...placement, serviceAccountName: 'airflow' });
  expect(spec.template.spec.containers[0].image).toBe('docker.io/library/postgres:16');
  expect(objects.one('ServiceAccount', 'airflow').automountServiceAccountToken).toBe(false);
});

test('all that can be set for the broker is set', () => {
  // GIVEN
  const digest = `sha256:${'a'.repeat(64)}`;
  const image = { repository: 'registry.example.com/redis', tag: '7.2', digest, pullPolicy: 'Always', pullSecrets: ['registry'] };

  // WHEN
  const values = officialValues({
    executor: Executor.celery({
      broker: Broker.builtIn({
        image,
        resources: { limits: { memory: '1024Mi' } },
        storageSize: '2048Mi',
        storageClassName: 'fast',
        placement,
      }),
    }),
  });

  // THEN
  expect(values.images.redis).toEqual({ repository: 'registry.example.com/redis', tag: `7.2@${digest}`, pullPolicy: 'Always' });
  expect(values.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(values.redis).toMatchObject({
    resources: {
      requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '1Gi', 'ephemeral-storage': '10Gi' },
    },
    persistence: { size: '2Gi', storageClassName: 'fast' },
    ...placement,
  });
});

test('without props Redis is of the image and the size that the built-in distribution has', () => {
  // WHEN
  const { images, redis } = officialValues();

  // THEN
  expect(images.redis).toEqual({ repository: 'docker.io/library/redis', tag: expect.stringMatching(/^7\./), pullPolicy: 'IfNotPresent' });
  expect(redis.persistence).toEqual({ size: '1Gi' });
});

test('under LocalExecutor there is no Redis', () => {
  expect(officialValues({ executor: Executor.local() }).redis).toEqual({ enabled: false });
});

test('all pods meet Pod Security "restricted"', () => {
  // WHEN
  const { securityContexts, redis, statsd, pgbouncer } = officialValues(
    {},
    { values: { data: { metadataSecretName: 'mine' }, pgbouncer: { enabled: true, configSecretName: 'mine' } } },
  );

  // THEN
  expect(securityContexts).toMatchObject({ pod: { ...RESTRICTED.pod, runAsUser: 50000, runAsGroup: 0 }, containers: RESTRICTED.container });
  expect(redis.securityContexts).toMatchObject({ ...RESTRICTED, pod: { ...RESTRICTED.pod, runAsUser: 999, fsGroup: 999 } });
  expect(statsd.securityContexts).toMatchObject({ ...RESTRICTED, pod: { ...RESTRICTED.pod, runAsUser: 65534 } });
  expect(pgbouncer.securityContexts).toMatchObject({ ...RESTRICTED, pod: { ...RESTRICTED.pod, runAsUser: 65534 } });
  expect(pgbouncer.metricsExporterSidecar.securityContexts.container).toMatchObject(RESTRICTED.container);
});

test('what no prop stands for runs where Airflow’s components do', () => {
  expect(officialValues({ allComponents: { placement } }).statsd).toMatchObject(placement);
});

test('the image is that of all components', () => {
  // GIVEN
  const digest = `sha256:${'b'.repeat(64)}`;
  const image = { repository: 'registry.example.com/airflow', tag: '3.3.2-ours', digest, pullPolicy: 'Always', pullSecrets: ['registry'] };

  // WHEN
  const { objects, values } = officialRelease({ allComponents: { image } });

  // THEN
  expect(values).toMatchObject({
    airflowVersion: '3.3.2',
    defaultAirflowRepository: 'registry.example.com/airflow',
    defaultAirflowTag: '3.3.2-ours',
    defaultAirflowDigest: digest,
    images: { airflow: { pullPolicy: 'Always' } },
    imagePullSecrets: [{ name: 'registry' }],
  });
  expect(objects.container('credentials').image).toBe(`registry.example.com/airflow:3.3.2-ours@${digest}`);
});

test('the image is the published one of the version, unless told otherwise', () => {
  // WHEN
  const values = officialValues({ airflowVersion: '3.1.8' });

  // THEN
  expect(values).toMatchObject({
    airflowVersion: '3.1.8',
    defaultAirflowRepository: 'docker.io/apache/airflow',
    defaultAirflowTag: '3.1.8',
    images: { airflow: { pullPolicy: 'IfNotPresent' } },
  });
  expect(values).not.toHaveProperty('defaultAirflowDigest');
});

test('Secrets for registries are named once each, whatever image they are for', () => {
  // WHEN
  const values = officialValues({
    allComponents: { image: { pullSecrets: ['a', 'b'] } },
    executor: Executor.celery({ broker: Broker.builtIn({ image: { pullSecrets: ['b', 'c'] } }) }),
    gitSync: { image: { pullSecrets: ['c', 'd'] } },
    dags: [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  });

  // THEN
  expect(values.imagePullSecrets.map(({ name }: { name: string }) => name).sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('nothing is said about registries where there is no Secret', () => {
  for (const options of [{}, OLDEST]) {
    expect(officialValues({}, options)).not.toHaveProperty('imagePullSecrets');
    expect(officialValues({}, options)).not.toHaveProperty('registry');
  }
});

test.each([
  ['a Secret', { data: { metadataSecretName: 'mine' } }],
  ['a Secret and a host', { data: { metadataSecretName: 'mine', metadataConnection: { host: 'db.example.com' } } }],
  [
    'the PostgreSQL of the chart',
    { data: { metadataSecretName: 'mine' }, postgresql: { enabled: true, auth: { existingSecret: 'mine' } } },
  ],
])('with %s among the values, the database is the user’s', (_name, values) => {
  // WHEN
  const release = officialRelease({}, { values });

  // THEN
  expect(release.objects.names('StatefulSet')).toEqual([]);
  expect(release.values).toMatchObject(values);
  expect(officialErrors({ database: Database.builtIn({ storageSize: '20Gi' }) }, { values })).toEqual([
    expect.stringContaining('database: values say where the database is, so none is made; leave it out'),
  ]);
});

test('PgBouncer stands before a database of the user’s only', () => {
  expect(officialErrors({}, { values: { pgbouncer: { enabled: true } } })).toEqual([
    expect.stringContaining(
      'distribution.values.pgbouncer.enabled: the chart makes a Secret from it, which all can read who can read dist;',
    ),
  ]);
  expect(officialValues()).not.toHaveProperty('pgbouncer');
});
