import { Delivery } from '../../../lib/delivery/delivery';
import { AIRFLOW_2, bitnamiErrors, bitnamiValues, variables } from './release';

test('the admin user is made with the given names', () => {
  // WHEN
  const [byDefault, given] = [{}, { admin: { username: 'ada', email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' } }].map(
    (props) => bitnamiValues(props),
  );

  // THEN
  expect(byDefault.auth.username).toBe('admin');
  expect(given.auth.username).toBe('ada');
  expect(variables(given.setupDBJob.extraEnvVars)).toEqual({
    AIRFLOW_EMAIL: 'ada@example.com',
    AIRFLOW_FIRSTNAME: 'Ada',
    AIRFLOW_LASTNAME: 'Lovelace',
  });
  expect(variables(byDefault.setupDBJob.extraEnvVars).AIRFLOW_EMAIL).toBe('admin@example.com');
});

test('without the Job the web interface makes the tables and the admin user, with the given names', () => {
  // GIVEN
  const admin = { email: '{{ada}}@example.com', firstName: 'Ada', lastName: 'Lovelace' };
  const values = { setupDBJob: { enabled: false } };

  // WHEN
  const { web, scheduler } = bitnamiValues({ admin }, { values });

  // THEN
  expect(bitnamiErrors({ admin }, { values })).toEqual([]);
  expect(web.extraEnvVars).toEqual(expect.arrayContaining(bitnamiValues({ admin }).setupDBJob.extraEnvVars));
  expect(web.extraEnvVars).toContainEqual({ name: 'AIRFLOW_FIRSTNAME', value: 'Ada' });
  for (const extraEnvVars of [scheduler.extraEnvVars, bitnamiValues({ admin }).web.extraEnvVars]) {
    expect(variables(extraEnvVars)).not.toHaveProperty('AIRFLOW_EMAIL');
  }
});

test.each([
  ['ada.lovelace', 'ada.lovelace'],
  ['007', '"007"'],
  ['yes', '"yes"'],
  ['ada: admin', '"ada: admin"'],
  ['@ada', '"@ada"'],
])('the name %s is the same text when the chart has put it into YAML', (username, expected) => {
  // WHEN
  const { auth } = bitnamiValues({ admin: { username } });

  // THEN
  expect(auth.username).toBe(expected);
});

test('what is set for all components holds for the Job', () => {
  // GIVEN
  const allComponents = {
    resources: { limits: { cpu: '1' } },
    labels: { 'example.com/team': 'data' },
    annotations: { 'example.com/note': 'x' },
    placement: { nodeSelector: { disk: 'ssd' } },
  };

  // WHEN
  const { setupDBJob } = bitnamiValues({ allComponents });

  // THEN
  expect(setupDBJob).toMatchObject({
    resources: { limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '10Gi' } },
    podLabels: { 'example.com/team': 'data' },
    podAnnotations: { 'example.com/note': 'x' },
    nodeSelector: { disk: 'ssd' },
    automountServiceAccountToken: false,
  });
});

test('what the Job of an earlier version can not be given is an error that tells another way', () => {
  // GIVEN
  const allComponents = { resources: { limits: { cpu: '1' } }, placement: { nodeSelector: { disk: 'ssd' } } };

  // WHEN
  const [early, later] = [AIRFLOW_2, { version: '22.7.3' }].map((options) => bitnamiErrors({ allComponents }, options));

  // THEN
  const placement =
    '[airflow/airflow] allComponents.placement: this version of the Bitnami chart has no value for where its setup-db Job runs; use the placement of each component';
  expect(early).toEqual([
    placement,
    '[airflow/airflow] allComponents.resources: the Bitnami chart before 22.7.2 can not set those of its setup-db Job; use the resources of each component, or a later version',
  ]);
  expect(later).toEqual([placement]);
});

test('for Argo CD the Job says when it is to run', () => {
  // WHEN
  const [rendered, argo] = [Delivery.rendered(), Delivery.argoApplication()].map((delivery) => bitnamiValues({}, { delivery }).setupDBJob);

  // THEN
  expect(rendered.annotations).toEqual({});
  expect(argo.annotations['argocd.argoproj.io/hook']).toBe('Sync');
});

test('parts of pods for all are in its pod too, where what runs beside is a sidecar', () => {
  // GIVEN
  const part = {
    initContainers: [{ name: 'prepare', image: 'helper:1' }],
    containers: [{ name: 'follow', image: 'helper:1', args: ['{{ x }}'] }],
    volumes: [{ name: 'scratch', emptyDir: {} }],
    volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    env: [{ name: 'SCRATCH', value: '/scratch' }],
    annotations: { 'example.com/note': 'x' },
  };

  // WHEN
  const { setupDBJob } = bitnamiValues({ allComponents: { podParts: [part] } });

  // THEN
  expect(setupDBJob.initContainers).toEqual([
    ...part.initContainers,
    { ...part.containers[0], args: ['{{`{{`}} x }}'], restartPolicy: 'Always' },
  ]);
  expect(setupDBJob).toMatchObject({ extraVolumes: part.volumes, extraVolumeMounts: part.volumeMounts, podAnnotations: part.annotations });
  expect(setupDBJob).not.toHaveProperty('sidecars');
  expect(variables(setupDBJob.extraEnvVars).SCRATCH).toBe('/scratch');
});
