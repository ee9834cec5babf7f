import { applyFolder, changedByApply } from '../../support/apply';
import { applyObjects, getObjects } from '../../support/kubectl';
import { clearNamespace } from '../../support/namespaces';
import { Airflow, type User } from './airflow';
import { GIT_CREDENTIALS } from './git-server';
import { type Site, siteOfService } from './site';
import { Tunnel } from './tunnel';
import { allReady, startsOf } from './workloads';

/** The namespace of main.ts. */
export const NAMESPACE = 'airflow';

/** The user and the password that the library made. */
export const ADMIN: User = adminOf(NAMESPACE);

function adminOf(namespace: string): User {
  return { username: 'admin', password: () => secretValue('airflow-admin', 'password', namespace) };
}

/** The Secret that the user of main.ts makes by hand. */
export const GIT_TOKEN_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'gitlab-dags', namespace: NAMESPACE },
  stringData: GIT_CREDENTIALS,
};

/** What a user does on an empty cluster, and no more: apply `dist`, and the Secrets that only the user can give. */
export async function deploy(dist: string, ...secrets: object[]): Promise<void> {
  await clearNamespace(NAMESPACE);
  await applyFolder(dist);
  if (secrets.length > 0) await applyObjects(...secrets);
  await allReady(NAMESPACE);
}

/** A second apply changes nothing, and no pod restarts, whatever goes on after it. */
export async function secondApplyChangesNothing(dist: string, afterwards: () => Promise<void> = async () => {}): Promise<void> {
  const before = await startsOf(NAMESPACE);
  expect(await changedByApply(dist)).toEqual([]);
  await afterwards();
  expect(await startsOf(NAMESPACE)).toEqual(before);
}

/** The web interface and the REST API by their Service. */
export interface Connection {
  readonly airflow: Airflow;
  readonly site: Site;
  close(): void;
}

export function connectToAirflow(namespace = NAMESPACE): Connection {
  const tunnel = new Tunnel(namespace, 'airflow-api-server', 8080);
  const site = siteOfService(tunnel);
  return { airflow: new Airflow(site, adminOf(namespace)), site, close: () => tunnel.close() };
}

export async function secretValue(name: string, key: string, namespace = NAMESPACE): Promise<string> {
  const [secret] = await getObjects('secret', name, '--namespace', namespace);
  const value = secret?.data?.[key];
  if (!value) throw new Error(`there is no key ${key} in a Secret ${name}`);
  return Buffer.from(value, 'base64').toString();
}
