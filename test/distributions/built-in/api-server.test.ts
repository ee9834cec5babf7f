import { IngressTls } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';

test('the Service leads to the port on which the API server listens', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  const { spec } = objects.one('Service', 'airflow-api-server');
  expect(spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }]);
  expect(spec.selector).toEqual(objects.one('Deployment', 'airflow-api-server').spec.selector.matchLabels);
  expect(objects.container('api-server').ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  expect(objects.airflowConfig.api.port).toBe('8080');
});

test('all probes ask for the version, over http', () => {
  // WHEN
  const { startupProbe, readinessProbe, livenessProbe } = synthAirflow().container('api-server');

  // THEN
  for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
    expect(httpGet).toEqual({ path: '/api/v2/version', port: 'http' });
  }
});

test.each([
  ['/', '', 'http://airflow.example.com'],
  ['/airflow', '/airflow', 'http://airflow.example.com/airflow'],
  ['/data/airflow/', '/data/airflow', 'http://airflow.example.com/data/airflow'],
])('below the path %s, Ingress, probes and addresses agree', (path, prefix, url) => {
  // WHEN
  const objects = synthAirflow({ ingress: { host: 'airflow.example.com', path } });

  // THEN
  const { startupProbe, readinessProbe, livenessProbe } = objects.container('api-server');
  for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) expect(httpGet.path).toBe(`${prefix}/api/v2/version`);
  expect(objects.airflowConfig.api.base_url).toBe(url);
  expect(objects.airflowConfig.core.execution_api_server_url).toBe(`http://airflow-api-server:8080${prefix}/execution/`);
  expect(objects.one('Ingress', 'airflow-api-server').spec.rules[0].http.paths[0].path).toBe(prefix || '/');
});

test('behind an Ingress the API server believes what the proxy tells it, and only there', () => {
  // WHEN
  const behind = synthAirflow({ ingress: { host: 'airflow.example.com', tls: IngressTls.secret('tls') } });
  const alone = synthAirflow();

  // THEN
  expect(behind.container('api-server').args).toEqual(['api-server', '--proxy-headers']);
  expect(behind.env('api-server').FORWARDED_ALLOW_IPS).toBe('*');
  expect(behind.airflowConfig.fab.enable_proxy_fix).toBe('True');
  expect(behind.airflowConfig.api.base_url).toBe('https://airflow.example.com');
  expect(alone.container('api-server').args).toEqual(['api-server']);
  expect(alone.env('api-server')).not.toHaveProperty('FORWARDED_ALLOW_IPS');
  expect(alone.airflowConfig).not.toHaveProperty('fab');
  expect(alone.airflowConfig.api).not.toHaveProperty('base_url');
});

test('it does not read DAGs', () => {
  // WHEN
  const objects = synthAirflow({ dags: [{ url: 'https://gitlab.example.com/team/dags.git' }] });

  // THEN
  expect(JSON.stringify(objects.pod('api-server'))).not.toContain('git');
});
