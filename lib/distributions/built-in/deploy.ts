import type { Construct } from 'constructs';
import lt from 'semver/functions/lt';
import valid from 'semver/functions/valid';
import { airflowImage, airflowVersionOf, type ComponentName, PORTS, selectorLabels } from '../../components/names';
import { addComponentPolicies } from '../../components/network-flows';
import type { ComponentPods } from '../../components/pod-flows';
import { Postgresql } from '../../data-stores/postgresql';
import { Redis } from '../../data-stores/redis';
import { Executor } from '../../executors/executor';
import type { DistributionInput, DistributionOutput } from '../contract';
import { addCredentialsJob, hasCredentialsJob } from '../shared/credentials-job';
import { addServiceAccount } from '../shared/service-account';
import { validateSettings } from '../shared/validate-settings';
import { AdminUserJob } from './admin-user-job';
import { commonPart } from './airflow-pod';
import { ApiServer } from './api-server';
import { Configuration } from './configuration';
import type { BuiltInContext } from './context';
import { DagProcessor } from './dag-processor';
import { MigrationJob } from './migration-job';
import { Scheduler } from './scheduler';
import { Triggerer } from './triggerer';
import { validateProxy } from './validate-proxy';
import { Workers } from './workers';

/** Airflow 3 from this library's own constructs. */
export function deployBuiltIn(scope: Construct, input: DistributionInput): DistributionOutput {
  validateVersion(input);
  const configuration = new Configuration(scope, 'config', input);
  const context: BuiltInContext = {
    ...input,
    configuration,
    commonPart: commonPart(input, configuration.configMapName),
    dagsPart: input.dags?.podPart ?? {},
  };
  validateSettings(input, configuration.options);
  validateProxy(input);

  addServiceAccount(scope, input);
  addCredentialsJob(scope, input, { image: airflowImage(input) });

  new Postgresql(scope, 'postgresql', input);
  if (input.executor === Executor.CELERY) new Redis(scope, 'redis', input);
  new MigrationJob(scope, 'migrate', context);
  new AdminUserJob(scope, 'create-user', context);

  const apiServer = new ApiServer(scope, 'api-server', context);
  new Scheduler(scope, 'scheduler', context);
  new DagProcessor(scope, 'dag-processor', context);
  new Triggerer(scope, 'triggerer', context);
  if (input.executor === Executor.CELERY) new Workers(scope, 'worker', context);

  const flows = addComponentPolicies(scope, input, componentPods(input));
  return { webService: { name: apiServer.serviceName, port: PORTS.apiServer }, flows, isHardened: true };
}

function validateVersion({ validator, settings }: DistributionInput): void {
  const version = airflowVersionOf(settings);
  if (valid(version) !== version) {
    validator.report('airflowVersion', version, 'expected the version of a release, as in "3.3.2"');
  } else if (lt(version, '3.0.0')) {
    validator.report('airflowVersion', version, 'expected 3.0.0 or later: the built-in distribution deploys Airflow 3, not Airflow 2');
  }
}

/** Every component that a deployment has pods of. */
function componentPods(input: DistributionInput): ComponentPods {
  const celery: ComponentName[] = input.executor === Executor.CELERY ? ['worker', 'redis'] : [];
  const credentials: ComponentName[] = hasCredentialsJob(input) ? ['credentials'] : [];
  const components: ComponentName[] = ['api-server', 'scheduler', 'dag-processor', 'triggerer', ...celery, 'postgresql', ...credentials];
  return new Map([...components, 'migrate' as const, 'create-user' as const].map((name) => [name, selectorLabels(input, name)]));
}
