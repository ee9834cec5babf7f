import { Yaml } from 'cdk8s';
import { parseYamlDocument } from '../../lib/kubernetes/kubernetes-yaml';
import { characterName, yamlProblem } from '../../lib/kubernetes/yaml-text';

/** Every text of so many of the characters. */
function textsFrom(characters: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  return textsFrom(characters, length - 1).flatMap((text) => [text, ...characters.map((character) => text + character)]);
}

test('of what may look like a number, those are told that do not come out of YAML as they went in', () => {
  // GIVEN
  const texts = [...new Set(textsFrom([...'07oOxXbBf_-.e'], 4))];

  // WHEN
  const read: unknown[] = parseYamlDocument(Yaml.stringify(texts), 'texts');

  // THEN
  expect(texts.filter((text) => yamlProblem(text) !== undefined)).toEqual(texts.filter((text, index) => read[index] !== text));
});

// What kubectl 1.32 makes of them.
test.each([
  ['a\x7fb', 'it has the character U+007F'],
  ['a\u0085b', 'it has the character U+0085'],
  ['a\u009f', 'it has the character U+009F'],
  ['\u2028', 'it has the character U+2028'],
  ['a\nb\u2029c', 'it has the character U+2029'],
  ['a\ud800', 'it has the character U+D800'],
  ['\udc00a', 'it has the character U+DC00'],
  ['a\ufffeb', 'it has the character U+FFFE'],
  ['\ta\nb', 'its first line begins with a tab'],
  ['\n\n\ta', 'its first line begins with a tab'],
  ['0o644', 'it is taken for a number'],
  ['-0_o17', 'it is taken for a number'],
  ['0X1F', 'it is taken for a number'],
])('%j does not come out of YAML', (text, problem) => {
  // THEN
  expect(yamlProblem(text)).toBe(problem);
});

test.each([
  '',
  'grüße ✓',
  '\u{1F600}',
  '\0\x1f\r\n',
  '\ufeffa',
  'a\u00a0',
  '\ta',
  'a\n\tb',
  ' \ta\nb',
  '0644',
  '0x1F',
  '1_000',
  'yes',
  '~',
  '0o8',
  '0o',
])('%j does', (text) => {
  // WHEN
  const read = parseYamlDocument(Yaml.stringify({ text }), 'text');

  // THEN
  expect(read).toEqual({ text });
  expect(yamlProblem(text)).toBeUndefined();
});

test('a character has the name that Unicode gives it', () => {
  // THEN
  expect(['\0', '\r', '\u2028'].map(characterName)).toEqual(['U+0000', 'U+000D', 'U+2028']);
});
