import { componentOf } from '../../executors/executor-plan';
import { identityVariables } from '../../props/security-context';
import type { DistributionInput } from '../contract';
import { settingsOf } from '../shared/component-settings';
import { deployedComponents } from '../shared/deployed-components';

const REASON =
  'it is read by SSH, which ends where the image does not know its user by a name: with these ids of securityContext; use https with a token, or leave the ids out';

/** Reports what would be read by SSH as a user of whom /etc/passwd, which nothing can be written to, has no name. */
export function validateSsh(input: DistributionInput): void {
  const { validator, dags, requirements, executor } = input;
  for (const name of deployedComponents(input)) {
    const { securityContext } = settingsOf(input, name);
    const { uses } = componentOf(executor, name);
    const isNamed = identityVariables(securityContext).length === 0;
    const ofAirflow = isNamed ? [] : (dags?.bySsh.airflow ?? []);
    const ofGitSync = securityContext?._isAssigned ? (dags?.bySsh.gitSync ?? []) : [];
    if (uses.includes('dags')) for (const prop of [...ofGitSync, ...ofAirflow]) validator.reportHidden(prop, REASON);
    if (uses.includes('packages') && !isNamed && requirements?._isReadBySsh) validator.reportHidden('requirements.sshKey', REASON);
  }
}
