import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import lt from 'semver/functions/lt';
import valid from 'semver/functions/valid';
import { SECRET_PURPOSES } from '../../credentials/airflow-secrets';
import { GeneratedSecrets } from '../../credentials/generated-secrets';
import { Executor } from '../../executor';
import { declareExisting } from '../../existing-objects';
import { imageReference, pullSecretsOf } from '../../image';
import { addNetworkPolicies } from '../../network/network-policies';
import { validateResources } from '../../resources';
import type { DistributionInput, DistributionOutput } from '../contract';
import { AdminUserJob } from './admin-user-job';
import { commonPart } from './airflow-pod';
import { ApiServer } from './api-server';
import { validateComponentProps } from './component-props';
import { Configuration } from './configuration';
import type { BuiltInContext } from './context';
import { DagProcessor } from './dag-processor';
import { MigrationJob } from './migration-job';
import { airflowImage, generatedSecrets, objectLabels, objectName, PORTS, selectorLabels } from './names';
import { componentsOf, networkFlows } from './network-flows';
import { podPlacement } from './placement';
import { Postgresql } from './postgresql';
import { Redis } from './redis';
import { Scheduler } from './scheduler';
import { Triggerer } from './triggerer';
import { Workers } from './workers';

/** Airflow 3 from this library's own constructs. */
export function deployBuiltIn(scope: Construct, input: DistributionInput): DistributionOutput {
  validateInput(input);
  const configuration = new Configuration(scope, 'config', input);
  const context: BuiltInContext = {
    ...input,
    configuration,
    commonPart: commonPart(input, configuration.configMapName),
    dagsPart: input.dags?.podPart ?? {},
  };
  validateAllComponents(context);

  new ApiObject(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: input.name, labels: objectLabels(input) },
    automountServiceAccountToken: false,
  });
  addCredentials(scope, input);

  new Postgresql(scope, 'postgresql', input);
  if (input.executor === Executor.CELERY) new Redis(scope, 'redis', input);
  new MigrationJob(scope, 'migrate', context);
  new AdminUserJob(scope, 'create-user', context);

  const apiServer = new ApiServer(scope, 'api-server', context);
  new Scheduler(scope, 'scheduler', context);
  new DagProcessor(scope, 'dag-processor', context);
  new Triggerer(scope, 'triggerer', context);
  if (input.executor === Executor.CELERY) new Workers(scope, 'worker', context);

  return { webService: { name: apiServer.serviceName, port: PORTS.apiServer }, flows: addPolicies(scope, input) };
}

function validateInput({ validator, settings, airflowVersion, executor, credentials }: DistributionInput): void {
  if (valid(airflowVersion) !== airflowVersion) {
    validator.report('airflowVersion', airflowVersion, 'expected the version of a release, as in "3.3.2"');
  } else if (lt(airflowVersion, '3.0.0')) {
    validator.report(
      'airflowVersion',
      airflowVersion,
      'expected 3.0.0 or later: the built-in distribution deploys Airflow 3, not Airflow 2',
    );
  }
  for (const [index, destination] of (settings.networkPolicies?.taskEgress ?? []).entries()) {
    destination._validate(validator, `networkPolicies.taskEgress[${index}]`);
  }
  if (executor === Executor.CELERY) return;
  for (const prop of ['workers', 'broker'] as const) {
    if (settings[prop]) validator.reportHidden(prop, 'there is none under LocalExecutor; leave it out, or use executor: Executor.CELERY');
  }
  if (settings.config?.celery) validator.reportHidden('config.celery', 'Celery is not used under LocalExecutor; leave it out');
  if (credentials._existing.broker) validator.reportHidden('credentials.broker', 'there is no broker under LocalExecutor; leave it out');
}

function validateAllComponents({ validator, configuration, settings: { allComponents } }: BuiltInContext): void {
  validateComponentProps(validator, configuration, 'allComponents', allComponents);
  validateResources(validator, 'allComponents.resources', allComponents?.resources, {});
}

function addCredentials(scope: Construct, input: DistributionInput): void {
  const generated = generatedSecrets(input);
  for (const purpose of SECRET_PURPOSES) {
    input.validator.dnsSubdomain(`credentials.${purpose}.secretName`, input.secrets[purpose].secretName);
    input.validator.secretKey(`credentials.${purpose}.key`, input.secrets[purpose].key);
    if (!generated.includes(purpose)) declareExisting(scope, 'Secret', input.secrets[purpose].secretName);
  }
  if (generated.length === 0) return;
  if (input.namespace === undefined) {
    input.validator.reportHidden(
      'credentials',
      'a RoleBinding has to name its namespace; give the chart one: new Chart(app, id, { namespace })',
    );
  }
  const { placement, labels, annotations } = input.settings.allComponents ?? {};
  const image = airflowImage(input);
  new GeneratedSecrets(scope, 'credentials', {
    name: objectName(input, 'credentials'),
    namespace: input.namespace,
    secrets: generated.map((purpose) => ({ purpose, secret: input.secrets[purpose] })),
    labels: objectLabels(input, 'credentials'),
    podMetadata: { labels: { ...labels, ...selectorLabels(input, 'credentials') }, ...(annotations && { annotations }) },
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    podSpec: { enableServiceLinks: false, ...podPlacement(placement), ...pullSecretsOf(scope, image) },
  });
}

function addPolicies(scope: Construct, input: DistributionInput): DistributionOutput['flows'] {
  const flows = networkFlows(input);
  if (input.settings.networkPolicies?.enabled === false) return flows;
  const targets = componentsOf(input).map((component) => ({
    name: objectName(input, component),
    podLabels: selectorLabels(input, component),
  }));
  addNetworkPolicies(new Construct(scope, 'network-policies'), targets, flows, objectLabels(input));
  return flows;
}
