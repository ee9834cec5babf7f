import { App, Lazy, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AirflowChart,
  type AirflowChartProps,
  type ComponentProps,
  Executor,
  GitCredentials,
  Requirements,
  ServiceAccount,
} from '../../../lib';
import { helperContainer } from '../../support/helper-container';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, SynthObjects, synthAirflow } from '../../support/synth-objects';

const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }];
const FULL: AirflowChartProps = { dags: DAGS, requirements: Requirements.fromText('pandas\n'), executor: Executor.kubernetes() };

test('the pod of a task is what Airflow asks for, and meets Pod Security "restricted"', () => {
  // WHEN
  const pod = taskPod(synthAirflow(FULL));

  // THEN
  expect(pod).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'airflow-task' } });
  expect(pod.spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false, serviceAccountName: 'airflow' });
  expect(pod.spec.containers.map(({ name }: Manifest) => name)).toEqual(['base']);
  for (const { securityContext, resources } of [...pod.spec.initContainers, ...pod.spec.containers]) {
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(resources.limits.memory).toBeDefined();
  }
});

test('it has the DAGs and the packages, and nothing that would keep it alive', () => {
  // WHEN
  const { initContainers, containers } = taskPod(synthAirflow(FULL)).spec;

  // THEN
  expect(initContainers.map(({ name }: Manifest) => name)).toEqual(['install-requirements', 'git-sync-init-dags']);
  expect(initContainers.every(({ restartPolicy }: Manifest) => restartPolicy === undefined)).toBe(true);
  expect(containers[0].volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(
    expect.arrayContaining(['/opt/airflow/dags/dags', '/opt/airflow/python-packages', '/opt/airflow/logs']),
  );
});

test('it holds no secret of Airflow, and its airflow.cfg names none', () => {
  // GIVEN
  const objects = synthAirflow(FULL);

  // WHEN
  const { volumes, containers } = taskPod(objects).spec;
  const { 'airflow.cfg': config } = objects.one('ConfigMap', 'airflow-config').data;

  // THEN
  expect(JSON.stringify(volumes)).not.toMatch(/airflow-(fernet-key|api-secret-key|jwt-secret|database|broker|admin)/);
  expect(containers[0].env).toContainEqual({ name: 'AIRFLOW_CONFIG', value: '/etc/airflow/airflow.cfg' });
  expect(JSON.stringify([config, containers[0].env])).not.toMatch(/_cmd/i);
  expect(config).toContain('execution_api_server_url = http://airflow-api-server:8080/execution/');
});

test('what is said of tasks and of all components holds for it', () => {
  // WHEN
  const pod = taskPod(
    synthAirflow({
      allComponents: { labels: { team: 'data' } },
      executor: Executor.kubernetes({
        tasks: {
          resources: { limits: { memory: '4Gi' } },
          placement: { nodeSelector: { disk: 'ssd' } },
          serviceAccount: ServiceAccount.create({ annotations: { 'example.com/role': 'reader' } }),
        },
      }),
    }),
  );

  // THEN
  expect(pod.metadata.labels).toMatchObject({ team: 'data', 'app.kubernetes.io/component': 'task' });
  expect(pod.spec.containers[0].resources.limits.memory).toBe('4Gi');
  expect(pod.spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, serviceAccountName: 'airflow-task' });
});

const SIDECAR = helperContainer('side');

test.each<[string, ComponentProps, string]>([
  ['a Secret that there is not', { podParts: [{ envFrom: [{ secretRef: { name: 'nowhere' } }] }] }, 'nowhere'],
  ['a password in a variable', { env: { MY_PASSWORD: EnvValue.fromValue('hunter2hunter2') } }, 'MY_PASSWORD'],
  ['a privileged sidecar', { podParts: [{ containers: [{ ...SIDECAR, securityContext: { privileged: true } }] }] }, 'side'],
  ['a volume that the library has', { podParts: [{ volumes: [{ name: 'tmp', emptyDir: {} }] }] }, 'tmp'],
  ['a second main container', { podParts: [{ containers: [{ ...SIDECAR, name: 'base' }] }] }, 'base'],
])('the checks look into it: %s is an error', (_what, tasks, named) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.kubernetes({ tasks }) });

  // THEN
  expect(errors).toContainEqual(expect.stringMatching(new RegExp(`ConfigMap/airflow-task.*${named}`)));
});

test('a sidecar is one of Kubernetes, which ends with the task; its image is among those of the deployment', () => {
  // GIVEN
  const app = new App();
  const chart = new AirflowChart(app, 'airflow', { executor: Executor.kubernetes({ tasks: { podParts: [{ containers: [SIDECAR] }] } }) });

  // THEN
  expect(chart.airflow.images).toContain(SIDECAR.image);
  expect(taskPod(new SynthObjects(Testing.synth(chart))).spec.initContainers).toContainEqual({ ...SIDECAR, restartPolicy: 'Always' });
});

test('what cdk8s works out when it renders is worked out in it too', () => {
  // WHEN
  const annotations = { 'example.com/late': Lazy.any({ produce: () => 'known' }) as unknown as string };
  const pod = taskPod(synthAirflow({ executor: Executor.kubernetes({ tasks: { podParts: [{ annotations }] } }) }));

  // THEN
  expect(pod.metadata.annotations).toEqual({ 'example.com/late': 'known' });
});

function taskPod(objects: ReturnType<typeof synthAirflow>): Manifest {
  return parse(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']);
}
