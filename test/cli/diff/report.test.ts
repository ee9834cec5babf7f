import { compare } from '../../../cli/diff/compare';
import { type Report, reportJson, reportText } from '../../../cli/diff/report';

const config = (text: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'b' },
  data: { 'a.cfg': text, key: text.slice(0, 1) },
});

const NOTHING: Report = { ...compare([config('1\n')], [config('1\n')]), refused: [], losses: [], rolls: [] };
const REPORT: Report = {
  ...compare([config('1\nsame\n')], [config('2\nsame\n'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b' } }]),
  refused: [{ object: 'Job b/c', problem: "can't change: spec", wayOut: 'delete it', commands: ['kubectl delete job c'] }],
  losses: [],
  rolls: [{ object: 'Deployment b/d', how: '1 pod', why: ['config'] }],
};

test('people read what needs a hand first, and of texts the lines that differ', () => {
  expect(reportText(REPORT)).toBe(`1 made, 1 changed, 0 gone.

Kubernetes refuses:
  Job b/c: can't change: spec
    delete it
    $ kubectl delete job c

Pods start anew:
  Deployment b/d: 1 pod
    config

Made:
  Namespace b

Changed:
  ConfigMap b/a
    data["a.cfg"]:
      - 1
      + 2
    data.key: "1" → "2"`);
  expect(reportText(NOTHING)).toBe('Nothing changes.');
});

test('programs read all of it as JSON', () => {
  expect(JSON.parse(reportJson(REPORT))).toMatchObject({
    made: ['Namespace b'],
    changed: [{ object: 'ConfigMap b/a', fields: [{ path: 'data["a.cfg"]', from: '1\nsame\n', to: '2\nsame\n' }, { path: 'data.key' }] }],
    gone: [],
    refused: REPORT.refused,
    rolls: REPORT.rolls,
    losses: [],
  });
});
