import { Duration } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { attachPodPart } from '../cdk8s/attach-pod-part';
import { envVars } from '../kubernetes/env';
import { declareExisting } from '../kubernetes/existing-objects';
import { hashOf } from '../kubernetes/hash';
import { mergePodParts, type PodPart } from '../kubernetes/pod-part';
import type { Target } from '../network/url-destinations';
import { type ImageProps, imageReference, joinImages, pullSecretsOf, validateImage } from '../props/image';
import { containerResources, type ResourcesProps, scratchVolume, validateResources } from '../props/resources';
import { containerSecurity, type ImageIds, type SecurityContext } from '../props/security-context';
import { checkedProps } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import { type ConfiguredDagBundle, LOCAL_BUNDLE } from './bundle-plan';
import { type GitRepository, repositoryDestinations, repositoryName, validateRepository } from './git-repository';
import { GIT_SYNC_ROOT, gitSyncCommand, gitSyncFlags, inSeconds, LINK, SECRET_PATH, validateGitSync } from './git-sync-flags';
import { isReadBySsh } from './git-url';

/** How git-sync itself runs. */
export interface GitSyncOptions {
  /**
   * The image of kubernetes/git-sync, version 4.
   * @default - registry.k8s.io/git-sync/git-sync:v4.7.1
   */
  readonly image?: ImageProps;
  /**
   * Requests and limits of each git-sync container.
   * @default - requests of 10m and 32Mi, limits of 500m and 256Mi
   */
  readonly resources?: ResourcesProps;
  /**
   * How many syncs in a row may fail until the sidecar ends, upon which Kubernetes starts it again. The one that fetches before the pod starts ends with
   * its first failure, and is started again.
   * @default - it goes on trying for ever
   * @see git-sync flag --max-failures
   */
  readonly maxFailures?: number;
  /**
   * Further flags, for all repositories, each with its value in one text, as in `--stale-worktree-timeout=1h`. One that the library sets, or that holds a
   * secret, is an error.
   * @default - none
   * @see https://github.com/kubernetes/git-sync#manual
   */
  readonly args?: string[];
  /**
   * As which user and group git-sync runs. What belongs to the pod, as the group of volumes and SELinux' label, can't be set here.
   * @default - as the user of its image; by the platform's ids in pods that have those
   */
  readonly securityContext?: SecurityContext;
  /**
   * Environment variables of each git-sync container, as git and curl know them: for a proxy, or `GIT_SSL_CAINFO`. Airflow's own `proxy` and
   * `caCertificates` are among them already.
   * @default - none
   */
  readonly env?: { readonly [name: string]: EnvValue };
  /**
   * Further volume mounts of each git-sync container, in the form of Kubernetes.
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: the form of Kubernetes
  readonly volumeMounts?: any[];
}

/** What DagGitSync needs to know. */
export interface DagGitSyncProps extends GitSyncOptions {
  /** The repositories, one or more, each with a name of its own. */
  readonly repositories: GitRepository[];
  /**
   * The folder under which each repository has a folder with its name.
   * @default "/opt/airflow/dags"
   */
  readonly mountPath?: string;
}

/** From 4.6 on a token that is replaced in its Secret is read anew before each sync. */
export const GIT_SYNC_IMAGE: ImageProps = {
  repository: 'registry.k8s.io/git-sync/git-sync',
  tag: 'v4.7.1',
  pullPolicy: 'IfNotPresent',
};
const DEFAULT_RESOURCES: ResourcesProps = {
  requests: { cpu: '10m', memory: '32Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
};
const GIT_SYNC_IDS: ImageIds = { user: 65533, group: 65533 };
const MOUNT_PATH = '/opt/airflow/dags';
const FIRST_PORT = 9630;
const TMP_VOLUME = 'git-sync-tmp';

/**
 * DAGs from git repositories, kept up to date in pods by kubernetes/git-sync: for each repository an init container that
 * fetches it before the pod starts, and a sidecar that follows it.
 *
 * It makes no objects of its own. It hands out its containers, volumes and mounts as `podPart`, and attaches them to any workload.
 *
 * @see https://github.com/kubernetes/git-sync
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { DagGitSync } from 'cdk8s-airflow';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * const chart = new Chart(new App(), 'notebooks');
 * const notebook = new Deployment(chart, 'notebook', { containers: [{ image: 'registry.example.com/notebook:1.0' }] });
 * const repositories = [{ url: 'https://gitlab.example.com/team/dags.git', path: 'dags' }];
 * new DagGitSync(chart, 'dags', { repositories, mountPath: '/home/jovyan/dags' }).attachTo(notebook);
 */
export class DagGitSync extends Construct {
  /** The containers, volumes and mounts that a pod needs in order to have the DAGs. */
  readonly podPart: PodPart;
  /** A DAG bundle for each repository, in the order of the repositories. */
  readonly dagBundles: ConfiguredDagBundle[];

  private readonly repositories: GitRepository[];
  /** What pods need for each repository, and for any. */
  private readonly parts: PodPart[];
  private readonly commonPart: PodPart;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: DagGitSyncProps) {
    super(scope, id);
    const validator = new PropValidator(this);
    props = checkedProps(validator, 'DagGitSyncProps', props, { repositories: [] });
    this.repositories = props.repositories;
    const mountPath = props.mountPath ?? MOUNT_PATH;
    this.validateProps(validator, props, mountPath);

    // It brings the files, so to Airflow they are folders of its own.
    this.dagBundles = props.repositories.map((repository) => ({
      name: repositoryName(repository),
      classpath: LOCAL_BUNDLE,
      kwargs: {
        path: [mountPath, repositoryName(repository), LINK, ...(repository.path ?? '').split('/').filter(Boolean)].join('/'),
        refresh_interval: Math.floor(inSeconds(periodOf(repository))),
      },
    }));
    const own = inOnePod(mountPath);
    this.parts = props.repositories.map((repository, index) => {
      return repositoryPart(repository, { ...own, port: own.port + index }, mountPath, props);
    });
    this.commonPart = {
      volumes: [scratchVolume(own.tmpVolume, containerResources(props.resources, DEFAULT_RESOURCES))],
      ...pullSecretsOf(this, props.image ?? {}),
    };
    this.podPart = mergePodParts([...this.parts, this.commonPart]);
    for (const { credentials } of props.repositories) {
      if (credentials) declareExisting(this, 'Secret', credentials._secretName);
    }
  }

  /**
   * Give the pods of a workload the DAGs: all their containers mount them.
   * @param workload a workload of cdk8s-plus, or an ApiObject with a pod template.
   */
  attachTo(workload: IConstruct): void {
    attachPodPart(workload, this.podPart);
  }

  /**
   * What pods need for the repositories with these names; nothing if there is none of them.
   * @internal
   */
  _partOf(names: readonly string[]): PodPart {
    const parts = this.parts.filter((_part, index) => names.includes(this.dagBundles[index].name));
    return parts.length > 0 ? mergePodParts([...parts, this.commonPart]) : {};
  }

  /**
   * Whom the pods must be able to reach in order to fetch, by the name of the bundle.
   * @internal
   */
  get _destinations(): { bundle: string; to: Target }[] {
    return this.repositories.flatMap((repository) => {
      return repositoryDestinations(repository).map((to) => ({ bundle: repositoryName(repository), to }));
    });
  }

  /**
   * Which repositories are read by SSH.
   * @internal
   */
  get _sshRepositories(): number[] {
    return this.repositories.flatMap(({ url }, index) => (isReadBySsh(url) ? [index] : []));
  }

  private validateProps(validator: PropValidator, props: DagGitSyncProps, mountPath: string): void {
    if (props.repositories.length === 0) validator.report('repositories', [], 'expected one repository or more');
    validator.mountPath('mountPath', mountPath);
    validateGitSync(validator, props.repositories, props, joinImages(GIT_SYNC_IMAGE, props.image).tag);
    validateImage(validator, 'image', props.image);
    validateResources(validator, 'resources', props.resources, DEFAULT_RESOURCES);
    validateIds(validator, props.securityContext, this._sshRepositories.length > 0);
    const names = props.repositories.map(repositoryName);
    for (const [index, repository] of props.repositories.entries()) {
      const prop = `repositories[${index}]`;
      validateRepository(validator, prop, repository);
      if (names.indexOf(names[index]) !== index) {
        validator.report(`${prop}.name`, names[index], 'expected another name: a repository before it has this one');
      }
    }
  }
}

const DEFAULT_PERIOD = Duration.seconds(10);

function periodOf(repository: GitRepository): Duration {
  return repository.period ?? DEFAULT_PERIOD;
}

function validateIds(validator: PropValidator, context: SecurityContext | undefined, isSsh: boolean): void {
  context?._validate(validator, 'securityContext');
  if (isSsh && context && (context._isAssigned || (context._props.runAsUser ?? GIT_SYNC_IDS.user) !== GIT_SYNC_IDS.user)) {
    const reason = `ssh ends where the image does not know its user by a name, which it knows of ${GIT_SYNC_IDS.user} alone; use https with a token, or leave it out`;
    validator.reportHidden('securityContext', reason);
  }
  for (const field of ['fsGroup', 'supplementalGroups', 'seLinuxOptions'] as const) {
    if (context?._props[field] === undefined) continue;
    validator.reportHidden(
      `securityContext.${field}`,
      "it is the pod's, and not of one container; use allComponents.securityContext, or leave it out",
    );
  }
}

interface InOnePod {
  readonly port: number;
  readonly tmpVolume: string;
}

/** What two of them in one pod, as with DAGs and plugins, may not share: by the folder, which can't be the same. */
function inOnePod(mountPath: string): InOnePod {
  if (mountPath === MOUNT_PATH) return { port: FIRST_PORT, tmpVolume: TMP_VOLUME };
  const hash = hashOf(mountPath);
  return { port: FIRST_PORT + 100 + (Number.parseInt(hash.slice(0, 8), 16) % 100) * 100, tmpVolume: `${TMP_VOLUME}-${hash.slice(0, 8)}` };
}

function repositoryPart(repository: GitRepository, { port, tmpVolume }: InOnePod, mountPath: string, options: GitSyncOptions): PodPart {
  const name = repositoryName(repository);
  const volume = `git-${name}`;
  const secretVolume = `${volume}-secret`;
  const image = joinImages(GIT_SYNC_IMAGE, options.image);
  const common = {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    ...gitSyncCommand(repository),
    resources: containerResources(options.resources, DEFAULT_RESOURCES),
    securityContext: containerSecurity(options.securityContext, GIT_SYNC_IDS),
    ...(Object.keys(options.env ?? {}).length > 0 && { env: envVars(options.env) }),
    volumeMounts: [
      { name: volume, mountPath: GIT_SYNC_ROOT },
      // Git keeps the token of a host at a socket in it: shared, the token of one repository would take the place of another's.
      { name: tmpVolume, mountPath: '/tmp', subPath: name },
      ...(repository.credentials ? [{ name: secretVolume, mountPath: SECRET_PATH, readOnly: true }] : []),
      ...(options.volumeMounts ?? []),
    ],
  };
  const args = gitSyncFlags(repository, options.args);
  return {
    initContainers: [{ ...common, name: `git-sync-init-${name}`, args: [...args, '--one-time'] }],
    containers: [
      {
        ...common,
        name: `git-sync-${name}`,
        args: [
          ...args,
          `--period=${inSeconds(periodOf(repository))}s`,
          `--max-failures=${options.maxFailures ?? -1}`,
          `--http-bind=:${port}`,
        ],
        livenessProbe: { tcpSocket: { port }, initialDelaySeconds: 10, periodSeconds: 30, timeoutSeconds: 5 },
      },
    ],
    volumes: [scratchVolume(volume, common.resources), ...(repository.credentials ? [repository.credentials._volume(secretVolume)] : [])],
    volumeMounts: [{ name: volume, mountPath: `${mountPath}/${name}`, readOnly: true }],
  };
}
