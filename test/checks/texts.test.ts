import { checkTexts } from '../../lib/checks/texts';
import { configMap, problemsOf } from './support';

test('texts that YAML carries pass', () => {
  // WHEN
  const problems = problemsOf(checkTexts, [configMap('a', { text: 'grüße ✓\n\tfrom\r\n', number: '0644', '1': 'yes' })]);

  // THEN
  expect(problems).toEqual([]);
});

test('those that it does not are told with their place, and not shown', () => {
  // GIVEN
  const env = [{ name: 'MODE', value: '0o644' }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'b' },
    spec: { containers: [{ name: 'c', env, args: ['a', 's3cret\u2028'] }] },
  };

  // WHEN
  const problems = problemsOf(checkTexts, [configMap('a', { '0X1': 'a' }), pod]);

  // THEN
  expect(problems).toEqual([
    'ConfigMap/a: YAML does not carry the text at data.0X1: it is taken for a number',
    'Pod/b: YAML does not carry the text at spec.containers[0].args[1]: it has the character U+2028',
    'Pod/b: YAML does not carry the text at spec.containers[0].env[0].value: it is taken for a number',
  ]);
});
