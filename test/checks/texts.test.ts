import { checkTexts } from '../../lib/checks/texts';
import { configMap, problemsOf } from './support';

test('texts of whole characters pass', () => {
  // GIVEN
  const data = {
    text: 'grüße \u{1F600}\n\tfrom\r\n',
    number: '0o644',
    '1': 'yes',
    lines: '\ta\u2028\nb',
    escape: '\\ud800 \\\ud83d\ude00',
  };

  // THEN
  expect(problemsOf(checkTexts, [configMap('a', data)])).toEqual([]);
});

test('halves of surrogate pairs are told with their place, and not shown', () => {
  // GIVEN
  const spec = { containers: [{ name: 'c', args: ['a', 's3cret\ud800'] }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec };

  // WHEN
  const problems = problemsOf(checkTexts, [configMap('a', { 'key\udc00': 'a' }), pod]);

  // THEN
  expect(problems).toEqual([
    'ConfigMap/a: the text at data["key\\udc00"] has half of a surrogate pair in it, which is no character',
    'Pod/b: the text at spec.containers[0].args[1] has half of a surrogate pair in it, which is no character',
  ]);
});
