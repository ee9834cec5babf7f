import { ApiObject, Chart, type JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { AirflowProps } from './airflow-props';
import { findObject, patchObject } from './cdk8s/find-object';
import { addChecks } from './checks/checks';
import type { AirflowComponent } from './components/airflow-component';
import { type AirflowPodsName, PORTS } from './components/components';
import { objectLabels } from './components/names';
import { optionTexts } from './config/airflow-config';
import { ConnectionFiles } from './content/connection-files';
import { PodFiles } from './content/pod-files';
import type { AirflowSecrets } from './credentials/airflow-secrets';
import { Credentials } from './credentials/credentials';
import type { ConfiguredDagBundle } from './dags/bundle-plan';
import { DagGitSync, GIT_SYNC_IMAGE } from './dags/dag-git-sync';
import { DagSources } from './dags/dag-sources';
import { userSecrets } from './data-stores/data-store';
import { Database } from './data-stores/database';
import type { DistributionInput, DistributionOutput } from './distributions/contract';
import { Distribution } from './distributions/distribution';
import { isAirflowVersion } from './distributions/shared/airflow-version';
import { addTaskPermissions } from './distributions/shared/task-permissions';
import { validateSharing } from './distributions/shared/validate-sharing';
import { Executor } from './executors/executor';
import type { ExecutorPlan } from './executors/executor-plan';
import { withTeams } from './executors/teams';
import { addExposures, exposuresOf, validateExposures } from './exposure/exposures';
import { declareExisting } from './kubernetes/existing-objects';
import { allImagesOf } from './kubernetes/pods-of';
import { LOGS_CONNECTION } from './logs/logs-plan';
import { CA_BUNDLE_MOUNT, caBundleVariables } from './props/ca-bundle';
import { Images } from './props/images';
import { HttpProxy } from './props/proxy';
import { RequirementsConfigMap } from './requirements/requirements-config-map';
import { checkedProps } from './validation/checked-props';
import { PropValidator } from './validation/prop-validator';

/** Props of a construct as they are called in a prop of Airflow. */
const namesIn = (outer: string, ...props: string[]) => Object.fromEntries(props.map((prop) => [prop, `${outer}.${prop}`]));
const GIT_SYNC_NAMES = { repositories: 'dags', ...namesIn('gitSync', 'image', 'resources', 'maxFailures', 'args', 'securityContext') };

/**
 * Apache Airflow, to live in a chart of one's own.
 * @example
 * import { App, Chart, JsonPatch } from 'cdk8s';
 * import { Airflow, Executor } from 'cdk8s-airflow';
 *
 * const chart = new Chart(new App(), 'data-platform', { namespace: 'data-platform' });
 * const airflow = new Airflow(chart, 'airflow', { executor: Executor.celery({ workers: { replicas: 2 } }) });
 * airflow.patch('Deployment', 'airflow-worker', JsonPatch.add('/spec/minReadySeconds', 10));
 */
export class Airflow extends Construct {
  /** The name of the Service of the web interface. */
  readonly webServiceName: string;
  /** The port of that Service. */
  readonly webServicePort: number;
  /** The address of the web interface, without a slash at the end: that of the Ingress or the Gateway, or else that of the Service in the cluster. */
  readonly url: string;
  /** The DAG bundles, as Airflow knows them. */
  readonly dagBundles: ConfiguredDagBundle[];
  /** Where each key and password of this deployment is. */
  readonly secrets: AirflowSecrets;

  private readonly output: DistributionOutput;
  private readonly validator = new PropValidator(this);

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: AirflowProps = {}) {
    super(scope, id);
    const { validator } = this;
    props = checkedProps(validator, 'AirflowProps', props);
    const { namespace } = Chart.of(this);
    const given = props.name ?? id;
    validator.serviceName('name', given);
    if (given.length > 40) validator.report('name', given, 'expected at most 40 characters');
    // A wrong one would be wrong again wherever it is a part of a name.
    const name = validator.errors.some((error) => error.startsWith('name: ')) ? 'airflow' : given;
    const distribution = (props.distribution ?? Distribution.builtIn())._implementation;
    const plan = withTeams((props.executor ?? Executor.celery())._plan, props.teams);
    const executor: ExecutorPlan = { ...plan, taskPermissions: props.taskPermissions };
    const credentials = props.credentials ?? Credentials.generated();
    const database = (props.database ?? Database.builtIn())._store;
    credentials._plan.validate(validator, 'credentials');
    const secrets = credentials._resolve(name, userSecrets([database, executor.broker]));

    const version = distribution.airflowVersion(props.airflowVersion);
    const requirements =
      props.requirements &&
      new RequirementsConfigMap(this, 'requirements', {
        requirements: props.requirements,
        name: `${name}-requirements`,
        airflowVersion: version !== undefined && isAirflowVersion(version) ? version : undefined,
        labels: objectLabels({ name }),
      });
    if (props.gitSync && !props.dags) validator.reportHidden('gitSync', 'there is nothing to fetch; expected dags, or no gitSync');
    const images = new Images(validator, props.images);
    const { clusterDomain = 'cluster.local', caCertificates } = props;
    validator.dnsSubdomain('clusterDomain', clusterDomain);
    caCertificates?._validate(validator, 'caCertificates');
    if (caCertificates) declareExisting(this, caCertificates._kind, caCertificates._name);
    const proxy = props.proxy && new HttpProxy(this, validator, props.proxy, clusterDomain);
    const gitSync =
      props.dags &&
      new DagGitSync(this, 'dags', {
        ...props.gitSync,
        image: images.of(GIT_SYNC_IMAGE, props.gitSync?.image),
        env: { ...proxy?.env(), ...(caCertificates && caBundleVariables()), ...props.gitSync?.env },
        volumeMounts: [...(caCertificates ? [CA_BUNDLE_MOUNT] : []), ...(props.gitSync?.volumeMounts ?? [])],
        repositories: props.dags,
      });
    if (gitSync) PropValidator.rename(gitSync, GIT_SYNC_NAMES);
    const dags = gitSync || props.dagBundles ? new DagSources(this, validator, gitSync, props.dagBundles) : undefined;

    const logs = props.logs?._plan;
    logs?.validate(validator, 'logs');
    validator.wholeSeconds('logRetention', props.logRetention);
    if (logs?.secretName) declareExisting(this, 'Secret', logs.secretName);
    const metrics = props.metrics?._plan;
    metrics?.validate(validator, 'metrics');
    const labels = objectLabels({ name });
    logs?.addTo?.(new Construct(this, 'logs'), labels);
    const lookedUp = {
      connections: { ...props.connections, ...(logs?.connection && { [LOGS_CONNECTION]: logs.connection }) },
      variables: props.variables ?? {},
    };
    ConnectionFiles.validate(validator, lookedUp);
    const isEmpty = Object.values(lookedUp).every((map) => Object.keys(map).length === 0);
    const { secretsBackend } = props;
    secretsBackend?._plan.validate(validator, 'secretsBackend');
    if (secretsBackend?._plan.secretName) declareExisting(this, 'Secret', secretsBackend._plan.secretName);
    const connections = isEmpty
      ? secretsBackend?._lookup
      : new ConnectionFiles(this, 'connections', { ...lookedUp, next: secretsBackend?._plan, name: `${name}-connections`, labels });
    const podFiles = (id: string) => new PodFiles(this, id, { name: `${name}-${id}`, labels, validator, prop: id });

    credentials._plan.addTo(new Construct(this, 'secrets'), { secrets, labels });
    for (const store of [database, executor.broker]) store?.addTo(new Construct(this, store.purpose), { name, images });
    for (const { name: team, broker } of executor.teams ?? []) broker?.addTo(new Construct(this, `broker-team-${team}`), { name, images });
    const exposures = exposuresOf(props);
    validateExposures(validator, exposures);
    const input: DistributionInput = {
      name,
      namespace,
      airflowVersion: props.airflowVersion,
      images,
      executor,
      database,
      pgBouncer: props.pgBouncer,
      components: {
        all: props.allComponents,
        'api-server': props.apiServer,
        scheduler: props.scheduler,
        'dag-processor': props.dagProcessor,
        triggerer: props.triggerer,
        worker: executor.workers,
        flower: executor.flower,
        task: executor.tasks,
        ...executor.workerGroups,
        ...executor.taskGroups,
        ...Object.fromEntries(Object.entries(props.dagProcessorGroups ?? {}).map(([group, each]) => [`dag-processor-${group}`, each])),
      },
      login: props.login?._plan,
      userOptions: optionTexts(validator, 'config', props.config ?? {}),
      admin: props.admin ?? {},
      users: props.users ?? [],
      pools: props.pools ?? {},
      databaseCleanup: props.databaseCleanup,
      networkPolicies: props.networkPolicies ?? {},
      caCertificates,
      proxy,
      clusterDomain,
      ipFamily: props.ipFamily,
      credentials,
      secrets,
      dags,
      requirements,
      logs,
      jsonLogs: props.jsonLogs ?? false,
      logRetention: props.logRetention,
      metrics,
      connections,
      content: {
        plugins: props.plugins,
        localSettings: props.localSettings,
        webserverConfig: props.webserverConfig,
        pluginFiles: podFiles('plugins'),
        podFiles: podFiles('files'),
      },
      exposures,
      externalService: props.externalService,
      validator,
    };
    const output = distribution.deploy(this, input);
    addTaskPermissions(this, input, output);
    validateSharing(this, input);
    const { webService, flows, isHardened } = output;
    images.validatePins();

    addExposures(this, props, { serviceName: webService.name, servicePort: webService.port, labels: objectLabels({ name }, 'api-server') });
    props.externalService?._validate(validator, 'externalService');
    props.externalService?._addTo(this, 'external-service', {
      name: `${name}-external`,
      labels: objectLabels({ name }, 'api-server'),
      podLabels: output.pods.get('api-server') ?? {},
      podPort: PORTS.apiServer,
    });
    addChecks(this, { flows, isHardened });

    this.output = output;
    this.webServiceName = webService.name;
    this.webServicePort = webService.port;
    this.url = exposures[0]?.url ?? `http://${[webService.name, ...(namespace ? [namespace, 'svc'] : [])].join('.')}:${webService.port}`;
    this.dagBundles = [...(dags?.bundles ?? [])];
    this.secrets = secrets;
  }

  /**
   * The images of all pods, in the order of the alphabet: what a registry of one's own must have. Of a chart that is delivered as a custom
   * resource they are not known.
   */
  get images(): string[] {
    const objects = this.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
    return [...new Set(objects.flatMap((object) => allImagesOf(object.toJson())))].sort();
  }

  /**
   * The labels by which the pods of a component are selected, as in a NetworkPolicy or a PodMonitor. They never change.
   * @param component the component; one that the deployment does not have is an error that is thrown.
   * @param group the name of a further group of workers, or `team-NAME` for the workers or the pods of tasks of a team.
   */
  podLabels(component: AirflowComponent, group?: string): { [name: string]: string } {
    return { ...this.podsOf(component, group).labels };
  }

  /**
   * The name of the ServiceAccount of a component's pods, to be bound to a Role.
   * @param component the component; one that the deployment does not have is an error that is thrown.
   * @param group the name of a further group of workers, or `team-NAME` for the workers or the pods of tasks of a team.
   */
  serviceAccountName(component: AirflowComponent, group?: string): string {
    return this.output.serviceAccounts[this.podsOf(component, group).name];
  }

  /**
   * An object that was made, to be depended on.
   * Where the name is none of the kind, the error that is thrown lists those that there are.
   * @param kind the kind, as in `Deployment`.
   * @param name the name in the manifest, as in `airflow-scheduler`; for a Job it is enough without the hash.
   */
  find(kind: string, name: string): ApiObject {
    return findObject(this, kind, name);
  }

  /**
   * Change an object: the changes come last, after all that is attached to it, and a Job gets another name for them. An object that is not
   * there is an error when the app is validated, as is a path in it that is not.
   * @param kind the kind, as in `Deployment`.
   * @param name the name in the manifest, as in `airflow-scheduler`; for a Job it is enough without the hash.
   * @param operations the changes, as in `JsonPatch.replace('/spec/replicas', 2)`.
   */
  patch(kind: string, name: string, ...operations: JsonPatch[]): void {
    patchObject(this, this.validator, kind, name, operations);
  }

  /**
   * Say that an object which a patch or an `env` names is in the cluster already, so that the checks at synth do not look for it.
   * @param kind the kind, as in `Secret`.
   * @param name its name.
   */
  declareExisting(kind: string, name: string): void {
    declareExisting(this, kind, name);
  }

  private podsOf(component: AirflowComponent, group: string | undefined) {
    const name = (group === undefined ? component : `${component}-${group}`) as AirflowPodsName;
    const labels = this.output.pods.get(name);
    if (labels) return { name, labels };
    throw new Error(`[${this.node.path}] there are no pods of ${name}; there are: ${[...this.output.pods.keys()].join(', ')}`);
  }
}
