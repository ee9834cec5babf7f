import { AIRFLOW_2, bitnamiErrors, bitnamiValues } from './release';

test.each(['22.4.0', '22.6.0', '22.7.3', '24.3.1', '25.0.4', '25.1.0', '26.0.0'])('version %s is deployed', (version) => {
  // WHEN
  const errors = bitnamiErrors({}, { version });

  // THEN
  expect(errors).toEqual([]);
});

test.each(['21.9.0', '22.3.2', '23.0.0', '24.3.0', '14.0.0'])('version %s is an error that tells which would do', (version) => {
  // WHEN
  const errors = bitnamiErrors({}, { version });

  // THEN
  expect(errors).toEqual([
    `[airflow/airflow] distribution.version: "${version}" given; expected 24.3.1 or later for Airflow 3, or 22.4.0 or later of 22 for Airflow 2: those between had Airflow 3's keys in other places`,
  ]);
});

test.each(['latest', '25', '^25.1.0'])('"%s" is no version', (version) => {
  // WHEN
  const errors = bitnamiErrors({}, { version });

  // THEN
  expect(errors).toContain(`[airflow/airflow] distribution.version: "${version}" given; expected the version of a chart, as in "25.1.0"`);
});

test('the values of Airflow 2 are other ones', () => {
  // WHEN
  const [two, three] = [AIRFLOW_2, {}].map((options) => bitnamiValues({}, options));

  // THEN
  expect(two.setupDBJob.podLabels).toEqual({ 'app.kubernetes.io/component': 'setup-db' });
  expect(three.setupDBJob.podLabels).toEqual({});
  expect(two.defaultInitContainers.prepareVenv).toBeUndefined();
  expect(three.defaultInitContainers.prepareVenv.resources.limits.memory).toBe('256Mi');
});

test.each([
  ['22.6.0', { resourcesPreset: 'small' }],
  ['22.7.1', { resourcesPreset: 'small' }],
  [
    '22.7.2',
    {
      resources: {
        requests: { cpu: '100m', memory: '384Mi', 'ephemeral-storage': '64Mi' },
        limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi' },
      },
    },
  ],
])('the resources of the setup-db Job of version %s are given in the form that it can take', (version, expected) => {
  // WHEN
  const { resources, resourcesPreset } = bitnamiValues({}, { version }).setupDBJob;

  // THEN
  expect({ resources, resourcesPreset }).toEqual(expected);
});
