import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import valid from 'semver/functions/valid';
import { addChecks } from './checks/checks';
import { airflowLabels } from './components/airflow-labels';
import { Credentials } from './credentials/credentials';
import { DagGitSync, type GitSyncOptions } from './dags/dag-git-sync';
import type { GitRepository } from './dags/git-repository';
import { Distribution } from './distributions/distribution';
import { Executor } from './executors/executor';
import { IngressExposure, type IngressOptions } from './exposure/ingress-exposure';
import { declareExisting } from './kubernetes/existing-objects';
import type { AirflowSettings } from './props/airflow-settings';
import type { Requirements } from './requirements/requirements';
import { RequirementsConfigMap } from './requirements/requirements-config-map';
import { PropValidator } from './validation/prop-validator';

/** What Airflow and AirflowChart are made from. */
export interface AirflowProps extends AirflowSettings {
  /**
   * What the names of all objects begin with: a DNS label of at most 40 characters.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * What Airflow itself is deployed from.
   * @default Distribution.builtIn()
   */
  readonly distribution?: Distribution;
  /**
   * Git repositories with DAGs, each a DAG bundle.
   * @default - the DAGs that are in the image
   */
  readonly dags?: GitRepository[];
  /**
   * How git-sync runs.
   * @default - told at the props
   */
  readonly gitSync?: GitSyncOptions;
  /**
   * Further Python packages for all components.
   * @default - those of the image
   */
  readonly requirements?: Requirements;
  /**
   * Under which address the web interface is reached.
   * @default - through its Service only
   */
  readonly ingress?: IngressOptions;
  /**
   * Where keys and passwords come from.
   * @default Credentials.generated()
   */
  readonly credentials?: Credentials;
}

/**
 * Apache Airflow, to live in a chart of one's own.
 * @example
 * import { App, Chart, JsonPatch } from 'cdk8s';
 * import { Airflow } from 'cdk8s-airflow';
 *
 * const chart = new Chart(new App(), 'data-platform', { namespace: 'data-platform' });
 * const airflow = new Airflow(chart, 'airflow', { workers: { replicas: 2 } });
 * airflow.find('Deployment', 'airflow-worker').addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 10));
 */
export class Airflow extends Construct {
  /** The name of the Service of the web interface. */
  readonly webServiceName: string;
  /** The port of that Service. */
  readonly webServicePort: number;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: AirflowProps = {}) {
    super(scope, id);
    const validator = new PropValidator(this);
    const name = props.name ?? id;
    validator.serviceName('name', name);
    if (name.length > 40) validator.report('name', name, 'expected at most 40 characters');
    const distribution = (props.distribution ?? Distribution.builtIn())._implementation;
    const credentials = props.credentials ?? Credentials.generated();

    const requirements =
      props.requirements &&
      new RequirementsConfigMap(this, 'requirements', {
        requirements: props.requirements,
        airflowVersion: valid(distribution.airflowVersion(props)) ?? undefined,
        labels: airflowLabels(name),
      });
    if (props.gitSync && !props.dags) validator.reportHidden('gitSync', 'there is nothing to fetch; expected dags, or no gitSync');
    const dags = props.dags && new DagGitSync(this, 'dags', { ...props.gitSync, repositories: props.dags });

    const { webService, flows, isHardened } = distribution.deploy(this, {
      name,
      namespace: Chart.of(this).namespace,
      settings: props,
      executor: props.executor ?? Executor.CELERY,
      credentials,
      secrets: credentials._resolve(name),
      dags,
      requirements,
      ingress: props.ingress,
      validator,
    });
    this.webServiceName = webService.name;
    this.webServicePort = webService.port;

    if (props.ingress) {
      new IngressExposure(this, 'ingress', {
        ...props.ingress,
        serviceName: webService.name,
        servicePort: webService.port,
        labels: airflowLabels(name, 'api-server'),
      });
    }
    addChecks(this, { flows, isHardened });
  }

  /**
   * An object that was made, to be changed (`addJsonPatch`) or depended on.
   * Where the name is none of the kind, the error that is thrown lists those that there are.
   * @param kind the kind, as in `Deployment`.
   * @param name the name in the manifest, as in `airflow-scheduler`; for a Job it is enough without the hash.
   */
  find(kind: string, name: string): ApiObject {
    const ofKind = this.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject && child.kind === kind);
    const found = ofKind.find((object) => object.name === name || (kind === 'Job' && object.node.id === name));
    if (found) return found;
    const names = ofKind.map((object) => object.name).join(', ') || 'none';
    throw new Error(`[${this.node.path}] no ${kind} is called ${name}; there is: ${names}`);
  }

  /**
   * Say that an object which a patch or an `env` names is in the cluster already, so that the checks at synth do not look for it.
   * @param kind the kind, as in `Secret`.
   * @param name its name.
   */
  declareExisting(kind: string, name: string): void {
    declareExisting(this, kind, name);
  }
}
