import { hasTaskPods } from '../../executors/executor-plan';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from './airflow-image';
import { isOlder } from './airflow-version';
import { lacksPackage } from './lacks-package';

/** What can be wrong with how logs are kept, whatever Airflow is deployed from. */
export function validateLogs(input: DistributionInput): void {
  const { validator, logs, executor, jsonLogs } = input;
  const version = airflowVersionOf(input.airflowVersion);
  for (const [prop, oldest] of [
    ['logs', logs?.oldestVersion],
    ['jsonLogs', jsonLogs ? '3.2.0' : undefined],
  ] as const) {
    if (oldest && isOlder(version, oldest))
      validator.reportHidden(prop, `Airflow ${version} can't do it; expected airflowVersion ${oldest} or later`);
  }
  const { providerPackage } = logs ?? {};
  if (providerPackage && lacksPackage(input, providerPackage)) {
    const reason = `the image of the Airflow project has no ${providerPackage}, and no pod would start`;
    validator.reportHidden('logs', `${reason}; expected it in requirements, or an image of your own that has it`);
  }
  if (!logs && hasTaskPods(executor)) {
    validator.warn(
      'logs',
      `under ${executor.name} logs are gone with the pods of tasks; expected Logs.s3(…) or another place, or Logs.pods()`,
    );
  }
}
