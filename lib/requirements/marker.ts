/** What a marker may ask about, with the older names that pip takes as well. */
const VARIABLE =
  'python_(?:full_)?version|os[._]name|sys[._]platform|platform[._](?:machine|version|python_implementation)|platform_(?:release|system)|' +
  'python_implementation|implementation_(?:name|version)|extra';
const OPERAND = `(?:'[^']*'|"[^"]*"|\\b(?:${VARIABLE})\\b)`;
const COMPARISON = new RegExp(`${OPERAND}\\s*(?:[<>]=?|===?|!=|~=|\\b(?:not\\s+)?in\\b)\\s*${OPERAND}`, 'g');
/** What stands for a marker, or a part of one, that was read. */
const READ = '\0';
const JOINED = new RegExp(`\\(\\s*${READ}\\s*\\)|${READ}\\s*\\b(?:and|or)\\b\\s*${READ}`, 'g');

/**
 * Whether a text is an environment marker, as in `python_version < '3.12'`. What is read is made shorter until nothing more is.
 * @see https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 */
export function isMarker(text: string): boolean {
  let rest = text.replaceAll(READ, '').replace(COMPARISON, READ);
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(JOINED, READ);
  }
  return rest.trim() === READ;
}
