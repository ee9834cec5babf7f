import { EnvValue } from 'cdk8s-plus-27';
import { GitCredentials, Requirements } from '../../../lib';
import { OLDEST, officialErrors, officialValues } from './release';

test.each(['1.18.0', '1.19.0', '1.20.0', '1.22.0', '1.99.0'])('version %s is deployed', (version) => {
  expect(officialErrors({}, { version })).toEqual([]);
});

test.each([
  ['1.17.0', 'expected 1.18.0 or later: earlier ones do not deploy Airflow 3.0.2 and later'],
  ['2.0.0', 'expected a version of 1: the values of 2 are others'],
  ['2.0.0-rc.1', 'expected a version of 1: the values of 2 are others'],
  ['1', 'expected the version of a chart, as in "1.20.0"'],
  ['^1.20.0', 'expected the version of a chart, as in "1.20.0"'],
])('version %s is an error', (version, expected) => {
  expect(officialErrors({}, { version }).join()).toContain(`distribution.version: "${version}" given; ${expected}`);
});

test.each(['1.18.0', '1.20.0'])('what could be taken for a template comes out of chart %s as it was', (version) => {
  // GIVEN
  const annotations = { 'example.com/template': '{{ with secret "db" }}' };
  const env = { PATTERN: EnvValue.fromValue('{{ ds }}') };

  // WHEN
  const { apiServer, scheduler, createUserJob } = officialValues(
    { allComponents: { annotations, env }, requirements: Requirements.fromList(['pandas']) },
    { version },
  );

  // THEN
  const [plain, escaped] = ['{{ with secret "db" }}', '{{`{{`}} with secret "db" }}'];
  const inAnnotation = version === '1.18.0' ? plain : escaped;
  for (const values of [apiServer.podAnnotations, scheduler.podAnnotations, createUserJob.annotations]) {
    expect(values['example.com/template']).toBe(inAnnotation);
  }
  const ofInstall = (values: typeof apiServer) =>
    values.extraInitContainers[0].env.find(({ name }: { name: string }) => name === 'PATTERN').value;
  expect(ofInstall(scheduler)).toBe('{{`{{`}} ds }}');
  expect(ofInstall(apiServer)).toBe(version === '1.18.0' ? '{{ ds }}' : '{{`{{`}} ds }}');
  expect(scheduler.env).toContainEqual({ name: 'PATTERN', value: '{{ ds }}' });
});

test('before 1.19.0 pods can name one Secret for registries', () => {
  // GIVEN
  const props = (dagsSecret: string) => ({
    allComponents: { image: { pullSecrets: ['registry'] } },
    gitSync: { image: { pullSecrets: [dagsSecret] } },
    dags: [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  });

  // THEN
  expect(officialValues(props('registry'), OLDEST).registry).toEqual({ secretName: 'registry' });
  expect(officialValues(props('other')).imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'other' }]);
  expect(officialValues(props('other'))).not.toHaveProperty('registry');
  expect(officialErrors(props('other'), OLDEST)).toEqual([
    expect.stringContaining('image.pullSecrets: ["registry","other"] given; expected one Secret for all images'),
  ]);
});

test.each(['allComponents', 'dagProcessor'])('before 1.19.0 labels of the DAG processor are an error: %s', (prop) => {
  const props = { [prop]: { labels: { team: 'data' } } };

  expect(officialErrors(props)).toEqual([]);
  expect(officialValues(props).dagProcessor.labels).toEqual({ team: 'data' });
  expect(officialErrors(props, OLDEST)).toEqual([
    expect.stringContaining(
      `${prop}.labels: the official chart before 1.19.0 has no labels for the DAG processor's pods; use a later one, or values:`,
    ),
  ]);
});
