import { AirflowChart, Executor, Login, Requirements } from '../../lib';
import { requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { BROWSER, Browser } from './support/browser';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, NAMESPACE } from './support/deployment';
import { CLIENT, connectToOidcProvider, ISSUER, OIDC_NAMESPACE, startOidcProvider, stopOidcProvider } from './support/oidc-provider';
import { FROM_INDEX, INDEX_NAMESPACE, startPackageIndex, stopPackageIndex } from './support/package-index';
import { downloadWheels } from './support/python-wheels';
import { airflowImage } from './support/servers-of-main';
import { signInAtProvider } from './support/sign-in-at-provider';
import { story } from './support/story';
import { Tunnel } from './support/tunnel';

// Users of a provider of OpenID Connect, which is in the cluster, log in as a browser does, through all NetworkPolicies.

/** Airflow's published image has it, and what it takes; that of a test cluster may be a smaller one. */
const PACKAGES = ['authlib', 'joserfc'];

const ADA = { sub: '1', preferred_username: 'ada', email: 'ada@example.com', given_name: 'Ada', family_name: 'Lovelace' };
/** By the name under which they log in at the provider. */
const USERS = {
  ada: { ...ADA, groups: ['others', 'data-platform'] },
  'ada-later': { ...ADA, groups: ['analysts'] },
  bob: { preferred_username: 'bob', email: 'bob@example.com', groups: ['others'] },
  // The ID token says nothing of them but who it is.
  cyd: { asked: { preferred_username: 'cyd', email: 'cyd@example.com', groups: ['analysts'] } },
};

const { step, check } = story([NAMESPACE, OIDC_NAMESPACE, INDEX_NAMESPACE]);
const { site, close } = connectToAirflow();
const provider = connectToOidcProvider();
const way = new Tunnel(NAMESPACE, 'airflow-api-server', 8080);

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.local(),
    triggerer: { enabled: false },
    requirements: Requirements.fromList([...FROM_INDEX, ...PACKAGES]),
    login: Login.oidc({
      issuer: ISSUER,
      clientId: CLIENT.id,
      clientSecret: { secretName: 'airflow-oidc' },
      roles: { 'data-platform': ['Admin'], analysts: ['User', 'Op'] },
    }),
  });
});

/** The roles of all users, as one of them sees it by the API. */
async function rolesSeenBy(token: string): Promise<{ [username: string]: string[] }> {
  const { status, body } = await site.request({ path: '/auth/fab/v1/users', headers: { Authorization: `Bearer ${token}` } });
  if (status !== 200) throw new Error(`the users were answered ${status}: ${body}`);
  const users: { username: string; roles: { name: string }[] }[] = JSON.parse(body).users;
  return Object.fromEntries(users.map(({ username, roles }) => [username, roles.map(({ name }) => name).sort()]));
}

beforeAll(async () => {
  await requireCluster();
  await startPackageIndex(airflowImage(dist), await downloadWheels(PACKAGES));
  await startOidcProvider(airflowImage(dist), USERS);
}, 600_000);

cleanUpAfterAll({
  close: () => {
    close();
    provider.close();
    way.close();
  },
  namespaces: [NAMESPACE],
  servers: [stopOidcProvider, stopPackageIndex],
});

step('dist and the Secret with what the provider knows Airflow by are all it takes', 15, async () => {
  const metadata = { name: 'airflow-oidc', namespace: NAMESPACE };
  await deploy(dist, { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { 'client-secret': CLIENT.secret } });
});

step('a user logs in, and has the role of their group', 5, async () => {
  // WHEN
  const { cookies } = await signInAtProvider(site, provider.site, 'ada');

  // THEN
  expect(await rolesSeenBy(cookies._token)).toEqual({ ada: ['Admin'] });
});

check('a user in no group that gives a role is refused', 5, async () => {
  // WHEN
  const { cookies, location } = await signInAtProvider(site, provider.site, 'bob');

  // THEN
  expect(cookies._token).toBeUndefined();
  expect(location).toBe('/auth/login/');
  const { cookies: adas } = await signInAtProvider(site, provider.site, 'ada');
  expect(Object.keys(await rolesSeenBy(adas._token))).not.toContain('bob');
});

check('what the ID token does not say the provider is asked for, and all roles of a group arrive', 5, async () => {
  // WHEN
  const { cookies } = await signInAtProvider(site, provider.site, 'cyd');

  // THEN
  expect(cookies._token).toBeDefined();
  const { cookies: adas } = await signInAtProvider(site, provider.site, 'ada');
  expect(await rolesSeenBy(adas._token)).toMatchObject({ cyd: ['Op', 'User'] });
});

check('roles follow the groups at the next login', 5, async () => {
  // WHEN
  const { cookies } = await signInAtProvider(site, provider.site, 'ada-later');

  // THEN
  expect(await rolesSeenBy(cookies._token)).toMatchObject({ ada: ['Op', 'User'] });
});

if (!BROWSER) process.stderr.write('\nNOT TRIED: a real browser, as there is no Chromium\n');
else
  check('so it is in a browser', 5, async () => {
    // GIVEN
    const browser = await Browser.start({
      'airflow.example.com:80': `127.0.0.1:${await way.port()}`,
      [new URL(ISSUER).host]: `127.0.0.1:${await provider.port()}`,
    });
    try {
      // WHEN
      await browser.open('http://airflow.example.com/');
      await browser.click('Sign In with oidc');
      await browser.click('bob');

      // THEN
      await browser.reads('Invalid login');

      // WHEN
      await browser.click('Sign In with oidc');
      await browser.click('ada');

      // THEN
      await browser.reads('Dags');
    } finally {
      browser.close();
    }
  });

check('there is no user with a password', 5, async () => {
  // WHEN
  const { status } = await site.request({
    path: '/auth/token',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'admin' }),
  });

  // THEN
  expect(status).toBe(401);
});
