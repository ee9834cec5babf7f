import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearNamespace, freshNamespace } from '../../support/namespaces';
import { startServer } from './servers';
import { type Site, siteOfService } from './site';
import { Tunnel } from './tunnel';

const NAMESPACE = 'identity';
const NAME = 'oidc';
const PORT = 8000;

export const OIDC_NAMESPACE = NAMESPACE;
export const ISSUER = `http://${NAME}.${NAMESPACE}.svc.cluster.local:${PORT}/realms/company`;
export const CLIENT = { id: 'airflow', secret: 's3:cr et%' };

/** Start a provider that lets anybody be any of the users, each with claims of their own. `image` must have Python and PyJWT, as Airflow's has. */
export async function startOidcProvider(image: string, users: { readonly [name: string]: object }): Promise<void> {
  await freshNamespace(NAMESPACE);
  await startServer({
    namespace: NAMESPACE,
    name: NAME,
    image,
    command: ['python', '/srv/oidc_server.py'],
    env: {
      ISSUER,
      CLIENT_ID: CLIENT.id,
      CLIENT_SECRET: CLIENT.secret,
      PORT: `${PORT}`,
      USERS: JSON.stringify(users),
    },
    files: { mountPath: '/srv', text: { 'oidc_server.py': readFileSync(join(__dirname, 'oidc_server.py'), 'utf8') } },
    ports: { [PORT]: PORT },
  });
}

export function stopOidcProvider(): Promise<void> {
  return clearNamespace(NAMESPACE);
}

/** A way to it, as a browser has one. */
export function connectToOidcProvider(): { readonly site: Site; port(): Promise<number>; close(): void } {
  const tunnel = new Tunnel(NAMESPACE, NAME, PORT);
  return { site: siteOfService(tunnel), port: () => tunnel.port(), close: () => tunnel.close() };
}
