import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  AirflowChart,
  type AirflowChartProps,
  Autoscaling,
  BackupStore,
  Credentials,
  Database,
  Delivery,
  Distribution,
  Executor,
  ExternalService,
  GitCredentials,
  IngressTls,
  Login,
  Logs,
  Metrics,
  MetricsScraping,
  NetworkDestination,
  Requirements,
  ServiceAccount,
  TaskPermission,
} from '../../../lib';
import type { DistributionOutput } from '../../../lib/distributions/contract';
import type { Manifest } from '../../../test/support/manifests';

const OWN_SECRET = { secretName: 'mine' };

/** A value for each prop that makes or leaves out objects, under the name by which the pages show it. */
export const CASES: { readonly [prop: string]: AirflowChartProps } = {
  'createNamespace: false': { createNamespace: false },
  'executor: Executor.local()': { executor: Executor.local() },
  'executor: Executor.kubernetes()': { executor: Executor.kubernetes() },
  dags: {
    dags: [
      {
        name: 'dags',
        url: 'https://gitlab.example.com/data/dags.git',
        credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
      },
    ],
  },
  requirements: {
    requirements: Requirements.fromList(['python-slugify>=8'], {
      pipConfig: { secretName: 'pip' },
      egress: [NetworkDestination.anywhere([443])],
    }),
  },
  ingress: { ingress: { host: 'airflow.example.com', tls: IngressTls.secret('airflow-tls') } },
  httpRoute: { httpRoute: { gateway: { name: 'public' }, host: 'airflow.example.com' } },
  taskPermissions: { taskPermissions: [TaskPermission.kubernetesPodOperator()] },
  externalService: { externalService: ExternalService.loadBalancer() },
  'apiServer.replicas: 2': { apiServer: { replicas: 2 } },
  'allComponents.serviceAccount': { allComponents: { serviceAccount: ServiceAccount.create() } },
  'workers.autoscaling of Executor.celery': {
    executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 5 }) } }),
  },
  'workers.autoscaling by KEDA': { executor: Executor.celery({ workers: { autoscaling: Autoscaling.keda({ maxReplicas: 5 }) } }) },
  'flower of Executor.celery': { executor: Executor.celery({ flower: { basicAuth: { secretName: 'flower-login' } } }) },
  'workerGroups of Executor.celery': { executor: Executor.celery({ workerGroups: { gpu: {} } }) },
  'teams with Executor.celery and Executor.kubernetes': {
    dags: ['finance', 'research'].map((name) => ({ url: `https://gitlab.example.com/${name}/dags.git`, name })),
    teams: {
      finance: { bundles: ['finance'], executor: Executor.celery() },
      research: { bundles: ['research'], executor: Executor.kubernetes() },
    },
  },
  'logs: Logs.s3(…)': { logs: Logs.s3({ bucket: 'airflow-logs' }) },
  'metrics: Metrics.statsd(…)': {
    metrics: Metrics.statsd({ scraping: MetricsScraping.podMonitor(), alerts: {}, dashboard: {} }),
  },
  'login: Login.oidc(…)': {
    login: Login.oidc({
      issuer: 'https://id.example.com',
      clientId: 'airflow',
      clientSecret: OWN_SECRET,
      roles: { 'data-platform': ['Admin'] },
    }),
  },
  pgBouncer: { pgBouncer: {} },
  'backup of Database.builtIn': { database: Database.builtIn({ backup: {} }) },
  'backup with BackupStore.s3(…)': { database: Database.builtIn({ backup: { store: BackupStore.s3({ bucket: 'airflow-backups' }) } }) },
  databaseCleanup: { databaseCleanup: {} },
  'formerFernetKeys of Credentials.existing': { credentials: Credentials.existing({ formerFernetKeys: [OWN_SECRET] }) },
  'podCleanup of Executor.kubernetes': { executor: Executor.kubernetes({ podCleanup: {} }) },
  'credentials: Credentials.existing(…) with all': {
    credentials: Credentials.existing({
      fernetKey: OWN_SECRET,
      apiSecretKey: OWN_SECRET,
      jwtSecret: OWN_SECRET,
      database: OWN_SECRET,
      broker: OWN_SECRET,
      admin: OWN_SECRET,
    }),
  },
  'credentials: Credentials.externalSecrets(…)': {
    credentials: Credentials.externalSecrets({ store: { name: 'vault' }, keys: { fernetKey: { key: 'airflow' } } }),
  },
  'database: Database.external(…)': { database: Database.external({ host: 'db.example.com', password: OWN_SECRET }) },
  'database: Database.cloudNativePgCluster(…)': { database: Database.cloudNativePgCluster({ name: 'airflow-db' }) },
  'networkPolicies.enabled: false': { networkPolicies: { enabled: false } },
};

/** A deployment with all that adds something to pods or flows. */
export const FULL: AirflowChartProps = {
  ...CASES.dags,
  ...CASES.requirements,
  ...CASES.ingress,
  networkPolicies: { taskEgress: [NetworkDestination.cidr('10.20.0.0/16', [5432])] },
};

/** Airflow from charts, by the name of the factory. What is around the chart, and what is told of it, needs no render. */
export const CHARTS: { readonly [factory: string]: Distribution } = {
  officialChart: Distribution.officialChart({ version: '1.20.0', delivery: Delivery.k3sHelmChart() }),
  bitnamiChart: Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.k3sHelmChart() }),
};

/** What synth writes. */
export function objectsOf(props: AirflowChartProps): Manifest[] {
  const app = new App();
  new AirflowChart(app, 'airflow', props);
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
}

/** What the distribution told the checks of. */
export function outputOf(props: AirflowChartProps): DistributionOutput {
  const { _implementation: asked } = props.distribution ?? Distribution.builtIn();
  let output: DistributionOutput | undefined;
  const _implementation: typeof asked = {
    ...asked,
    deploy: (scope, input) => {
      output = asked.deploy(scope, input);
      return output;
    },
  };
  new AirflowChart(new App(), 'airflow', {
    ...props,
    distribution: Object.assign(Object.create(Distribution.prototype), { _implementation }),
  });
  if (!output) throw new Error('the distribution was not asked');
  return output;
}

/** `Kind/name`, without the hash of a Job. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{8}$/, '-…') : metadata.name}`;
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

export function code(text: string): string {
  return `\`${text}\``;
}
