import { EnvValue } from 'cdk8s-plus-27';
import { Credentials } from '../../../lib';
import { Delivery } from '../../../lib/delivery/delivery';
import { officialValues, variables } from './release';

const JOBS = ['migrateDatabaseJob', 'createUserJob'];

test('the admin user is made by a script that reads the password from a file', () => {
  // WHEN
  const { createUserJob } = officialValues({
    admin: { username: 'root', email: 'root@example.com', firstName: 'Ann {{ x }}', lastName: "O'Hara" },
    credentials: Credentials.existing({ admin: { secretName: 'mine', key: 'pw' } }),
  });

  // THEN
  const [bash, c, command, script, ...args] = createUserJob.args;
  expect([bash, c]).toEqual(['bash', '-c']);
  expect(command).toContain('airflow db check-migrations');
  expect(script).toContain('get_application_builder');
  expect(args).toHaveLength(1);
  expect(args[0]).toContain('Ann {{`{{`}} x }}');
  expect(JSON.parse(args[0])).toMatchObject([{ username: 'root', lastName: "O'Hara", passwordFile: '/etc/airflow-admin/admin' }]);
  expect(createUserJob.extraVolumeMounts).toEqual([{ name: 'admin', mountPath: '/etc/airflow-admin', readOnly: true }]);
  expect(createUserJob.extraVolumes[0].projected.sources).toEqual([{ secret: { name: 'mine', items: [{ key: 'pw', path: 'admin' }] } }]);
});

test.each(JOBS)('what is set for all components holds for the %s too', (job) => {
  // GIVEN
  const allComponents = {
    resources: { limits: { memory: '2Gi' } },
    labels: { team: 'data' },
    annotations: { 'example.com/note': 'any text' },
    env: { TZ: EnvValue.fromValue('UTC') },
    placement: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' },
  };

  // WHEN
  const values = officialValues({ allComponents })[job];

  // THEN
  expect(values).toMatchObject({
    resources: {
      requests: { cpu: '100m', memory: '384Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '2Gi', 'ephemeral-storage': '10Gi' },
    },
    labels: { team: 'data' },
    annotations: { 'example.com/note': 'any text' },
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'high',
  });
  expect(variables(values.env)).toEqual({ TZ: 'UTC' });
});

test('in variables of the Job for the database the chart looks for templates', () => {
  // WHEN
  const values = officialValues({ allComponents: { env: { PATTERN: EnvValue.fromValue('{{ ds }}') } } });

  // THEN
  expect(variables(values.migrateDatabaseJob.env).PATTERN).toBe('{{`{{`}} ds }}');
  expect(variables(values.createUserJob.env).PATTERN).toBe('{{ ds }}');
});

test.each(JOBS)('the %s runs again when options of the database or of users change, and not for an Ingress', (job) => {
  // GIVEN
  const annotations = (props: object) => officialValues(props)[job].annotations;

  // THEN
  const before = annotations({});
  expect(annotations({ config: { fab: { auth_role_public: 'Viewer' } } })).not.toEqual(before);
  expect(annotations({ config: { database: { sql_alchemy_schema: 'af' } } })).not.toEqual(before);
  expect(annotations({ config: { core: { parallelism: '1' } }, ingress: { host: 'airflow.example.com' } })).toEqual(before);
});

test('they are hooks where the delivery needs them to be', () => {
  // WHEN
  const rendered = officialValues();
  const k3s = officialValues({}, { delivery: Delivery.k3sHelmChart() });
  const argo = officialValues({}, { delivery: Delivery.argoApplication() });

  // THEN
  for (const job of JOBS) {
    expect(rendered[job].useHelmHooks).toBe(false);
    expect(rendered[job]).not.toHaveProperty('jobAnnotations');
    expect(k3s[job].useHelmHooks).toBe(true);
    expect(argo[job].useHelmHooks).toBe(false);
    expect(argo[job].jobAnnotations).toMatchObject({ 'argocd.argoproj.io/hook': 'Sync' });
  }
});

test.each(JOBS)('parts of pods for all are in the %s too, where what runs beside is a sidecar', (job) => {
  // GIVEN
  const part = {
    initContainers: [{ name: 'prepare', image: 'helper:1' }],
    containers: [{ name: 'follow', image: 'helper:1' }],
    volumes: [{ name: 'scratch', emptyDir: {} }],
    volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    env: [{ name: 'SCRATCH', value: '/scratch' }],
    annotations: { 'example.com/note': 'x' },
  };

  // WHEN
  const values = officialValues({ allComponents: { podParts: [part] } })[job];

  // THEN
  expect(values.extraInitContainers).toEqual([...part.initContainers, { ...part.containers[0], restartPolicy: 'Always' }]);
  expect(values).not.toHaveProperty('extraContainers');
  expect(values.extraVolumes).toContainEqual(part.volumes[0]);
  expect(values.extraVolumeMounts).toContainEqual(part.volumeMounts[0]);
  expect(variables(values.env).SCRATCH).toBe('/scratch');
  expect(values.annotations).toMatchObject(part.annotations);
});
