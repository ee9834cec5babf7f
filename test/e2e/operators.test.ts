import { AirflowChart, Credentials, Executor } from '../../lib';
import { eventually } from '../support/eventually';
import { getObjects, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { ADMIN, deploy, NAMESPACE, secondApplyChangesNothing, secretValue } from './support/deployment';
import { siteOfIngress } from './support/site';
import { story } from './support/story';
import { signInByForm } from './support/web-interface';

// What others' operators bring, as far as the cluster has them: the address by the Gateway API, keys and passwords by External Secrets.

const HOST = 'airflow.example.com';
const PATH = '/tools/airflow';
const PASSWORD = 'from the store';

const GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'web', namespace: NAMESPACE },
  spec: { gatewayClassName: 'traefik', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
};

/** A store that has its values in itself. */
const STORE = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  metadata: { name: 'store', namespace: NAMESPACE },
  spec: {
    provider: {
      fake: {
        data: [
          { key: 'admin', value: JSON.stringify({ password: PASSWORD }) },
          { key: 'fernet', value: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=' },
        ],
      },
    },
  },
};

const { step, check } = story([NAMESPACE]);
let hasGateway: boolean;
let hasStore: boolean;
let dist: string;

beforeAll(async () => {
  await requireCluster();
  const definitions = (await getObjects('customresourcedefinitions')).map(({ metadata }) => metadata.name);
  hasGateway = definitions.includes('httproutes.gateway.networking.k8s.io') && (await getObjects('gatewayclasses')).length > 0;
  hasStore = definitions.includes('externalsecrets.external-secrets.io');
  if (!hasGateway) process.stderr.write('\nNOT TRIED: an HTTPRoute: the cluster has no GatewayClass\n');
  if (!hasStore) process.stderr.write('\nNOT TRIED: ExternalSecrets: the cluster does not have the External Secrets operator\n');
  const credentials = Credentials.externalSecrets({
    store: { name: 'store' },
    keys: { admin: { key: 'admin', property: 'password' }, fernetKey: { key: 'fernet' } },
  });
  dist = synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      executor: Executor.local(),
      ...(hasGateway && { httpRoute: { gateway: { name: 'web' }, host: HOST, path: PATH, controllerNamespace: 'gateway' } }),
      ...(hasStore && { credentials }),
    });
  });
}, 600_000);

cleanUpAfterAll({ close: () => {}, namespaces: [NAMESPACE] });

step('dist is applied before the Gateway and the store are there, and becomes a working Airflow with them', 15, async () => {
  await deploy(dist, ...(hasGateway ? [GATEWAY] : []), ...(hasStore ? [STORE] : []));
});

check('External Secrets makes the Secrets that are in the store, the Job makes the others', 3, async () => {
  if (!hasStore) return;
  expect(await secretValue('airflow-admin', 'password')).toBe(PASSWORD);
  const owners = await Promise.all(
    ['airflow-admin', 'airflow-fernet-key', 'airflow-jwt-secret'].map(async (name) => {
      const [secret] = await getObjects('secret', name, '--namespace', NAMESPACE);
      return secret.metadata.ownerReferences?.[0].kind;
    }),
  );
  expect(owners).toEqual(['ExternalSecret', 'ExternalSecret', undefined]);
});

check('the web interface answers through the Gateway, below its path, to who knows the password', 5, async () => {
  if (!hasGateway) return;
  const address = await eventually({ what: 'the Gateway to get an address', minutes: 2 }, async () => {
    const [{ status }] = await getObjects('gateways', 'web', '--namespace', NAMESPACE);
    if (!status?.addresses?.[0]) throw new Error('no address in its status');
    return status.addresses[0].value as string;
  });
  const site = siteOfIngress(address, HOST);
  const below = { request: (request: Parameters<typeof site.request>[0]) => site.request({ ...request, path: `${PATH}${request.path}` }) };
  const version = await eventually({ what: 'the route to lead to Airflow', minutes: 2 }, async () => {
    const answer = await below.request({ path: '/api/v2/version' });
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    return answer;
  });
  expect(version.body).toContain('version');
  const cookies = await signInByForm(below, ADMIN.username, await ADMIN.password());
  expect((await below.request({ path: '/api/v2/dags', headers: { Cookie: cookies } })).status).toBe(200);
  expect((await below.request({ path: '/api/v2/dags' })).status).toBe(401);
  expect((await site.request({ path: '/api/v2/version' })).status).toBe(404);
});

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});
