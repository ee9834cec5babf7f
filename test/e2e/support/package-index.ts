import { clearNamespace, freshNamespace } from '../../support/namespaces';
import { startServer } from './servers';
import { makeWheel } from './wheel';

export const INDEX_NAMESPACE = 'packages';
export const INDEX_PORT = 8080;
const NAME = 'package-index';
export const INDEX_HOST = `${NAME}.${INDEX_NAMESPACE}.svc.cluster.local`;

/** The package that the DAGs of the tests import. */
export const PACKAGE = 'airflow-e2e-greeting';
export const MODULE = 'airflow_e2e_greeting';
export const PACKAGE_VERSION = '1.2.3';

/** A requirements.txt with the package, which is in this index alone. */
export const REQUIREMENTS = [
  `--index-url http://${INDEX_HOST}:${INDEX_PORT}/simple/`,
  `--trusted-host ${INDEX_HOST}`,
  `${PACKAGE}==${PACKAGE_VERSION}`,
  '',
].join('\n');

/** Start a package index with one wheel: the listing of a folder is all that pip asks for. `image` must have Python. */
export async function startPackageIndex(image: string): Promise<void> {
  await freshNamespace(INDEX_NAMESPACE);
  const wheel = makeWheel(PACKAGE, PACKAGE_VERSION);
  await startServer({
    namespace: INDEX_NAMESPACE,
    name: NAME,
    image,
    command: ['python', '-m', 'http.server', `${INDEX_PORT}`, '--directory', '/srv/packages'],
    files: {
      mountPath: '/srv/packages',
      binary: { [wheel.fileName]: wheel.content.toString('base64') },
      items: [{ key: wheel.fileName, path: `simple/${PACKAGE}/${wheel.fileName}` }],
    },
    ports: { [INDEX_PORT]: INDEX_PORT },
  });
}

export function stopPackageIndex(): Promise<void> {
  return clearNamespace(INDEX_NAMESPACE);
}
