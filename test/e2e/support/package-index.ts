import { clearNamespace, freshNamespace } from '../../support/namespaces';
import { startServer } from './servers';
import { makeWheel, type Wheel } from './wheel';

export const INDEX_NAMESPACE = 'packages';
export const INDEX_PORT = 8080;
const NAME = 'package-index';
export const INDEX_HOST = `${NAME}.${INDEX_NAMESPACE}.svc.cluster.local`;

/** The package that the DAGs of the tests import. */
export const PACKAGE = 'airflow-e2e-greeting';
export const MODULE = 'airflow_e2e_greeting';
export const PACKAGE_VERSION = '1.2.3';

/** A backend for XComs in the same package, which marks what tasks return. */
export const XCOM_BACKEND = `${MODULE}_xcom.MarkedXCom`;
export const XCOM_MARK = 'kept by the backend: ';
const XCOM_SOURCE = `from airflow.sdk.bases.xcom import BaseXCom


class MarkedXCom(BaseXCom):
    @staticmethod
    def serialize_value(value, **_):
        return f"${XCOM_MARK}{value}"
`;

/** The lines of a requirements.txt by which pip asks this index alone. */
export const FROM_INDEX = [`--index-url http://${INDEX_HOST}:${INDEX_PORT}/simple/`, `--trusted-host ${INDEX_HOST}`];

/** A requirements.txt with the package, which is in this index alone. */
export const REQUIREMENTS = [...FROM_INDEX, `${PACKAGE}==${PACKAGE_VERSION}`, ''].join('\n');

/** Start a package index: the listing of a folder is all that pip asks for. `image` must have Python. */
export async function startPackageIndex(
  image: string,
  wheels: readonly Wheel[] = [makeWheel(PACKAGE, PACKAGE_VERSION, { [`${MODULE}_xcom`]: XCOM_SOURCE })],
): Promise<void> {
  await freshNamespace(INDEX_NAMESPACE);
  await startServer({
    namespace: INDEX_NAMESPACE,
    name: NAME,
    image,
    command: ['python', '-m', 'http.server', `${INDEX_PORT}`, '--directory', '/srv/packages'],
    files: {
      mountPath: '/srv/packages',
      binary: Object.fromEntries(wheels.map(({ fileName, content }) => [fileName, content.toString('base64')])),
      items: wheels.map(({ fileName }) => ({ key: fileName, path: `simple/${projectOf(fileName)}/${fileName}` })),
    },
    ports: { [INDEX_PORT]: INDEX_PORT },
  });
}

/** The project as an index calls it. */
function projectOf(fileName: string): string {
  return fileName.split('-')[0].toLowerCase().replaceAll('_', '-');
}

export function stopPackageIndex(): Promise<void> {
  return clearNamespace(INDEX_NAMESPACE);
}
