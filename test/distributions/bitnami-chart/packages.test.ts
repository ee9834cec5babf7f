import { Requirements } from '../../../lib';
import { AIRFLOW_2, bitnamiValues, variables } from './release';

const PARTS = ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker'];
const requirements = Requirements.fromList(['pandas>=2.2'], { pipConfig: { secretName: 'pip' } });

test.each(PARTS)('%s finds the requirements where its image installs them from, and pip its configuration', (part) => {
  // WHEN
  const { extraVolumes, extraVolumeMounts, extraEnvVars, podAnnotations } = bitnamiValues({ requirements })[part];

  // THEN
  expect(extraVolumes).toContainEqual({ name: 'requirements', configMap: { name: 'airflow-requirements' } });
  expect(extraVolumeMounts).toContainEqual({
    name: 'requirements',
    mountPath: '/bitnami/python/requirements.txt',
    subPath: 'requirements.txt',
    readOnly: true,
  });
  expect(variables(extraEnvVars).PIP_CONFIG_FILE).toBe('/etc/airflow/pip/pip.conf');
  expect(podAnnotations['cdk8s-airflow/requirements-checksum']).toMatch(/^[0-9a-f]{64}$/);
});

test.each(PARTS)('where the chart does not do it, %s gets a copy of the virtual environment that pip can write to', (part) => {
  // WHEN
  const { initContainers, extraVolumes, extraVolumeMounts } = bitnamiValues({ requirements }, AIRFLOW_2)[part];

  // THEN
  const [container] = initContainers;
  // The chart knows its image, and fills it in.
  expect(container).toMatchObject({ name: 'prepare-venv', image: '{{ include "airflow.image" . }}' });
  expect(container.securityContext).toMatchObject({ runAsUser: 1001, runAsNonRoot: true, allowPrivilegeEscalation: false });
  expect(container.volumeMounts).toEqual([{ name: 'venv', mountPath: '/venv' }]);
  expect(extraVolumes).toContainEqual({ name: 'venv', emptyDir: { sizeLimit: '10Gi' } });
  expect(extraVolumeMounts).toContainEqual({ name: 'venv', mountPath: '/opt/bitnami/airflow/venv' });
});

test.each(PARTS)('without requirements %s has none of it', (part) => {
  for (const options of [{}, AIRFLOW_2]) {
    // WHEN
    const { initContainers, extraVolumes, extraVolumeMounts } = bitnamiValues({}, options)[part];

    // THEN
    expect([initContainers, extraVolumes, extraVolumeMounts]).toEqual([[], [], []]);
  }
});

test('in a version that makes the copy itself, there is no second one', () => {
  // WHEN
  const { worker } = bitnamiValues({ requirements });

  // THEN
  expect(worker.initContainers).toEqual([]);
});
