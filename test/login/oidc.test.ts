import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../support/process';

/** webserver_config.py, its settings, and an Airflow beside it that has what the script uses. */
let folder: string;

const SETTINGS = {
  name: 'oidc',
  issuer: 'https://id.example.com/realms/company/',
  clientId: 'airflow',
  scopes: ['openid', 'email'],
  usernameClaim: 'preferred_username',
  rolesClaim: 'groups',
  roles: { platform: ['Admin'], analysts: ['User', 'Op'] },
};
const ADA = { sub: '1', preferred_username: 'ada', email: 'ada@example.com', given_name: 'Ada', family_name: 'Lovelace' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oidc-'));
  const script = readFileSync(join(__dirname, '../../lib/login/python/oidc.py'), 'utf8');
  write('webserver_config.py', script.replace('"/etc/airflow-login"', JSON.stringify(folder)));
  write('secret', 's3cret\n');
  write('airflow/providers/fab/auth_manager/security_manager/override.py', 'class FabAirflowSecurityManagerOverride:\n    pass\n');
  write('flask_appbuilder/const.py', 'AUTH_OAUTH = 4\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What the script prints when it has run. */
async function python(settings: object, lines: string): Promise<unknown> {
  write('settings.json', JSON.stringify({ ...SETTINGS, ...settings }));
  const text = `import json\nfrom webserver_config import *\n${lines}`;
  const { code, stdout, stderr } = await run('python3', ['-c', text], {
    cwd: folder,
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Who a user is to Airflow, by the claims of the ID token, and those that the provider tells when it is asked. */
function userOf(claims: object, settings: object = {}, asked?: object): Promise<unknown> {
  const json = (value: unknown) => `json.loads(${JSON.stringify(JSON.stringify(value))})`;
  return python(
    settings,
    `
class Provider:
    server_metadata = ${asked ? '{"userinfo_endpoint": "https://id.example.com/userinfo"}' : '{}'}

    def userinfo(self, token):
        assert token["access_token"] == "token"
        return ${json(asked ?? null)}


manager = SECURITY_MANAGER_CLASS()
manager.oauth_remotes = {"oidc": Provider()}
print(json.dumps(manager.get_oauth_user_info("oidc", {"access_token": "token", "userinfo": ${json(claims)}})))
`,
  );
}

test('the provider is told by the settings, and the secret by its file', async () => {
  // WHEN
  const [provider] = (await python({}, 'print(json.dumps(OAUTH_PROVIDERS))')) as object[];

  // THEN
  expect(provider).toMatchObject({
    name: 'oidc',
    token_key: 'access_token',
    remote_app: {
      client_id: 'airflow',
      client_secret: 's3cret',
      server_metadata_url: 'https://id.example.com/realms/company/.well-known/openid-configuration',
      client_kwargs: { scope: 'openid email', code_challenge_method: 'S256' },
    },
  });
});

test('a user has the roles of all their groups', async () => {
  expect(await userOf({ ...ADA, groups: ['analysts', 'others', 'platform'] })).toEqual({
    username: 'ada',
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    role_keys: ['analysts', 'platform'],
    role: 'User',
  });
});

test.each<[string, object, object]>([
  ['one text', { groups: 'platform' }, {}],
  ['a path', { resource_access: { airflow: { roles: ['platform'] } } }, { rolesClaim: 'resource_access.airflow.roles' }],
  ['a name with dots', { 'https://example.com/roles': ['platform'] }, { rolesClaim: 'https://example.com/roles' }],
])('the claim may be %s', async (_what, claims, settings) => {
  expect(await userOf({ ...ADA, ...claims }, settings)).toMatchObject({ role_keys: ['platform'], role: 'Admin' });
});

test.each<[string, object]>([
  ['has other groups', { ...ADA, groups: ['others'] }],
  ['has no group', { ...ADA, groups: [] }],
  ['has no such claim', ADA],
  ['has no name', { sub: '1', groups: ['platform'] }],
])('a user who %s is refused', async (_what, claims) => {
  expect(await userOf(claims)).toEqual({});
});

test('with a default role they have that', async () => {
  expect(await userOf(ADA, { defaultRole: 'Viewer' })).toMatchObject({ username: 'ada', role_keys: [], role: 'Viewer' });
  expect(await userOf({ ...ADA, groups: ['platform'] }, { defaultRole: 'Viewer' })).toMatchObject({
    role_keys: ['platform'],
    role: 'Admin',
  });
});

test('what the ID token does not say the provider is asked for, and only of the same user', async () => {
  // GIVEN
  const asked = { ...ADA, groups: ['platform'] };

  // THEN
  expect(await userOf({ sub: '1', email: 'signed@example.com' }, {}, asked)).toMatchObject({
    username: 'ada',
    email: 'signed@example.com',
    role: 'Admin',
  });
  expect(await userOf({ sub: '2' }, {}, asked)).toEqual({});
});

test('a provider that need not be asked is not', async () => {
  // GIVEN
  const asked = { sub: '1', family_name: 'Byron' };

  // THEN
  expect(await userOf({ ...ADA, groups: ['platform'] }, {}, asked)).toMatchObject({ last_name: 'Lovelace' });
  expect(await userOf({ ...ADA, family_name: undefined, groups: ['platform'] }, {}, asked)).toMatchObject({ last_name: '' });
});
