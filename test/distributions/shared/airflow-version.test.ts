import { isAirflowVersion, isOlder } from '../../../lib/distributions/shared/airflow-version';

test.each(['3.3.2', '2.11.0', '10.0.0', '3.1.0rc1', '3.0.0b4', '3.0.0a1'])('%s is a version of Airflow', (version) => {
  // THEN
  expect(isAirflowVersion(version)).toBe(true);
});

test.each([
  '',
  '3',
  '3.2',
  '3.1.0-rc.1',
  '3.1.0-rc1',
  '3.1.0.rc1',
  '3.1.0RC1',
  'v3.1.0',
  '03.1.0',
  '3.1.0+a',
  '3.1.0rc',
  ' 3.1.0',
  '3.1.0\n',
  'latest',
])('%j is none', (version) => {
  // THEN
  expect(isAirflowVersion(version)).toBe(false);
});

test.each([
  ['3.0.1', '3.0.2', true],
  ['2.11.0', '3.0.0', true],
  ['3.0.1rc2', '3.0.2', true],
  ['3.0.2', '3.0.2', false],
  ['3.0.2rc1', '3.0.2', false],
  ['3.0.10', '3.0.2', false],
  ['latest', '3.0.2', false],
])('%s is older than %s: %s', (version, release, expected) => {
  // THEN
  expect(isOlder(version, release)).toBe(expected);
});
