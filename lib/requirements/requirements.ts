import { readFileSync } from 'node:fs';
import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import { decodeText } from './logical-lines';
import type { RequirementsSource } from './read-requirements';

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
   * Whom the NetworkPolicies let the pods reach in order to install, as in `[NetworkDestination.cidr('192.0.2.7/32', [443])]`. It has to be said where
   * only a Secret, or a variable, names the index.
   * @default - what the requirements name, else PyPI: all pods of a Service's namespace at all ports; of any other host the port of the address, anywhere
   */
  readonly egress?: NetworkDestination[];
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
}
