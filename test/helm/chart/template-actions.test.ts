import { withActions } from '../../../lib/helm/chart/template-actions';

/** The actions of a template, each as the list of its tokens. */
function actionsOf(text: string): string[][] {
  const found: string[][] = [];
  withActions(text, /./, (tokens) => {
    found.push(tokens.filter((token) => token.trim() !== ''));
    return tokens;
  });
  return found;
}

test.each<[string, string[][]]>([
  ['a: {{ .Values.a | quote }}', [['.Values.a', '|', 'quote']]],
  ['{{- if and $a (eq .b "}}") -}}', [['-', 'if', 'and', '$a', '(', 'eq', '.b', '"}}"', ')', '-']]],
  ['{{ print "}" (now | unixEpoch) }}', [['print', '"}"', '(', 'now', '|', 'unixEpoch', ')']]],
  ['{{/* a "comment }} */}}{{ b }}', [['/* a "comment }} */'], ['b']]],
  ['{{ `{{ raw }}` }}', [['raw'], ['`{{ raw }}`']]],
  ['{{ tpl "a {{ .b }}" . }}', [['.b'], ['tpl', '"a {{ .b }}"', '.']]],
  [
    '{{ tpl "{{ a \\"b\\" }}" . }}',
    [
      ['a', '"b"'],
      ['tpl', '"{{ a \\"b\\" }}"', '.'],
    ],
  ],
  ['{{ a\n  b }} {{ "c" }}', [['a', 'b'], ['"c"']]],
  ['{{ "it is open }}', [['"', 'it', 'is', 'open']]],
  ['no action, {{ none', []],
])('%j has these actions', (text, actions) => {
  // THEN
  expect(actionsOf(text)).toEqual(actions);
  expect(withActions(text, /./, (tokens) => tokens)).toBe(text);
});

test('actions are changed where they stand, those in quoted texts first', () => {
  // GIVEN
  const text = 'a: {{ a }}, {{ tpl "{{ a }} a" . }}\n';
  // THEN
  expect(withActions(text, /./, (tokens, isQuoted) => tokens.map((token) => (token === 'a' ? `b${isQuoted}` : token)))).toBe(
    'a: {{ bfalse }}, {{ tpl "{{ btrue }} a" . }}\n',
  );
});

test('a long text with nothing closed in it takes no long time', () => {
  // GIVEN
  const text = '{{ "a" `'.repeat(20_000);
  // WHEN
  const start = performance.now();
  withActions(text, /./, (tokens) => tokens);
  // THEN
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('an action without what is wanted stays, with all that is quoted in it', () => {
  // GIVEN
  const text = '{{ a "}}" }}{{ tpl "{{ now }}" . }}{{ now }}';
  const looked: string[][] = [];
  // WHEN
  withActions(text, /\bnow\b/, (tokens) => {
    looked.push(tokens.filter((token) => token.trim() !== ''));
    return tokens;
  });
  // THEN
  expect(looked).toEqual([['now'], ['tpl', '"{{ now }}"', '.'], ['now']]);
});
