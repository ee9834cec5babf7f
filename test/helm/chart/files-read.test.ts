import { filesRead, isNeeded } from '../../../lib/helm/chart/files-read';

test.each([
  ['{{ .Files.Get "a.txt" }}{{ $.Files.Lines `b/c` }}', ['a.txt', 'b/c']],
  ['{{ ($root.Files.Glob "files/*.{sh,sql}").AsConfig }}', ['files/']],
  ['{{ .Files.GetBytes "a?b" }}{{ .Files.Glob "a[0-9]" }}', ['a']],
  ['{{ .Values.Files }}', undefined],
  ['{{ .Values.aFiles }}{{ .FilesOf }}', []],
  ['{{ .Files.Get .Values.name }}', undefined],
  ['{{ .Files.Get (printf "%s.txt" .Values.name) }}', undefined],
  ['{{ range $name, $content := .Files }}{{ end }}', undefined],
  ['{{ (index $ "Files").Get "a" }}', undefined],
  ['{{ get . `Files` }}', undefined],
  ['{{ tpl "{{ .Files.Get \\"a\\" }}" . }}', undefined],
  ['{{ toYaml $ | sha256sum }}', undefined],
  ['{{ $ | toRawJson }}', undefined],
  ['{{ toYaml $.Values }}{{ $a | toYaml }}', []],
])('what %s reads', (text, read) => {
  expect(filesRead(['nothing', text])).toEqual(read);
});

test('what helm reads itself is needed, of other files what templates read, in each chart', () => {
  // GIVEN
  const ofHelm = [
    ...['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json', 'requirements.yaml', 'templates/a.txt', 'crds/a.yaml'],
    ...['charts/a.tgz', 'charts/_a', 'charts/a/values.yaml', 'charts/a/charts/b/templates/c'],
  ];
  const others = ['README.md', 'files/a', 'docs/values.yaml', 'charts/a/README.md', 'charts/a/files/a'];

  // THEN
  expect([...ofHelm, ...others].filter((path) => isNeeded(path, []))).toEqual(ofHelm);
  expect(others.filter((path) => isNeeded(path, ['files/']))).toEqual(['files/a', 'charts/a/files/a']);
  expect(others.filter((path) => isNeeded(path, undefined))).toEqual(others);
});
