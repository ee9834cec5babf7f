import { isMarker } from '../../lib/requirements/marker';

test.each([
  "python_version < '3.12'",
  'python_full_version>="3.9.1"',
  'sys_platform == "win32" or sys_platform=="darwin"',
  "'linux' in sys_platform",
  'platform_machine not  in "x86_64 aarch64"',
  "(python_version > '3' and (os_name == 'nt' or extra == 'a')) and implementation_name != 'pypy'",
  "os_name=='a'and os_name=='b'or(os_name=='c')",
  "os.name == 'posix' and platform.python_implementation == 'CPython'",
  "python_implementation === 'CPython'",
  "platform_release ~= '5.0' and 'a (or b) and \"c\"' == platform_version",
])('%s is a marker', (text) => {
  // THEN
  expect(isMarker(text)).toBe(true);
});

test.each([
  '',
  'python==3',
  'python_version < 3',
  "python_versions < '3'",
  "my_os_name == 'nt'",
  "python_version = '3'",
  "python_version => '3'",
  "python_version < '3",
  "python_version '3'",
  'python_version',
  "os_name == 'nt' and",
  "os_name == 'nt' andos_name == 'nt'",
  "os_name == 'nt' os_name == 'nt'",
  "os_name == 'nt' xor os_name == 'nt'",
  "(os_name == 'nt'",
  "os_name == 'nt')",
  '()',
  '\0',
])('%j is none', (text) => {
  // THEN
  expect(isMarker(text)).toBe(false);
});

test('a long one is read at once', () => {
  // THEN
  expect(isMarker(`${'('.repeat(200)}os_name == 'nt'${')'.repeat(200)}`)).toBe(true);
  expect(isMarker(Array.from({ length: 1000 }, () => "os_name == 'nt'").join(' or '))).toBe(true);
});
