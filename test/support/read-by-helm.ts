import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../lib/kubernetes/json';
import { testHelm } from './helm';

/** What helm, which has the YAML of Kubernetes built in, reads a list as. */
export function readByHelm(text: string): Json {
  return rendered({ 'list.yaml': text }, '.Files.Get "list.yaml" | fromYamlArray');
}

/** What helm reads each of some texts as: maps or lists, or undefined where it is none, or no YAML for helm. */
export function readAllByHelm(texts: readonly string[]): Json[] {
  const read = (how: string): Json[] =>
    rendered(
      { 'texts.json': JSON.stringify(texts) },
      '$read',
      `{{- $read := list -}}{{- range .Files.Get "texts.json" | fromJsonArray -}}{{- $read = append $read (${how} .) -}}{{- end -}}`,
    );
  const [maps, lists] = [read('fromYaml'), read('fromYamlArray')];
  return texts.map((_, at) => {
    if (typeof maps[at].Error !== 'string') return maps[at];
    return typeof lists[at][0] === 'string' && /^error (?:converting|unmarshaling) /.test(lists[at][0]) ? undefined : lists[at];
  });
}

/** What an expression of a template comes to in a chart with some files. */
function rendered(files: { readonly [name: string]: string }, expression: string, before = ''): Json {
  const chart = mkdtempSync(join(tmpdir(), 'read-by-helm-'));
  try {
    mkdirSync(join(chart, 'templates'));
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: reader\nversion: 1.0.0\n');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(chart, name), text);
    writeFileSync(join(chart, 'templates', 'read.yaml'), `${before}read: {{ ${expression} | toJson | b64enc }}\n`);
    const output = execFileSync(testHelm(), ['template', 'release', chart], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const [, encoded] = /^read: (.*)$/m.exec(output) ?? [];
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  } finally {
    rmSync(chart, { recursive: true });
  }
}
