import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../lib/kubernetes/json';
import { testHelm } from './helm';

/** What helm, which has the YAML of Kubernetes built in, reads a list as. */
export function readByHelm(text: string): Json {
  const chart = mkdtempSync(join(tmpdir(), 'read-by-helm-'));
  try {
    mkdirSync(join(chart, 'templates'));
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: reader\nversion: 1.0.0\n');
    writeFileSync(join(chart, 'list.yaml'), text);
    const template = 'read: {{ .Files.Get "list.yaml" | fromYamlArray | toJson | b64enc }}\n';
    writeFileSync(join(chart, 'templates', 'read.yaml'), template);
    const output = execFileSync(testHelm(), ['template', 'release', chart], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const [, encoded] = /^read: (.*)$/m.exec(output) ?? [];
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  } finally {
    rmSync(chart, { recursive: true });
  }
}
