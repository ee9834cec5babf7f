import { findingLines } from '../../../cli/report/finding';

test('what is wrong stands above what to do', () => {
  expect(findingLines({ object: 'Pod a/b', problem: 'it fails:\nbecause', wayOut: 'mend it', commands: ['kubectl get pods'] })).toEqual([
    'Pod a/b: it fails:',
    '  because',
    '  mend it',
    '  $ kubectl get pods',
  ]);
});
