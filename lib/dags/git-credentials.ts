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

/** A GitHub App that is installed where the repository is, and its private key. */
export interface GitHubAppProps {
  /** The Secret, in the namespace of the pods; the user makes it. */
  readonly secretName: string;
  /** The id of the app, a number. */
  readonly appId: number;
  /** The id of its installation, a number: the last part of the address of its settings. */
  readonly installationId: number;
  /**
   * The key of the private key in the Secret, in the PEM form in which GitHub hands it out.
   * @default "private-key.pem"
   */
  readonly privateKeyKey?: string;
}

/** What credentials come to in a pod. */
interface Kind {
  readonly props: { readonly secretName: string };
  /** The files that they are, by their names in the container, with the keys in the Secret. */
  readonly files: { readonly [name: string]: string | undefined };
  /** The flags of git-sync, where the files are in a folder. */
  readonly flags: (folder: string) => string[];
  /** The fields of an Airflow connection of the type `git`, where the files are in a folder. None of them is secret. */
  readonly extra: (folder: string) => { readonly [field: string]: string };
  /** Schemes of addresses that they are for. */
  readonly protocols: readonly string[];
  /** What to say where the address has another. */
  readonly misplaced: string;
}

export const SSH_WANTS_KEY = 'the address is one of SSH; expected GitCredentials.sshKey({ … })';

/**
 * How git proves who it is, be it run by git-sync or by Airflow. The values stay in a Secret and are files in the pod.
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
    const kindOf = (): Kind => {
      const { usernameKey = 'username', tokenKey = 'token' } = props;
      return {
        props,
        files: { username: usernameKey, token: tokenKey },
        flags: (folder) => [`--password-file=${folder}/token`],
        extra: () => ({}),
        protocols: ['http:', 'https:'],
        misplaced: SSH_WANTS_KEY,
      };
    };
    return new GitCredentials(kindOf, ['token', props]);
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
    const kindOf = (): Kind => {
      const { privateKeyKey = 'ssh-privatekey', knownHostsKey, disableHostKeyChecking = false } = props;
      return {
        props,
        files: { ssh: privateKeyKey, known_hosts: knownHostsKey },
        flags: (folder) => [
          `--ssh-key-file=${folder}/ssh`,
          disableHostKeyChecking ? '--ssh-known-hosts=false' : `--ssh-known-hosts-file=${folder}/known_hosts`,
        ],
        extra: (folder) => ({
          key_file: `${folder}/ssh`,
          ...(disableHostKeyChecking
            ? { strict_host_key_checking: 'no' }
            : { strict_host_key_checking: 'yes', known_hosts_file: `${folder}/known_hosts` }),
        }),
        protocols: ['ssh:'],
        misplaced: 'an SSH key is given for an address of http; expected GitCredentials.token({ … })',
      };
    };
    return new GitCredentials(kindOf, ['sshKey', props]);
  }

  /**
   * A GitHub App, which gets itself tokens that are good for an hour, for repositories on GitHub by https. git-sync must be 4.3 or later. For
   * `DagBundle.git` the image must have PyGithub, as `requirements` with `PyGithub` in it brings it.
   * @param props the app, and the Secret with its private key.
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, GitCredentials } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   dags: [{
   *     url: 'https://github.com/example/dags.git',
   *     credentials: GitCredentials.githubApp({ secretName: 'github-app', appId: 123456, installationId: 7890123 }),
   *   }],
   * });
   */
  static githubApp(props: GitHubAppProps): GitCredentials {
    const kindOf = (): Kind => {
      const { appId, installationId, privateKeyKey = 'private-key.pem' } = props;
      return {
        props,
        files: { 'private-key.pem': privateKeyKey },
        flags: (folder) => [
          `--github-app-private-key-file=${folder}/private-key.pem`,
          `--github-app-application-id=${appId}`,
          `--github-app-installation-id=${installationId}`,
        ],
        extra: (folder) => ({
          github_app_id: `${appId}`,
          github_installation_id: `${installationId}`,
          key_file: `${folder}/private-key.pem`,
        }),
        protocols: ['https:'],
        misplaced: 'a GitHub App is for addresses of https; expected one, or other credentials',
      };
    };
    return new GitCredentials(kindOf, ['githubApp', props]);
  }

  private constructor(
    private readonly kindOf: () => Kind,
    /** @internal */
    readonly _given: Given,
  ) {}

  private get kind(): Kind {
    return this.kindOf();
  }

  /** @internal */
  get _secretName(): string {
    return this.kind.props.secretName;
  }

  /**
   * Whether they are a user and a token, in the files `username` and `token`.
   * @internal
   */
  get _isToken(): boolean {
    return 'token' in this.kind.files;
  }

  /**
   * A volume with the files. They are for containers whose user and group are not ours to set.
   * @internal
   */
  _volume(name: string): unknown {
    const files = Object.entries(this.kind.files).filter(([, key]) => key !== undefined);
    const items = files.map(([path, key]) => ({ key, path }));
    return { name, secret: { secretName: this._secretName, items, defaultMode: 0o444 } };
  }

  /** @internal */
  _syncFlags(folder: string): string[] {
    return this.kind.flags(folder);
  }

  /** @internal */
  _connectionExtra(folder: string): { readonly [field: string]: string } {
    return this.kind.extra(folder);
  }

  /**
   * Why they are of no use for addresses of a scheme, as `https:`, if so.
   * @internal
   */
  _problemWith(protocol: string): string | undefined {
    return this.kind.protocols.includes(protocol) ? undefined : this.kind.misplaced;
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const [, props] = this._given as [string, Partial<GitTokenProps & GitSshKeyProps & GitHubAppProps>];
    validator.dnsSubdomain(`${prop}.secretName`, this._secretName);
    for (const key of ['usernameKey', 'tokenKey', 'privateKeyKey', 'knownHostsKey'] as const)
      validator.secretKey(`${prop}.${key}`, props[key]);
    validator.wholeNumber(`${prop}.appId`, props.appId, 1);
    validator.wholeNumber(`${prop}.installationId`, props.installationId, 1);
    if ('ssh' in this.kind.files) this.validateKnownHosts(validator, prop, props);
  }

  private validateKnownHosts(validator: PropValidator, prop: string, props: Partial<GitSshKeyProps>): void {
    const { knownHostsKey, disableHostKeyChecking } = props;
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
