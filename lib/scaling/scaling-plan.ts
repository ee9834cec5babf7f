import type { Construct } from 'constructs';
import type { PropValidator } from '../validation/prop-validator';

/** What scales a Deployment: what others ask, so that nobody asks which way it is. */
export interface ScalingPlan {
  /** The least number of pods, and the greatest. */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** The use of CPU that is aimed at, in percent of the request, where that decides. */
  readonly targetUtilization?: number;
  /** The namespace of what asks the metadata database, where it does. */
  readonly databaseClient?: string;
  /** Adds what changes the number of pods. */
  addTo(scope: Construct, target: ScalingTarget): void;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}

/** A Deployment whose pods are as many as there is work for. */
export interface ScalingTarget {
  /** The name of the Deployment. */
  readonly name: string;
  /** Labels of what is added. */
  readonly labels: { readonly [name: string]: string };
  /** Its work as the metadata database knows it; none where that does not tell. */
  readonly work?: ScalingWork;
}

/** Work that the metadata database knows of. */
export interface ScalingWork {
  /** A query in SQL for its amount, as one number. */
  readonly query: string;
  /** How much of it a pod does at a time. */
  readonly perPod: number;
  /** Where the database is, as seen from other namespaces: what is known of it, and what Secrets have, by the names that KEDA gives it. */
  readonly database: {
    readonly known: { readonly [parameter: string]: string };
    readonly secrets: { readonly [parameter: string]: { readonly secretName: string; readonly key: string } };
  };
}
