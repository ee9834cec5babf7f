import { decodeText, logicalLines } from '../../lib/requirements/logical-lines';

test('a continued line has the number of its first line', () => {
  // GIVEN
  const text = 'pandas==2.2.3 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\nrequests\n';

  // WHEN
  const lines = logicalLines(text);

  // THEN
  expect(lines).toEqual([
    { number: 1, text: 'pandas==2.2.3     --hash=sha256:00     --hash=sha256:11' },
    { number: 4, text: 'requests' },
  ]);
});

test('comments and empty lines say nothing', () => {
  // GIVEN
  const text = '# packages \\\n\n  pandas  # for tables\n   # more\nfile#1\n';

  // WHEN
  const lines = logicalLines(text);

  // THEN a # without a space before it is no comment
  expect(lines).toEqual([
    { number: 3, text: 'pandas' },
    { number: 5, text: 'file#1' },
  ]);
});

test('a comment ends a continued line', () => {
  // WHEN
  const lines = logicalLines('pandas \\\n# not 3\nrequests');

  // THEN
  expect(lines.map(({ text }) => text)).toEqual(['pandas', 'requests']);
});

test('the last line may end with a backslash', () => {
  // THEN
  expect(logicalLines('pandas \\')).toEqual([{ number: 1, text: 'pandas' }]);
});

test.each(['\n', '\r\n', '\r', '\u2028'])('lines end with %j', (end) => {
  // THEN
  expect(logicalLines(['a', 'b', ''].join(end)).map(({ text }) => text)).toEqual(['a', 'b']);
});

test.each([
  ['UTF-8', Buffer.from('naïve')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffnaïve')],
  ['UTF-16, little end first', Buffer.from('\ufeffnaïve', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffnaïve', 'utf16le').swap16()],
])('a text in %s is read', (_name, bytes) => {
  // THEN
  expect(decodeText(bytes)).toBe('naïve');
});

test('what is no text is an error', () => {
  // THEN
  expect(() => decodeText(Buffer.from([0x61, 0xff, 0x62]))).toThrow('not valid');
});
