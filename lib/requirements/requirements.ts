import { readFileSync } from 'node:fs';
import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import { type Given, shapeProblems } from '../validation/checked-props';
import { dockerfile } from './dockerfile';
import { decodeText } from './logical-lines';
import { type RequirementsSource, readRequirements } from './read-requirements';

/** Where the packages stand in the cluster, and how pip reaches indexes that ask for a login. */
export interface RequirementsOptions {
  /**
   * The name of the ConfigMap that has them.
   * @default - `<name>-requirements` with Airflow's name, `requirements` for a RequirementsConfigMap alone
   */
  readonly configMapName?: string;
  /**
   * pip's configuration, in a Secret: the place for an index URL with a login, as in
   * `[global]` and `index-url = https://user:token@pypi.example.com/simple`.
   * @default - no configuration; the key is `pip.conf` unless it is given
   * @see https://pip.pypa.io/en/stable/topics/configuration/
   */
  readonly pipConfig?: SecretKey;
  /**
   * Logins by host, in a Secret: lines as `machine pypi.example.com login user password token`. pip uses them for indexes and files,
   * git for repositories.
   * @default - no logins; the key is `.netrc` unless it is given
   * @see https://pip.pypa.io/en/stable/topics/authentication/#netrc-support
   */
  readonly netrc?: SecretKey;
  /**
   * A private key for repositories by SSH, as in `git+ssh://git@gitlab.example.com/team/tools.git`, in a Secret that also has the public keys of the servers, under
   * `known_hosts` (`ssh-keyscan HOST` prints them). The image needs git and ssh, as that of Airflow has.
   * @default - no key; its key in the Secret is `ssh-privatekey` unless it is given, as in a Secret of the type kubernetes.io/ssh-auth
   * @see https://pip.pypa.io/en/stable/topics/vcs-support/#git
   */
  readonly sshKey?: SecretKey;
  /**
   * Whom the NetworkPolicies let the pods reach in order to install, as in `[NetworkDestination.cidr('192.0.2.7/32', [443])]`. It has to be said where
   * only a Secret, or a variable, names the index.
   * @default - what the requirements name, else PyPI: all pods of a Service's namespace at all ports; of any other host the port of the address, anywhere
   */
  readonly egress?: NetworkDestination[];
  /**
   * The name of a PersistentVolumeClaim of the namespace, on which the packages are installed once for all pods that have the same image, and for their restarts.
   * It has to be one that many nodes can mount (ReadWriteMany), that the group 0 can write to, and that has file locks, as NFS 4 and CephFS have. What
   * earlier requirements have there goes when no pod has begun with it for 30 days. With Bitnami's chart, whose containers install by themselves, it is an error.
   * @default - each pod installs by itself, into a volume of its own
   */
  readonly claimName?: string;
}

/**
 * Python packages, in the form that pip reads from a requirements file.
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, Requirements } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   requirements: Requirements.fromList(['--index-url https://pypi.example.com/simple', 'pandas>=2.2'], {
 *     netrc: { secretName: 'pypi-login' },
 *   }),
 * });
 */
export class Requirements {
  /**
   * From the text of a requirements file.
   * @param text the lines; files that it includes are relative to the working directory.
   * @param options the ConfigMap's name, and where logins come from.
   */
  static fromText(text: string, options: RequirementsOptions = {}): Requirements {
    const name = 'Requirements.fromText';
    return new Requirements({ name, call: `${name}(…`, path: name, read: () => text }, options, ['fromText', text, options]);
  }

  /**
   * From a list.
   * @param lines one requirement or option each, as in `pandas>=2.2`; files that they include are relative to the working directory.
   * @param options the ConfigMap's name, and where logins come from.
   */
  static fromList(lines: string[], options: RequirementsOptions = {}): Requirements {
    const name = 'Requirements.fromList';
    const read = () => lines.join('\n');
    return new Requirements({ name, call: `${name}([…]`, path: name, read }, options, ['fromList', lines, options]);
  }

  /**
   * From a file, which is read at synth, with the files that it includes.
   * @param path the file, as in `requirements.txt`, relative to the working directory.
   * @param options the ConfigMap's name, and where logins come from.
   */
  static fromFile(path: string, options: RequirementsOptions = {}): Requirements {
    return new Requirements(
      { name: path, call: `Requirements.fromFile('${path}'`, path, read: () => decodeText(readFileSync(path)) },
      options,
      ['fromFile', path, options],
    );
  }

  private constructor(
    /** @internal */
    readonly _source: RequirementsSource,
    /** @internal */
    readonly _options: RequirementsOptions,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * The text of a Dockerfile for an image that has the packages, so that no pod installs any. It needs no other file, and a builder with BuildKit, as Docker 23 and
   * later, or Buildah 1.33 and later. What would break the Airflow of the base image ends the build, as it ends the init container of a pod. Logins are the build's
   * to give: the secrets `pip.conf`, `netrc` and `known_hosts`, an SSH agent, and a secret of its own name for each variable that the requirements name.
   * @param baseImage a reference, as in `docker.io/apache/airflow:3.3.2`, with Python 3.9 and pip 22.2, or later.
   * @returns the same text for the same requirements.
   * @throws where the requirements can't be read, or the reference is none.
   * @see https://docs.docker.com/build/building/secrets/
   */
  dockerfile(baseImage: string): string {
    const misshapen = shapeProblems('Requirements', this, 'requirements');
    if (misshapen.length > 0) throw new Error(misshapen.join('\n'));
    const read = readRequirements(this._source);
    const problems = [...read.problems];
    if (typeof baseImage !== 'string' || !/^[a-zA-Z0-9][\w./:@-]*$/.test(baseImage))
      problems.push(`baseImage: ${JSON.stringify(baseImage)} given; expected a reference, as in "docker.io/apache/airflow:3.3.2"`);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return dockerfile(baseImage, read, this._options);
  }
}
