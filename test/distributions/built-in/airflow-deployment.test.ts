import { Duration } from 'cdk8s';
import { DeploymentStrategy, Executor } from '../../../lib';
import { propsAt } from '../../support/props-at';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const COMPONENTS: [string, string][] = [
  ['apiServer', 'api-server'],
  ['scheduler', 'scheduler'],
  ['dagProcessor', 'dag-processor'],
  ['triggerer', 'triggerer'],
  ['executor.workers', 'worker'],
];

describe.each(COMPONENTS)('%s', (prop, component) => {
  const name = `airflow-${component}`;

  test('there is one pod, and no PodDisruptionBudget, which would block each node that is drained', () => {
    // WHEN
    const objects = synthAirflow();

    // THEN
    expect(objects.one('Deployment', name).spec.replicas).toBe(1);
    expect(objects.names('PodDisruptionBudget')).toEqual([]);
  });

  test('from two pods on there is a PodDisruptionBudget for them', () => {
    // WHEN
    const objects = synthAirflow(propsAt(prop, { replicas: 3 }));

    // THEN
    const { spec } = objects.one('Deployment', name);
    expect(spec.replicas).toBe(3);
    expect(objects.names('PodDisruptionBudget')).toEqual([name]);
    expect(objects.one('PodDisruptionBudget', name).spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: spec.selector,
    });
  });

  test('the number of pods is in no pod template', () => {
    // THEN
    expect(synthAirflow(propsAt(prop, { replicas: 3 })).podTemplates()).toEqual(synthAirflow().podTemplates());
  });

  test('pods are selected by what never changes', () => {
    // GIVEN
    const props = { labels: { team: 'data' }, image: { tag: '3.3.1' }, replicas: 2 };

    // WHEN
    const { spec } = synthAirflow({ ...propsAt(prop, props), airflowVersion: '3.3.0' }).one('Deployment', name);

    // THEN
    expect(spec.selector).toEqual({
      matchLabels: {
        'app.kubernetes.io/name': 'airflow',
        'app.kubernetes.io/instance': 'airflow',
        'app.kubernetes.io/component': component,
      },
    });
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  test.each([0, -1, 1.5])('%d pods are an error', (replicas) => {
    // THEN
    expect(airflowErrors(propsAt(prop, { replicas }))).toEqual([
      `[airflow/airflow] ${prop}.replicas: ${replicas} given; expected a whole number of 1 or more`,
    ]);
  });
});

test('under LocalExecutor several schedulers are several pods too', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.local(), scheduler: { replicas: 2 } });

  // THEN
  expect(objects.one('Deployment', 'airflow-scheduler').spec.replicas).toBe(2);
  expect(objects.names('PodDisruptionBudget')).toEqual(['airflow-scheduler']);
});

describe('how pods are replaced, and when probes ask', () => {
  const ROLLOUT = {
    strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '1' }),
    revisionHistoryLimit: 3,
    terminationGracePeriod: Duration.minutes(2),
    probes: { startup: { failureThreshold: 999 }, liveness: { period: Duration.minutes(5) }, readiness: { timeout: Duration.seconds(3) } },
  };

  test('what is given for all holds for each that runs all the time, as far as the executor does not say it', () => {
    // WHEN
    const objects = synthAirflow({ allComponents: ROLLOUT });

    // THEN
    for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker']) {
      const { spec } = objects.workload(component);
      expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } });
      expect(spec.revisionHistoryLimit).toBe(3);
      expect(spec.template.spec.terminationGracePeriodSeconds).toBe(component === 'worker' ? 600 : 120);
      expect(objects.container(component).startupProbe.failureThreshold).toBe(999);
      expect(objects.container(component).livenessProbe.periodSeconds).toBe(300);
      expect(objects.container(component).readinessProbe?.timeoutSeconds).toBe(component === 'api-server' ? 3 : undefined);
    }
    expect(objects.pod('migrate').spec).not.toHaveProperty('terminationGracePeriodSeconds');
  });

  test('what is given for one counts, and a probe can be left out', () => {
    // WHEN
    const objects = synthAirflow({
      allComponents: ROLLOUT,
      triggerer: { revisionHistoryLimit: 0, strategy: DeploymentStrategy.recreate(), probes: { liveness: { enabled: false } } },
    });

    // THEN
    expect(objects.workload('triggerer').spec).toMatchObject({ revisionHistoryLimit: 0, strategy: { type: 'Recreate' } });
    expect(objects.container('triggerer')).not.toHaveProperty('livenessProbe');
    expect(objects.container('triggerer').startupProbe.failureThreshold).toBe(999);
  });

  test('under the Local executor the scheduler stops as the executor says', () => {
    // WHEN
    const objects = synthAirflow({ executor: Executor.local(), allComponents: ROLLOUT });

    // THEN
    expect(objects.workload('scheduler').spec.strategy).toEqual({ type: 'Recreate' });
    expect(objects.pod('scheduler').spec.terminationGracePeriodSeconds).toBe(600);
    expect(airflowErrors({ executor: Executor.local(), scheduler: ROLLOUT })).toEqual([
      expect.stringContaining('scheduler.terminationGracePeriod: tasks run in these pods, and LocalExecutor says how long they may take'),
      expect.stringContaining('scheduler.strategy: under LocalExecutor the next pod has to wait until the last has stopped'),
      expect.stringContaining('scheduler.probes.readiness: it has no such probe on this distribution; there is: startup, liveness'),
    ]);
  });

  test('what runs the containers, and how they look up names, holds for Jobs and pods of tasks too', () => {
    // GIVEN
    const fields = {
      runtimeClassName: 'gvisor',
      dnsPolicy: 'ClusterFirstWithHostNet',
      hostAliases: [{ ip: '10.0.0.7', hostnames: ['git.example.com'] }],
    };

    // WHEN
    const objects = synthAirflow({ executor: Executor.kubernetes(), allComponents: fields });

    // THEN
    for (const component of ['api-server', 'scheduler', 'migrate', 'create-user', 'credentials']) {
      expect(objects.pod(component).spec).toMatchObject(fields);
    }
    expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain('runtimeClassName: gvisor');
    expect(objects.pod('postgresql').spec).not.toHaveProperty('runtimeClassName');
  });

  test('a policy by which no name can be looked up is told where it is given', () => {
    expect(airflowErrors({ scheduler: { dnsPolicy: 'None' } })).toEqual([
      expect.stringContaining('[airflow/airflow] scheduler.dnsPolicy: no name could be looked up'),
    ]);
    expect(airflowErrors({ allComponents: { dnsPolicy: 'Default' } })).toEqual([
      expect.stringContaining(
        '[airflow/airflow] allComponents.dnsPolicy: no NetworkPolicy lets pods through to the name servers of their node',
      ),
    ]);
  });
});

describe('pods', () => {
  const HOSTS = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' };
  const ZONES = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' };

  test('of workers are spread over nodes, as far as that goes', () => {
    // WHEN
    const objects = synthAirflow({ executor: Executor.celery({ workers: { replicas: 2 }, workerGroups: { gpu: {} } }) });

    // THEN
    for (const component of ['worker', 'worker-gpu']) {
      const { selector, template } = objects.workload(component).spec;
      expect(template.spec.topologySpreadConstraints).toEqual([{ ...HOSTS, labelSelector: selector }]);
    }
    expect(objects.pod('scheduler').spec).not.toHaveProperty('topologySpreadConstraints');
  });

  test('are spread as the user says, and are meant where that names no pods', () => {
    // GIVEN
    const labelSelector = { matchLabels: { team: 'data' } };

    // WHEN
    const objects = synthAirflow({
      allComponents: { placement: { topologySpreadConstraints: [ZONES, { ...ZONES, labelSelector }] } },
      executor: Executor.celery({ workers: { replicas: 2 } }),
    });

    // THEN
    for (const component of ['worker', 'scheduler', 'migrate', 'credentials']) {
      expect(objects.pod(component).spec.topologySpreadConstraints).toEqual([
        { ...ZONES, labelSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': component }) } },
        { ...ZONES, labelSelector },
      ]);
    }
  });
});
