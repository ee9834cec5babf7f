import type { Construct } from 'constructs';
import type { AirflowSecrets } from '../credentials/airflow-secrets';
import type { Credentials } from '../credentials/credentials';
import type { DagGitSync } from '../dags/dag-git-sync';
import type { Executor } from '../executors/executor';
import type { IngressOptions } from '../exposure/ingress-exposure';
import type { NetworkFlow } from '../network/network-flow';
import type { AirflowSettings } from '../props/airflow-settings';
import type { RequirementsConfigMap } from '../requirements/requirements-config-map';
import type { PropValidator } from '../validation/prop-validator';

/** What a distribution makes Airflow from. */
export interface DistributionInput {
  /** What the names of all objects begin with. */
  readonly name: string;
  /** The namespace, undefined where the chart has none. */
  readonly namespace: string | undefined;
  readonly settings: AirflowSettings;
  readonly executor: Executor;
  readonly credentials: Credentials;
  readonly secrets: AirflowSecrets;
  readonly dags: DagGitSync | undefined;
  readonly requirements: RequirementsConfigMap | undefined;
  readonly ingress: IngressOptions | undefined;
  readonly validator: PropValidator;
}

/** What others need to know of what a distribution has made. */
export interface DistributionOutput {
  /** The Service of the web interface. */
  readonly webService: { readonly name: string; readonly port: number };
  /** Every connection that has to be possible. */
  readonly flows: readonly NetworkFlow[];
  /** Whether its pods are to meet what this library asks beyond Pod Security "restricted": see the check pod-hardening. */
  readonly isHardened: boolean;
}

/** What Airflow is deployed from. */
export interface DistributionImplementation {
  /** The version of Airflow, where it is known at synth. */
  airflowVersion(settings: AirflowSettings): string | undefined;
  /** Adds the objects of Airflow to a construct. */
  deploy(scope: Construct, input: DistributionInput): DistributionOutput;
}
