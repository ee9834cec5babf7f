import { diff } from '../../cli/diff';
import { AirflowChart, type AirflowChartProps, Database } from '../../lib';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

function dist(props: AirflowChartProps): string {
  return synthApp((app) => new AirflowChart(app, 'airflow', props));
}

const BEFORE = dist({});

test.each<[string, AirflowChartProps, number, string]>([
  ['nothing', {}, 0, 'Nothing changes.'],
  ['something', { apiServer: { resources: { requests: { cpu: '60m' } } } }, 1, '0 made, 1 changed, 0 gone.'],
  [
    'what is refused',
    { database: Database.builtIn({ storageSize: '20Gi' }) },
    2,
    'Kubernetes refuses:\n  StatefulSet airflow/airflow-postgresql',
  ],
  ['data', { namespace: 'other' }, 2, 'Data is at stake:\n'],
])('the exit status tells of %s', (_what, props, status, words) => {
  // WHEN
  const { text, exitStatus } = diff(BEFORE, dist(props), {});

  // THEN
  expect(exitStatus).toBe(status);
  expect(text).toContain(words);
});

test('programs get JSON', () => {
  expect(JSON.parse(diff(BEFORE, BEFORE, { json: true }).text)).toEqual({
    made: [],
    changed: [],
    gone: [],
    rolls: [],
    refused: [],
    losses: [],
  });
});

test('a revision of git that is none is told', () => {
  expect(() => diff('no-revision:dist', BEFORE, {})).toThrow('git knows no revision no-revision: ');
});
