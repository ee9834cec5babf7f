import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** Where the user and the token of a repository come from. */
export interface GitTokenProps {
  /** The Secret, in the namespace of the pods; the user makes it. */
  readonly secretName: string;
  /**
   * The key of the user name. GitLab takes any name with a personal access token.
   * @default "username"
   */
  readonly usernameKey?: string;
  /**
   * The key of the token.
   * @default "token"
   */
  readonly tokenKey?: string;
}

/** Where an SSH key comes from, and how the server is recognised. */
export interface GitSshKeyProps {
  /** The Secret, in the namespace of the pods; the user makes it. */
  readonly secretName: string;
  /**
   * The key of the private key in the Secret.
   * @default "ssh-privatekey", as in a Secret of the type kubernetes.io/ssh-auth
   */
  readonly privateKeyKey?: string;
  /**
   * The key in the Secret of the server's public keys, in the form of a known_hosts file (`ssh-keyscan HOST` prints it).
   * @default - none, which is an error unless host key checking is switched off
   */
  readonly knownHostsKey?: string;
  /**
   * Take whatever server answers for the right one. Whoever can stand between the cluster and the server then chooses what code runs.
   * @default false
   */
  readonly disableHostKeyChecking?: boolean;
}

/**
 * How git-sync proves who it is. The values stay in a Secret and reach git-sync as files.
 * @see https://github.com/kubernetes/git-sync/tree/master/docs
 */
export class GitCredentials {
  /**
   * A user name and a token (GitLab: personal, project or group access token with `read_repository`), for http and https.
   * @param props the Secret and its keys.
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, GitCredentials } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   dags: [{
   *     url: 'https://gitlab.example.com/team/dags.git',
   *     credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
   *   }],
   * });
   */
  static token(props: GitTokenProps): GitCredentials {
    return new GitCredentials(props, undefined, ['token', props]);
  }

  /**
   * A private key, for SSH.
   * @param props the Secret and its keys.
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, GitCredentials } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   dags: [{
   *     url: 'git@gitlab.example.com:team/dags.git',
   *     credentials: GitCredentials.sshKey({ secretName: 'deploy-key', knownHostsKey: 'known_hosts' }),
   *   }],
   * });
   */
  static sshKey(props: GitSshKeyProps): GitCredentials {
    return new GitCredentials(undefined, props, ['sshKey', props]);
  }

  private constructor(
    /** @internal */
    readonly _token: GitTokenProps | undefined,
    /** @internal */
    readonly _sshKey: GitSshKeyProps | undefined,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _secretName(): string {
    return (this._token ?? this._sshKey)?.secretName ?? '';
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    validator.dnsSubdomain(`${prop}.secretName`, this._secretName);
    validator.secretKey(`${prop}.usernameKey`, this._token?.usernameKey);
    validator.secretKey(`${prop}.tokenKey`, this._token?.tokenKey);
    validator.secretKey(`${prop}.privateKeyKey`, this._sshKey?.privateKeyKey);
    validator.secretKey(`${prop}.knownHostsKey`, this._sshKey?.knownHostsKey);
    if (!this._sshKey) return;
    const { knownHostsKey, disableHostKeyChecking } = this._sshKey;
    if (knownHostsKey === undefined && !disableHostKeyChecking) {
      validator.report(
        `${prop}.knownHostsKey`,
        null,
        'expected the key of the known_hosts in the Secret, as in "known_hosts"; `disableHostKeyChecking: true` goes without',
      );
    }
    if (knownHostsKey !== undefined && disableHostKeyChecking) {
      validator.report(`${prop}.disableHostKeyChecking`, true, 'expected either this or knownHostsKey');
    }
  }
}
