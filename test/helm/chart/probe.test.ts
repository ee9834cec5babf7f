import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChart } from '../../../lib/helm/chart/chart-files';
import { probesFor } from '../../../lib/helm/chart/probe';
import { stagedChart } from '../../../lib/helm/chart/staged-chart';
import { testHelm } from '../../support/helm';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

/** What a template comes to in the chart itself, and in each probe of it. */
function rendered(template: string, values = 'map: { b: 1, a: { x: 1 }, c: [3] }\none: { a: 1 }\n'): string[] {
  const chart = join(folder(), 'web');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), values);
  writeFileSync(join(chart, 'templates/a.yaml'), template);
  const files = readChart(chart);
  return [undefined, ...probesFor(files.texts)].map((probe) =>
    execFileSync(testHelm(), ['template', 'web', stagedChart(files, {}, probe)], { encoding: 'utf8' }),
  );
}

test.each([
  ['the day', 'a: {{ now | date "2006-01-02" }}'],
  ['the year', 'a: {{ now.Year }}'],
  ['the hour', 'a: {{ (now).Hour }}'],
  ['the second', 'a: {{ date "05" now | quote }}'],
  ['the time behind a bracket', 'a: {{ print "}" (now | unixEpoch) | quote }}'],
  ['the time in a quoted text', `a: {{ tpl "{{ now | date \\"2006\\" }}" . }}`],
  ['the time in a raw text', 'a: {{ tpl `{{ now | unixEpoch }}` . }}'],
  ['the time in an action of several lines', '{{- $at :=\n  now | date "2006" }}\na: {{ $at }}'],
  ['an age', 'a: {{ ago (toDate "2006-01-02" "2020-01-02") }}'],
  ['the first key', 'a: {{ keys .Values.map | first }}'],
  ['keys in a loop', '{{- range $index, $key := keys .Values.map }}\na{{ $index }}: {{ $key }}\n{{- end }}'],
  ['keys in brackets', 'a: {{ join "," (keys .Values.map) }}'],
  ['keys that are piped', 'a: {{ .Values.map | keys | join "," }}'],
  ['keys that are sorted too late', 'a: {{ (keys .Values.map) | first | list | sortAlpha | first -}}'],
  ['values', 'a: {{ values .Values.map | toJson | quote }}'],
  ['values in brackets', 'a: {{ first (values .Values.map) | quote }}'],
  ['values that are piped', 'a: {{ .Values.map | values | join "," | quote }}'],
  ['a shuffle of two letters', 'a: {{ shuffle "ab" }}'],
  ['a coin', 'a: {{ randInt 0 2 }}'],
])('of what depends on %s a probe makes something else', (_what, template) => {
  // WHEN
  const [plain, ...probes] = rendered(template);
  // THEN
  expect(new Set([plain, ...probes]).size).toBeGreaterThan(1);
});

test('so it does of defaults that are read as templates', () => {
  // WHEN
  const [plain, probe] = rendered('a: {{ tpl .Values.at . }}\n', 'at: \'{{ now | date "2006" }}\'\n');
  // THEN
  expect(probe).not.toBe(plain);
});

test.each([
  ['no map', 'a: {{ .Values.now }}\nkeys: values\n'],
  ['a text that speaks of it', 'a: {{ print "from now on, keys and values" }}\n'],
  ['a comment', '{{/* now keys values */}}\na: b\n'],
  ['a variable', '{{- $now := "a" }}{{ $keys := list }}\na: {{ $now }}{{ len $keys }}\n'],
  ['keys that are sorted', 'a: {{ keys .Values.map | sortAlpha | first }}\n'],
  ['a message', '{{- if not .Values.map }}{{ printf "one of %s" (keys .Values.map) | fail }}{{ end }}\na: b\n'],
])('a template with %s needs no probe', (_what, template) => {
  expect(rendered(template)).toHaveLength(1);
});

test.each([
  ['the number of keys', 'a: {{ keys .Values.map | len }}\n'],
  ['keys that are sorted later', 'a: {{ concat (keys .Values.map) (list "d") | uniq | sortAlpha | join "," }}\n'],
  ['the keys of a map with one', 'a: {{ keys .Values.one | join "," }}\n'],
  ['the values of a map with one', 'a: {{ values .Values.one | toJson | quote }}\n'],
  ['a search among keys and values', 'a: {{ has "a" (keys .Values.map) }}{{ has "z" (values .Values.one) }}\n'],
  ['the time that is not told', '{{- $time := now }}\na: {{ kindOf $time }}\n'],
])('of %s a probe makes the same', (_what, template) => {
  // WHEN
  const [plain, ...probes] = rendered(template);
  // THEN
  expect(probes).not.toEqual([]);
  for (const probe of probes) expect(probe).toBe(plain);
});
