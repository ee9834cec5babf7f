import { EnvValue } from 'cdk8s-plus-27';
import { Requirements } from '../../../lib';
import { AIRFLOW_2, bitnamiErrors, bitnamiValues, variables } from './release';

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

test('what containers install by themselves they can’t share', () => {
  // GIVEN
  const requirements = Requirements.fromList(['pandas'], { claimName: 'packages' });

  // THEN
  expect(bitnamiErrors({ requirements })).toEqual([
    expect.stringContaining('requirements.claimName: the containers install by themselves'),
  ]);
});

test('what makes the tables, without packages, is to look for no class that is in them', () => {
  // GIVEN
  const database = { external_db_managers: 'airflow.providers.fab.auth_manager.models.db.FABDBManager, our.Manager' };
  const env = { AIRFLOW__SECRETS__BACKEND: EnvValue.fromValue('our.Backend') };
  const props = { config: { core: { xcom_backend: 'our.XCom' }, database }, allComponents: { env } };

  // THEN
  const reason = 'what makes the tables in the Bitnami chart has no packages of the requirements, and looks it up';
  expect(bitnamiErrors({ ...props, requirements: Requirements.fromList(['our-settings']) })).toEqual([
    expect.stringContaining(`config.database.external_db_managers: ${reason}`),
    expect.stringContaining(`allComponents.env["AIRFLOW__SECRETS__BACKEND"]: ${reason}`),
  ]);
  expect(bitnamiErrors(props)).toEqual([]);
});
