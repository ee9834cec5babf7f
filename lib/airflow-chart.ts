import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { Airflow } from './airflow';
import type { AirflowProps } from './airflow-props';
import { KEPT } from './kubernetes/kept-data';
import { checkedProps } from './validation/checked-props';
import { PropValidator } from './validation/prop-validator';

/** Every cluster has them, and others use them. */
const CLUSTERS_OWN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What AirflowChart is made from. */
export interface AirflowChartProps extends AirflowProps {
  /**
   * The namespace of all objects.
   * @default "airflow"
   */
  readonly namespace?: string;
  /**
   * Whether to make the namespace too, with Pod Security "restricted" enforced. Argo CD and Flux never delete it, as the database and the generated
   * keys are in it.
   * @default true
   */
  readonly createNamespace?: boolean;
}

/**
 * Apache Airflow as a chart: one file in `dist` with all that it takes.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Executor, GitCredentials, Requirements } from 'cdk8s-airflow';
 *
 * const app = new App();
 * new AirflowChart(app, 'airflow', {
 *   dags: [{
 *     url: 'https://gitlab.example.com/team/dags.git',
 *     credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
 *   }],
 *   requirements: Requirements.fromFile('requirements.txt'),
 *   ingress: { host: 'airflow.example.com' },
 *   executor: Executor.celery({ workers: { replicas: 2 } }),
 * });
 * app.synth();
 */
export class AirflowChart extends Chart {
  /** The construct in it, with all objects. */
  readonly airflow: Airflow;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: AirflowChartProps = {}) {
    super(scope, id, { namespace: props?.namespace ?? 'airflow' });
    const validator = new PropValidator(this);
    const checked = checkedProps(validator, 'AirflowChartProps', props);
    const { namespace = 'airflow', createNamespace = true, name = id, ...airflowProps } = checked;
    validator.dnsLabel('namespace', namespace);
    if (createNamespace && CLUSTERS_OWN.includes(namespace)) {
      validator.report('namespace', namespace, 'every cluster has it; expected one for Airflow, or createNamespace: false');
    }
    if (createNamespace) this.addNamespace(namespace);
    this.airflow = new Airflow(this, 'airflow', { ...airflowProps, name });
  }

  private addNamespace(namespace: string): void {
    const object = new ApiObject(this, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
        annotations: KEPT,
      },
    });
    // cdk8s puts every object of a chart into its namespace.
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
