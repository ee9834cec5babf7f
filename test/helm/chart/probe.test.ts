import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartFiles, readChart } from '../../../lib/helm/chart/chart-files';
import { canBeProven, mayVary, PROOF, type Probe, probesFor } from '../../../lib/helm/chart/probe';
import { stagedChart } from '../../../lib/helm/chart/staged-chart';
import { testHelm } from '../../support/helm';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

/** A chart with a template. */
function chartOf(template: string, values = 'map: { b: 1, a: { x: 1 }, c: [3] }\none: { a: 1 }\n'): ChartFiles {
  const chart = join(folder(), 'web');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), values);
  writeFileSync(join(chart, 'templates/a.yaml'), template);
  return readChart(chart);
}

function renderedBy(chart: ChartFiles, probe?: Probe): string {
  return execFileSync(testHelm(), ['template', 'web', stagedChart(chart, { probe })], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What a template comes to in the chart itself, and in each probe of it. */
function rendered(template: string, values?: string): string[] {
  const chart = chartOf(template, values);
  return [undefined, ...probesFor([...chart.templates, ...chart.valueTexts])].map((probe) => renderedBy(chart, probe));
}

test.each([
  ['the day', 'a: {{ now | date "2006-01-02" }}'],
  ['the year', 'a: {{ now.Year }}'],
  ['the hour', 'a: {{ (now).Hour }}'],
  ['the second', 'a: {{ date "05" now | quote }}'],
  ['the day of the week', 'a: {{ now.Weekday }}'],
  ['the half of the day', 'a: {{ now | date "PM" }}'],
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

test.each(['at: \'{{ now | date "2006" }}\'\n', 'at: "{{ now | date \\"2006\\" }}"\n', 'at: |\n  {{ now | date "2006" }}\n'])(
  'so it does of defaults that are read as templates: %s',
  (values) => {
    // WHEN
    const [plain, probe] = rendered('a: {{ tpl .Values.at . }}\n', values);
    // THEN
    expect(probe).not.toBe(plain);
  },
);

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

test.each([
  ['luck', 'a: {{ randAlphaNum 8 }}'],
  ['a key', 'a: {{ genPrivateKey "rsa" | quote }}'],
  ['a salt', 'a: {{ htpasswd "a" "b" }}'],
  ['the time', 'a: {{ now }}'],
  ['the time where no date is given', 'a: {{ date "15:04:05" "" }}'],
  ['the order of a map', 'a: {{ values .Values.map }}'],
  ['luck in a quoted text', `a: {{ tpl "{{ uuidv4 }}" . }}`],
  ['luck whose name is put together', `a: {{ tpl (printf "{{ %s 8 }}" "randAlpha") . }}`],
])('a template may vary by %s', (_what, template) => {
  expect(mayVary(['a: b', template])).toBe(true);
});

test('no template varies that calls none of such functions', () => {
  expect(
    mayVary(['now: {{ .Values.keys | default "a" }}', 'values: uuidv4', '{{ .Values.now }}{{ $date := 1 }}{{ print .Values.genAI }}']),
  ).toBe(false);
});

describe('the proof', () => {
  test.each([
    ['luck that nobody wants', '{{- if .Values.none }}\na: {{ randAlphaNum 8 }}\n{{- end }}\nb: {{ .Values.one.a }}'],
    ['luck in a helper that is not called', '{{- define "luck" }}{{ uuidv4 }}{{ end }}\na: b'],
    ['luck in a variable that is not used', '{{- $luck := (randAlphaNum 8 | b64enc) }}\na: b'],
    ['maps with such keys', 'a: {{ include "a" (dict "values" .Values.one "keys" (list 1)) }}{{ define "a" }}{{ .values.a }}{{ end }}'],
    ['a message', 'a: {{ required "one of the values is missing" .Values.one.a }}'],
    ['a comment', 'a: b {{/* the values of now */}}'],
  ])('of a chart with %s is what the chart comes to', (_what, template) => {
    const chart = chartOf(template);
    expect(canBeProven(chart.templates)).toBe(true);
    expect(renderedBy(chart, PROOF)).toBe(renderedBy(chart));
  });

  test.each([
    ['luck', 'a: {{ randAlphaNum 8 }}'],
    ['luck that is piped', 'a: {{ 8 | randAlphaNum | b64enc | quote }}'],
    ['the time', 'a: {{ now.Year }}'],
    ['a date in brackets', 'a: {{ (now).Unix }}'],
    ['a condition', '{{- if gt (now | unixEpoch) "1" }}\na: b\n{{- end }}'],
    ['the order of a map', 'a: {{ range keys .Values.map }}{{ . }}{{ end }}'],
    ['luck in a helper', '{{- define "luck" }}{{ uuidv4 }}{{ end }}\na: {{ include "luck" . }}'],
    ['luck in a variable', '{{- $luck := randAlphaNum 8 }}\na: {{ $luck }}'],
    ['a checksum of a variable', '{{- $luck := randAlphaNum 8 -}}\na: {{ printf "%s" $luck | sha256sum }}'],
    ['a field of a variable', '{{- $at := now }}\na: {{ $at.Year }}'],
    ['a variable of a variable', '{{- $at := now }}{{ $year := $at.Year }}\na: {{ $year }}'],
    ['a variable that is set later', '{{- $luck := "" }}{{ $luck = uuidv4 }}\na: {{ $luck }}'],
    ['luck that gets into a map', '{{- $map := dict }}{{ $_ := set $map "a" (randAlphaNum 8) }}\na: {{ $map.a }}'],
    ['luck that gets into values', '{{- $_ := set .Values "a" (randAlphaNum 8) }}\na: {{ .Values.a }}'],
  ])('of a chart that uses %s is not rendered', (_what, template) => {
    const chart = chartOf(template);
    renderedBy(chart);
    expect(() => renderedBy(chart, PROOF)).toThrow();
  });

  test.each([
    ['a quoted text', `a: {{ tpl "{{ uuidv4 }}" . }}`],
    ['a raw text, which may be no template', 'a: {{ `{{ now }}` | quote }}'],
    ['a text with the name of one', `a: {{ tpl (printf "{{ %s 8 }}" "randAlpha") . }}`],
    ['a text with a part of a call', `a: {{ tpl (print "{{" " .Values.map | keys" "}}") . }}`],
  ])('tells nothing of calls in %s', (_what, template) => {
    expect(canBeProven([template])).toBe(false);
  });
});
