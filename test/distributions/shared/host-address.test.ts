import { parse } from 'yaml';
import { type AirflowChartProps, Delivery, Distribution, Executor, IpFamily } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const IPV6: AirflowChartProps = { ipFamily: IpFamily.IPV6 };

test('with IPv6 alone the API server listens there, and probes of the scheduler do not come by its server for IPv4', () => {
  // WHEN
  const objects = synthAirflow(IPV6);

  // THEN
  expect(objects.airflowConfig.api.host).toBe('::');
  const { startupProbe, livenessProbe } = objects.container('scheduler');
  for (const { exec } of [startupProbe, livenessProbe]) {
    expect(exec.command).toEqual(['python', '/etc/airflow/check_heartbeat.py', 'SchedulerJob']);
  }
});

test('all pods in which Airflow runs have the module that tells their address', () => {
  // GIVEN
  const executor = Executor.several(Executor.celery(), Executor.kubernetes());

  // WHEN
  const objects = synthAirflow({ ...IPV6, executor });

  // THEN
  const task: Manifest = parse(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).spec;
  const pods = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'].map((name) => objects.pod(name).spec);
  for (const { containers, volumes } of [task, ...pods]) {
    const [{ env, volumeMounts }] = containers;
    expect(env).toContainEqual({ name: 'PYTHONPATH', value: '/etc/airflow-host' });
    expect(volumeMounts).toContainEqual({ name: 'host-address', mountPath: '/etc/airflow-host', readOnly: true });
    expect(volumes).toContainEqual({
      name: 'host-address',
      configMap: { name: 'airflow-config', items: [{ key: 'cdk8s_airflow_host.py', path: 'cdk8s_airflow_host.py' }] },
    });
  }
});

test('IPv4 is what it is without the prop', () => {
  expect(synthAirflow({ ipFamily: IpFamily.IPV4 }).all).toEqual(synthAirflow().all);
});

test.each([
  ['the official chart', Distribution.officialChart({ version: '1.20.0', delivery: Delivery.argoApplication() })],
  ["Bitnami's chart", Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.argoApplication() })],
])('%s can not follow it, and says so', (_name, distribution) => {
  expect(airflowErrors({ ...IPV6, distribution })).toEqual([expect.stringMatching(/ipFamily: .*use the built-in distribution$/)]);
});
