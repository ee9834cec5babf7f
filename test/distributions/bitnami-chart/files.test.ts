import { Content, Files } from '../../../lib';
import { bitnamiErrors, bitnamiValues } from './release';

const text = Content.fromText('a = "{{ b }}"\n');

test('settings go to the values that the chart has for them, as they are', () => {
  // WHEN
  const values = bitnamiValues({ localSettings: text, webserverConfig: text });

  // THEN
  expect(values.localSettings).toBe('a = "{{`{{`}} b }}"\n');
  expect(values.web.configuration).toBe('a = "{{`{{`}} b }}"\n');
  expect(JSON.stringify(values)).not.toContain('airflow-files');
});

test('plugins and files are mounted in all components, and in the Job', () => {
  // WHEN
  const values = bitnamiValues({ plugins: Files.fromMap({ 'a.py': text }), allComponents: { files: { '/etc/a': text } } });

  // THEN
  for (const part of ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker', 'setupDBJob']) {
    expect(values[part].extraVolumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'plugins', mountPath: '/opt/bitnami/airflow/plugins', subPath: 'plugins', readOnly: true },
        { name: 'files', mountPath: '/etc/a', subPath: 'etc_a', readOnly: true },
      ]),
    );
  }
});

test.each(['localSettings', 'webserverConfig'])('%s out of a Secret is an error that says what would do', (prop) => {
  expect(bitnamiErrors({ [prop]: Content.fromSecret({ secretName: 'a', key: 'b' }) })).toEqual([
    expect.stringContaining(`${prop}: the Bitnami chart takes only a text; use Content.fromText(…), Content.fromFile(…), or values:`),
  ]);
});
