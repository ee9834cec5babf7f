import { GitCredentials } from '../../../lib';
import { getObjects, kubectl } from '../../support/kubectl';
import { clearNamespace, freshNamespace } from '../../support/namespaces';
import { startServer } from './servers';

/**
 * The image of the private git server, which a cluster without a registry must have already. It serves the repository $GIT_REPO.git below
 * /srv/git, first filled from /seed on the branch $GIT_BRANCH: by HTTP at port 8080 to the user $GIT_USER with the password $GIT_TOKEN,
 * and by SSH at port 2222 to the user `git` with a key of $GIT_AUTHORIZED_KEYS. Its SSH host key is
 * /tmp/ssh/host_key, and it has `sh`, `git` and `ssh-keygen`.
 */
const IMAGE = process.env.E2E_GIT_SERVER_IMAGE ?? 'local/git-http:1';

export const GIT_NAMESPACE = 'gitlab';
const SERVICE = 'gitlab-webservice';
export const GIT_PORT = 8181;
export const GIT_HOST = `${SERVICE}.${GIT_NAMESPACE}.svc.cluster.local`;
export const GIT_CREDENTIALS = { username: 'airflow', token: 'glpat-only-for-tests' };
/** The repository of that server, as the prop `dags` names it. */
export const GIT_REPOSITORY = {
  url: `http://${GIT_HOST}:${GIT_PORT}/airflow/airflow.git`,
  branch: 'master',
  path: 'dags',
  credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
};

/** Files by their paths in a repository. */
export type Files = { readonly [path: string]: string };

export interface GitServerProps {
  /** The files of the first commit, which lie in folders one level deep. */
  readonly files: Files;
  /** Public keys that may read by SSH. */
  readonly authorizedKeys?: string;
}

/** Start the git server that main.ts names, with one private repository: airflow/airflow.git, branch master. */
export async function startGitServer({ files, authorizedKeys }: GitServerProps): Promise<void> {
  await freshNamespace(GIT_NAMESPACE);
  const paths = Object.keys(files);
  const key = (path: string) => path.replaceAll('/', '_');
  await startServer({
    namespace: GIT_NAMESPACE,
    name: SERVICE,
    image: IMAGE,
    env: {
      GIT_REPO: 'airflow/airflow',
      GIT_BRANCH: 'master',
      GIT_USER: GIT_CREDENTIALS.username,
      GIT_TOKEN: GIT_CREDENTIALS.token,
      ...(authorizedKeys && { GIT_AUTHORIZED_KEYS: authorizedKeys }),
    },
    files: {
      mountPath: '/seed',
      text: Object.fromEntries(paths.map((path) => [key(path), files[path]])),
      items: paths.map((path) => ({ key: key(path), path })),
    },
    ports: authorizedKeys ? { [GIT_PORT]: GIT_PORT, 22: 2222 } : { [GIT_PORT]: GIT_PORT },
    // As GitLab's web service does, it listens at the port of its Service, which main.ts opens.
    forward: { from: GIT_PORT, to: 8080 },
  });
}

/** Run a shell script where the repositories lie; its standard output. */
export function onGitServer(script: string): Promise<string> {
  const target = ['--namespace', GIT_NAMESPACE, `deployment/${SERVICE}`];
  return kubectl(['exec', '--stdin', ...target, '--', 'sh', '-eu'], { input: script });
}

/** The key by which the SSH server is known. */
export async function hostKey(): Promise<string> {
  return (await onGitServer('ssh-keygen -y -f /tmp/ssh/host_key')).trim();
}

/** Commit files to a repository of the server, made if it is missing, and push; the id of the commit. */
export async function pushFiles(repository: string, branch: string, files: Files): Promise<string> {
  const output = await onGitServer(`
    bare=/srv/git/${repository}.git
    [ -d "$bare" ] || git init --quiet --bare --initial-branch '${branch}' "$bare"
    work=$(mktemp -d)
    git clone --quiet "$bare" "$work" 2>/dev/null
    cd "$work"
${Object.entries(files).map(writeFile).join('\n')}
    git add --all
    git -c user.name=test -c user.email=test@example.com commit --quiet --message 'A change'
    git push --quiet origin 'HEAD:${branch}'
    git rev-parse HEAD
    rm -rf "$work"`);
  return output.trim();
}

function writeFile([path, text]: [string, string]): string {
  return `mkdir -p "$(dirname '${path}')"\nbase64 -d >'${path}' <<'END'\n${Buffer.from(text).toString('base64')}\nEND`;
}

/**
 * The address of a repository for programs that can't look up names of the cluster and have no place for credentials: an address by
 * number, with user and token.
 */
export async function openAddressOf(repository: string): Promise<string> {
  const [service] = await getObjects('service', SERVICE, '--namespace', GIT_NAMESPACE);
  const { username, token } = GIT_CREDENTIALS;
  return `http://${username}:${token}@${service.spec.clusterIP}:${GIT_PORT}/${repository}.git`;
}

export function stopGitServer(): Promise<void> {
  return clearNamespace(GIT_NAMESPACE);
}
