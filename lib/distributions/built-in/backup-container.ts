import type { Construct } from 'constructs';
import { objectName } from '../../components/names';
import type { OutwardContainer } from '../../data-stores/s3-dumps';
import { pullSecretsOf } from '../../props/image';
import { identityVariables } from '../../props/security-context';
import type { DistributionInput } from '../contract';
import { airflowContainer } from '../shared/airflow-container';
import { airflowImage } from '../shared/airflow-image';
import { settingsOf } from '../shared/component-settings';
import { outwardPart } from '../shared/outward-part';
import { serviceAccountName } from '../shared/service-accounts';

/** What runs Airflow's image beside PostgreSQL's, and brings dumps of the database into a bucket. */
export function backupContainer(scope: Construct, input: DistributionInput): OutwardContainer {
  const settings = settingsOf(input);
  const fields = airflowContainer(input, settings);
  const { env = [], volumeMounts = [], ...part } = outwardPart(input, 'db-backup', fields, objectName(input, 'api-server'));
  return {
    fields,
    env: [{ name: 'PYTHONDONTWRITEBYTECODE', value: '1' }, ...identityVariables(settings.securityContext), ...env],
    volumeMounts,
    part: { ...part, ...pullSecretsOf(scope, airflowImage(input)) },
    serviceAccountName: serviceAccountName(input),
  };
}
