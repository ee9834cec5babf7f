import type { Given } from '../validation/checked-props';
import type { BundlePlan } from './bundle-plan';
import { type ImageDagBundleProps, imageBundle, type VolumeDagBundleProps, volumeBundle } from './folder-bundle';
import { type GitDagBundleProps, gitBundle } from './git-bundle';
import { gcsBundle, type ObjectStoreDagBundleProps, s3Bundle } from './object-store-bundle';

/**
 * Where Airflow finds DAGs, beside the repositories that git-sync brings.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, DagBundle, GitCredentials } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   dagBundles: [
 *     DagBundle.git({
 *       url: 'https://gitlab.example.com/team/dags.git',
 *       branch: 'main',
 *       credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
 *     }),
 *     DagBundle.s3({ bucket: 'example-dags', prefix: 'finance' }),
 *   ],
 * });
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/dag-bundles.html
 */
export class DagBundle {
  /**
   * A git repository that Airflow reads by itself. All tasks of a run see the DAGs as they were when the run began. The image must have the provider
   * `git`, as that of the Airflow project has it.
   * @param props the repository.
   */
  static git(props: GitDagBundleProps): DagBundle {
    return new DagBundle(() => gitBundle(props), ['git', props]);
  }

  /**
   * A bucket of Amazon S3, or of a store that speaks its language. The image must have the provider `amazon`.
   * @param props the bucket.
   */
  static s3(props: ObjectStoreDagBundleProps): DagBundle {
    return new DagBundle(() => s3Bundle(props), ['s3', props]);
  }

  /**
   * A bucket of Google Cloud Storage. The image must have the provider `google`.
   * @param props the bucket.
   */
  static gcs(props: ObjectStoreDagBundleProps): DagBundle {
    return new DagBundle(() => gcsBundle(props), ['gcs', props]);
  }

  /**
   * A folder of the image.
   * @param props the folder.
   */
  static image(props: ImageDagBundleProps): DagBundle {
    return new DagBundle(() => imageBundle(props), ['image', props]);
  }

  /**
   * A folder of a volume that something else writes.
   * @param props the volume.
   */
  static volume(props: VolumeDagBundleProps): DagBundle {
    return new DagBundle(() => volumeBundle(props), ['volume', props]);
  }

  private constructor(
    private readonly planOf: () => BundlePlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): BundlePlan {
    return this.planOf();
  }
}
