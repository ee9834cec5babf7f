import { type BundlePlan, type DagBundleOptions, LOCAL_BUNDLE, nameOfPath, refreshOf, validateBundle } from './bundle-plan';
import { validateFolder } from './git-repository';

/** DAGs that are in the image. */
export interface ImageDagBundleProps extends DagBundleOptions {
  /** The folder of the DAGs in the image, as in `/opt/airflow/dags`. */
  readonly path: string;
}

/** DAGs on a volume that something else writes. */
export interface VolumeDagBundleProps extends DagBundleOptions {
  /** The name of the PersistentVolumeClaim, in the namespace of the pods; the user makes it. Several nodes must be able to read it at a time. */
  readonly claimName: string;
  /**
   * The folder of the DAGs on the volume.
   * @default - the volume's root
   */
  readonly path?: string;
}

/** A bundle that is a folder of the image. */
export function imageBundle(props: ImageDagBundleProps): BundlePlan {
  const { path, name = nameOfPath(path) } = props;
  return {
    ...folderBundle(name, path.replace(/(?<=.)\/+$/, ''), props),
    part: {},
    existing: [],
    validate: (validator, prop) => {
      validateBundle(validator, prop, name, props);
      validator.mountPath(`${prop}.path`, path);
    },
  };
}

/** A bundle that is a folder of a volume, which pods can't write to. */
export function volumeBundle(props: VolumeDagBundleProps): BundlePlan {
  const { claimName, path, name = nameOfPath(claimName) } = props;
  const volume = `bundle-${name}`;
  const mountPath = `/opt/airflow/dag-volumes/${name}`;
  return {
    ...folderBundle(name, [mountPath, ...(path ?? '').split('/').filter(Boolean)].join('/'), props),
    part: {
      volumes: [{ name: volume, persistentVolumeClaim: { claimName, readOnly: true } }],
      volumeMounts: [{ name: volume, mountPath, readOnly: true }],
    },
    existing: [{ kind: 'PersistentVolumeClaim', name: claimName }],
    validate: (validator, prop) => {
      validateBundle(validator, prop, name, props);
      validator.dnsSubdomain(`${prop}.claimName`, claimName);
      validateFolder(validator, `${prop}.path`, path);
    },
  };
}

function folderBundle(name: string, path: string, options: DagBundleOptions) {
  return { name, classpath: LOCAL_BUNDLE, kwargs: { path, ...refreshOf(options) }, isFetched: false, destinations: [] };
}
