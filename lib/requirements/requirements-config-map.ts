import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { AppSynth } from '../cdk8s/app-synth';
import { attachPodPart } from '../cdk8s/attach-pod-part';
import { envVars } from '../kubernetes/env';
import { declareExisting } from '../kubernetes/existing-objects';
import { hashOf } from '../kubernetes/hash';
import { mergePodParts, type PodPart } from '../kubernetes/pod-part';
import type { NetworkDestination } from '../network/network-destination';
import { containerResources, type ResourcesProps, scratchVolume } from '../props/resources';
import type { SecretKey } from '../props/secret-key';
import { AIRFLOW_IDS, containerSecurity, identityVariables, type SecurityContext } from '../props/security-context';
import { checkedProps } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import { airflowContradiction } from './airflow-pins';
import { packageIndexes } from './package-indexes';
import { isVersion } from './pep440';
import { CONSTRAINTS_FILE, type ReadRequirements, readRequirements, type SourceLine, variablesOf } from './read-requirements';
import { Requirements, type RequirementsOptions } from './requirements';
import { sshCommand } from './ssh-command';

/** What RequirementsConfigMap needs to know. */
export interface RequirementsConfigMapProps {
  /** The packages. */
  readonly requirements: Requirements;
  /**
   * The name of the ConfigMap, unless the requirements have one of their own.
   * @default "requirements"
   */
  readonly name?: string;
  /**
   * The version of Airflow in the pods, as in `3.3.2`: a requirement that contradicts it is an error.
   * @default - not compared
   */
  readonly airflowVersion?: string;
  /**
   * Labels of the ConfigMap.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/** How pods install the packages. */
export interface RequirementsInstallOptions {
  /**
   * The image of the pod's own containers, as a reference. It must have Python 3.9 and pip 22.2, or later.
   * What it has is not installed again.
   */
  readonly image: string;
  /**
   * `Always`, `IfNotPresent` or `Never`.
   * @default - that of Kubernetes
   */
  readonly imagePullPolicy?: string;
  /**
   * Environment variables of the init container: for `${VARIABLE}` in requirements, or for a proxy.
   * @default - none
   */
  readonly env?: { readonly [name: string]: EnvValue };
  /**
   * As whom the init container runs: as the pod's own containers.
   * @default - as the user of Airflow's image
   */
  readonly securityContext?: SecurityContext;
  /**
   * Further volume mounts of the init container, in the form of Kubernetes: for files that `env` names.
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: the form of Kubernetes
  readonly volumeMounts?: any[];
  /**
   * Requests and limits of the init container.
   * @default - requests of 100m and 256Mi, limits of 2 and 1Gi
   */
  readonly resources?: ResourcesProps;
}

/** Where pods find the file. */
export interface RequirementsFileOptions {
  /**
   * The path of `requirements.txt` in the containers. Files with constraints are beside it.
   * @default "/bitnami/python/requirements.txt", where Bitnami's image of Airflow installs it from
   */
  readonly mountPath?: string;
}

const FILE = 'requirements.txt';
const SCRIPT_FILE = 'install-requirements.py';
/** The script, and the module that shows the packages to the image's Python. */
const SCRIPTS = Object.fromEntries([SCRIPT_FILE, 'sitecustomize.py'].map((file) => [file, readFileSync(join(__dirname, file), 'utf8')]));
const MAX_BYTES = 1024 * 1024;

/** Of the init container, where users say nothing. */
export const INSTALL_RESOURCES: ResourcesProps = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '2', memory: '1Gi' } };

const FILES_PATH = '/etc/airflow/requirements';
const LOGINS_PATH = '/etc/airflow/pip';
const SSH_KEY_FILE = 'ssh-privatekey';
const KNOWN_HOSTS_FILE = 'known_hosts';
const SSH_COMMAND = sshCommand(`${LOGINS_PATH}/${KNOWN_HOSTS_FILE}`, `-i ${LOGINS_PATH}/${SSH_KEY_FILE}`, '-o IdentitiesOnly=yes');
const PACKAGES_PATH = '/opt/airflow/python-packages';
const FILES_VOLUME = 'requirements';
const LOGINS_VOLUME = 'pip-logins';
const PACKAGES_VOLUME = 'python-packages';
const TEMP_VOLUME = 'pip-temp';

/**
 * Python packages for Airflow's pods: a ConfigMap with `requirements.txt`, and the parts of a pod that installs from it.
 *
 * The file is read at synth as pip reads it, and files that it includes are put in their places. An error at synth is: a line that pip
 * would not take, a path that is not in the pod, a login in a URL, a version of Airflow other than the given one, more than 1 MiB.
 * (Above 256 KiB, `kubectl apply` needs `--server-side`.)
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { Requirements, RequirementsConfigMap } from 'cdk8s-airflow';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * const chart = new Chart(new App(), 'airflow');
 * const worker = new Deployment(chart, 'worker', { containers: [{ image: 'docker.io/bitnamilegacy/airflow:2.10.5' }] });
 * const requirements = Requirements.fromList(['pandas>=2.2']);
 * new RequirementsConfigMap(chart, 'requirements', { requirements }).attachTo(worker);
 */
export class RequirementsConfigMap extends Construct {
  /** The name of the ConfigMap. */
  readonly configMapName: string;
  /** A digest of what is in the ConfigMap, 64 hexadecimal digits: pods that carry it are replaced when the requirements change. */
  readonly checksum: string;
  /** The URLs that pods must reach in order to install: indexes, pages with links, files and repositories. They have no logins. */
  readonly indexUrls: string[];
  /** Whether `indexUrls` is all: pip's configuration in a Secret, or a variable, may name other indexes. */
  readonly indexesKnown: boolean;

  /**
   * Whom the pods must be able to reach in order to install, where the user says so.
   * @internal
   */
  get _egress(): readonly NetworkDestination[] | undefined {
    return this.options.egress;
  }

  /**
   * Whether repositories are read by SSH.
   * @internal
   */
  get _isReadBySsh(): boolean {
    return this.options.sshKey !== undefined;
  }

  /**
   * The variables that the requirements name, as `${TOKEN}`.
   * @internal
   */
  readonly _variables: ReadonlySet<string>;

  private readonly lines: readonly SourceLine[];
  private readonly options: RequirementsOptions;
  private readonly hasConstraints: boolean;
  private readonly validator = new PropValidator(this);

  /** What is wrong with the props and with the requirements is reported when the app is validated. */
  constructor(scope: Construct, id: string, props: RequirementsConfigMapProps) {
    super(scope, id);
    AppSynth.of(this);
    props = checkedProps(this.validator, 'RequirementsConfigMapProps', props, { requirements: Requirements.fromText('') });
    this.options = props.requirements._options;
    this.configMapName = this.options.configMapName ?? props.name ?? 'requirements';
    const read = readRequirements(props.requirements._source);
    this.lines = read.lines;
    const indexes = packageIndexes(read.lines, this.options.pipConfig !== undefined);
    this.indexUrls = indexes.urls;
    this.indexesKnown = indexes.known;
    this.hasConstraints = read.constraints !== undefined;

    const data = {
      [FILE]: fileOf(read.requirements),
      ...(read.constraints && { [CONSTRAINTS_FILE]: fileOf(read.constraints) }),
      ...SCRIPTS,
    };
    this.checksum = hashOf(data);
    this._variables = variablesOf(read);
    this.validateProps(props, read, data);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, labels: props.labels },
      data,
    });
    for (const secret of [this.options.pipConfig, this.options.netrc, this.options.sshKey]) {
      if (secret) declareExisting(this, 'Secret', secret.secretName);
    }
    if (this.options.claimName !== undefined) declareExisting(this, 'PersistentVolumeClaim', this.options.claimName);
  }

  /**
   * Whether a package may be among them: of some lines it is known only when they are installed.
   * @internal
   */
  _mayInstall(name: string): boolean {
    return this.lines.some(({ package: line }) => {
      return line && (line.name === undefined || line.name === name || (line.hasExtras && line.name.startsWith('apache-airflow')));
    });
  }

  /**
   * The parts of a pod that installs the packages before it starts, into a volume where the Python of the image finds them in all containers
   * of the pod, and their commands. That of a virtual environment does not see them.
   *
   * pip resolves the requirements together with what the Airflow of the image rests on: what would break it ends the init container with an
   * error. What the image has is not installed, and if that is all, no index is asked. Where the requirements name a claim, the first pod installs for all.
   * @param options the image that installs.
   */
  installPart(options: RequirementsInstallOptions): PodPart {
    options = checkedProps(this.validator, 'RequirementsInstallOptions', options, { image: '' });
    const login = this.loginPart();
    const resources = containerResources(options.resources, INSTALL_RESOURCES);
    const { claimName } = this.options;
    const packages = claimName === undefined ? PACKAGES_PATH : this.sharedFolder(options.image);
    const identity = identityVariables(options.securityContext).filter(({ name }) => !options.env?.[name]);
    return mergePodParts([
      this.checksumPart(),
      {
        initContainers: [
          {
            name: 'install-requirements',
            image: options.image,
            ...(options.imagePullPolicy !== undefined && { imagePullPolicy: options.imagePullPolicy }),
            command: [
              'python',
              `${FILES_PATH}/${SCRIPT_FILE}`,
              `${FILES_PATH}/${FILE}`,
              packages,
              ...(claimName === undefined ? [] : ['--once']),
            ],
            env: [{ name: 'TMPDIR', value: '/tmp' }, ...identity, ...(login.env ?? []), ...envVars(options.env)],
            resources,
            securityContext: containerSecurity(options.securityContext, AIRFLOW_IDS),
            volumeMounts: [
              { name: FILES_VOLUME, mountPath: FILES_PATH, readOnly: true },
              { name: PACKAGES_VOLUME, mountPath: PACKAGES_PATH },
              { name: TEMP_VOLUME, mountPath: '/tmp' },
              ...(login.volumeMounts ?? []),
              ...(options.volumeMounts ?? []),
            ],
          },
        ],
        volumes: [
          this.filesVolume(),
          claimName === undefined
            ? scratchVolume(PACKAGES_VOLUME, resources)
            : { name: PACKAGES_VOLUME, persistentVolumeClaim: { claimName } },
          scratchVolume(TEMP_VOLUME, resources),
          ...(login.volumes ?? []),
        ],
        volumeMounts: [{ name: PACKAGES_VOLUME, mountPath: PACKAGES_PATH, readOnly: true }],
        env: [{ name: 'PYTHONPATH', value: packages }],
      },
    ]);
  }

  /**
   * The parts of a pod whose containers install the packages by themselves: the file alone, and pip's logins where there are some.
   * @param options where the file is.
   */
  filePart(options: RequirementsFileOptions = {}): PodPart {
    const { mountPath = '/bitnami/python/requirements.txt' } = checkedProps(this.validator, 'RequirementsFileOptions', options);
    this.validator.mountPath('mountPath', mountPath);
    if (this.options.claimName !== undefined) {
      const reason = 'the containers install by themselves, and could not share what they install; leave it out';
      this.validator.reportHidden('requirements.claimName', reason);
    }
    const mount = (subPath: string, path: string) => ({ name: FILES_VOLUME, mountPath: path, subPath, readOnly: true });
    const constraints = this.hasConstraints ? [mount(CONSTRAINTS_FILE, posix.join(posix.dirname(mountPath), CONSTRAINTS_FILE))] : [];
    return mergePodParts([
      this.checksumPart(),
      { volumes: [this.filesVolume()], volumeMounts: [mount(FILE, mountPath), ...constraints] },
      this.loginPart(),
    ]);
  }

  /**
   * Give the pods of a workload the file, see `filePart`.
   * @param workload a workload of cdk8s-plus, or an ApiObject with a pod template.
   * @param options where the file is.
   */
  attachTo(workload: IConstruct, options: RequirementsFileOptions = {}): void {
    attachPodPart(workload, this.filePart(options));
  }

  /** On a volume that pods share: for these requirements and one image, beside what this ConfigMap had before. */
  private sharedFolder(image: string): string {
    const [requirements, own] = [this.checksum, hashOf(image)].map((hash) => hash.slice(0, 16));
    return `${PACKAGES_PATH}/${this.configMapName}/${requirements}-${own}`;
  }

  private filesVolume(): unknown {
    return { name: FILES_VOLUME, configMap: { name: this.configMapName } };
  }

  private checksumPart(): PodPart {
    return { annotations: { 'cdk8s-airflow/requirements-checksum': this.checksum } };
  }

  /** pip.conf, .netrc and an SSH key out of their Secrets, where pip and git find them. */
  private loginPart(): PodPart {
    const { pipConfig, netrc, sshKey } = this.options;
    const files = [
      ...(pipConfig ? [{ secret: pipConfig, key: 'pip.conf' }] : []),
      ...(netrc ? [{ secret: netrc, key: '.netrc' }] : []),
      ...(sshKey ? [{ secret: sshKey, key: SSH_KEY_FILE }] : []),
      ...(sshKey ? [{ secret: { secretName: sshKey.secretName }, key: KNOWN_HOSTS_FILE }] : []),
    ];
    if (files.length === 0) return {};
    const sources = files.map(({ secret, key }: { secret: SecretKey; key: string }) => ({
      secret: { name: secret.secretName, items: [{ key: secret.key ?? key, path: key }] },
    }));
    return {
      volumes: [{ name: LOGINS_VOLUME, projected: { sources, defaultMode: 0o440 } }],
      volumeMounts: [{ name: LOGINS_VOLUME, mountPath: LOGINS_PATH, readOnly: true }],
      env: [
        ...(pipConfig ? [{ name: 'PIP_CONFIG_FILE', value: `${LOGINS_PATH}/pip.conf` }] : []),
        ...(netrc ? [{ name: 'NETRC', value: `${LOGINS_PATH}/.netrc` }] : []),
        ...(sshKey ? [{ name: 'GIT_SSH_COMMAND', value: SSH_COMMAND }] : []),
      ],
    };
  }

  private validateProps(props: RequirementsConfigMapProps, read: ReadRequirements, data: { readonly [key: string]: string }): void {
    const { validator } = this;
    const { airflowVersion } = props;
    validator.dnsSubdomain('name', props.name);
    validator.dnsSubdomain('requirements.configMapName', this.options.configMapName);
    validator.dnsSubdomain('requirements.claimName', this.options.claimName);
    validator.labels('labels', props.labels);
    for (const name of ['pipConfig', 'netrc', 'sshKey'] as const) validator.secret(`requirements.${name}`, this.options[name]);
    if (this.options.sshKey && !read.lines.some(({ package: each }) => /^(\w+\+)?ssh:/i.test(each?.url ?? ''))) {
      const reason = 'no requirement is read by SSH; expected one, as in "git+ssh://git@gitlab.example.com/team/tools.git", or no key';
      validator.reportHidden('requirements.sshKey', reason);
    }
    for (const problem of read.problems) validator.reportHidden('requirements', problem);
    if (airflowVersion !== undefined && !isVersion(airflowVersion)) {
      validator.report('airflowVersion', airflowVersion, 'expected the version of a release, as in "3.3.2"');
    } else if (airflowVersion !== undefined) {
      for (const line of read.lines) {
        const contradiction = airflowContradiction(line, airflowVersion);
        if (contradiction) validator.reportHidden('requirements', contradiction);
      }
    }
    const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes > MAX_BYTES) {
      validator.report('requirements', `${bytes} bytes`, `expected at most ${MAX_BYTES} bytes (1 MiB), which is what a ConfigMap holds`);
    }
  }
}

function fileOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
