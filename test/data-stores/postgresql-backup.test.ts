import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cron } from 'cdk8s';
import {
  BackupStore,
  CaCertificates,
  Database,
  type DatabaseBackupProps,
  NetworkDestination,
  type S3BackupProps,
  SecurityContext,
  ServiceAccount,
} from '../../lib';
import type { Manifest } from '../support/manifests';
import { run } from '../support/process';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

const backedUp = (backup: DatabaseBackupProps) => ({ database: Database.builtIn({ backup }) });
const s3 = (props: Partial<S3BackupProps>) => ({ store: BackupStore.s3({ bucket: 'backups', ...props }) });
const MINIO = {
  endpointUrl: 'http://minio.minio.svc:9000',
  accessKeyId: { secretName: 'minio' },
  secretAccessKey: { secretName: 'minio', key: 'secret' },
};
const volumesOf = (objects: SynthObjects, component: string): Manifest[] => objects.pod(component).spec.volumes;
const CLAIM = { name: 'backups', persistentVolumeClaim: { claimName: 'airflow-backups' } };

test('a CronJob dumps the database each day, to a volume that is made', () => {
  // WHEN
  const objects = synthAirflow(backedUp({}));

  // THEN
  expect(objects.one('CronJob', 'airflow-db-backup').spec).toMatchObject({
    schedule: '0 2 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    jobTemplate: { spec: { backoffLimit: 2 } },
  });
  expect(objects.container('db-backup')).toMatchObject({
    image: 'docker.io/library/postgres:17.10-bookworm',
    command: ['sh', '-c', expect.stringContaining('pg_dump --format=custom'), 'back-up', 'airflow', '7'],
  });
  expect(objects.env('db-backup')).toEqual({ PGHOST: 'airflow-postgresql', PGPORT: '5432', PGUSER: 'airflow', PGDATABASE: 'airflow' });
  expect(volumesOf(objects, 'db-backup')).toContainEqual(CLAIM);
  expect(objects.one('PersistentVolumeClaim', 'airflow-backups').spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '8Gi' } },
  });
});

test('the volume that is made stays when it is no longer in the program', () => {
  expect(synthAirflow(backedUp({})).one('PersistentVolumeClaim', 'airflow-backups').metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

test('a CronJob that never runs by itself puts a dump back', () => {
  // WHEN
  const objects = synthAirflow(backedUp({}));

  // THEN
  expect(objects.one('CronJob', 'airflow-db-restore').spec.suspend).toBe(true);
  const { command, volumeMounts } = objects.container('db-restore');
  expect(command).toEqual(['sh', '-c', expect.stringContaining('--single-transaction'), 'restore', 'airflow']);
  expect(volumeMounts).toContainEqual({ name: 'backups', mountPath: '/backups', readOnly: true });
});

test('times, sizes and how many are kept are the user’s to say', () => {
  // WHEN
  const store = BackupStore.volume({ storageSize: '50Gi', storageClassName: 'slow' });
  const backup = { schedule: Cron.hourly(), timeZone: 'Europe/Berlin', keep: 24, store, resources: { limits: { memory: '2Gi' } } };
  const objects = synthAirflow(backedUp(backup));

  // THEN
  expect(objects.one('CronJob', 'airflow-db-backup').spec).toMatchObject({ schedule: '0 * * * *', timeZone: 'Europe/Berlin' });
  expect(objects.container('db-backup').command.at(-1)).toBe('24');
  for (const component of ['db-backup', 'db-restore']) expect(objects.container(component).resources.limits.memory).toBe('2Gi');
  expect(objects.one('PersistentVolumeClaim', 'airflow-backups').spec).toMatchObject({
    storageClassName: 'slow',
    resources: { requests: { storage: '50Gi' } },
  });
});

test('a volume of the user’s is used as it is', () => {
  // WHEN
  const objects = synthAirflow(backedUp({ store: BackupStore.claim('dumps') }));

  // THEN
  for (const component of ['db-backup', 'db-restore']) {
    expect(volumesOf(objects, component)).toContainEqual({ name: 'backups', persistentVolumeClaim: { claimName: 'dumps' } });
  }
  expect(objects.ofKind('PersistentVolumeClaim')).toEqual([]);
});

test('dumps are made by the image of the server, on nodes like its own', () => {
  // WHEN
  const objects = synthAirflow({
    database: Database.builtIn({ image: { tag: '15.18-bookworm' }, placement: { nodeSelector: { disk: 'ssd' } }, backup: {} }),
  });

  // THEN
  for (const component of ['db-backup', 'db-restore']) {
    expect(objects.container(component).image).toBe('docker.io/library/postgres:15.18-bookworm');
    expect(objects.pod(component).spec.nodeSelector).toEqual({ disk: 'ssd' });
  }
});

test('they have the password of the database alone, and reach it and nothing else', () => {
  // WHEN
  const objects = synthAirflow(backedUp({}));

  // THEN
  for (const component of ['db-backup', 'db-restore']) {
    const { volumes, automountServiceAccountToken, securityContext } = objects.pod(component).spec;
    expect(volumes.flatMap(({ projected }: Manifest) => projected?.sources ?? [])).toEqual([
      { secret: { name: 'airflow-database', items: [{ key: 'password', path: 'database' }] } },
    ]);
    expect(automountServiceAccountToken).toBe(false);
    expect(securityContext.fsGroup).toBe(999);
    const { egress, ingress } = objects.one('NetworkPolicy', `airflow-${component}`).spec;
    expect(ingress).toBeUndefined();
    expect(egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([5432, 53, 53]);
  }
  const allowed = JSON.stringify(objects.one('NetworkPolicy', 'airflow-postgresql').spec.ingress);
  for (const component of ['db-backup', 'db-restore']) expect(allowed).toContain(`"${component}"`);
});

test('a migration waits for its dump, if that is asked for', () => {
  // WHEN
  const objects = synthAirflow(backedUp({ beforeMigration: true }));

  // THEN
  expect(Object.keys(objects.initContainers('migrate'))).toEqual(['db-backup', 'wait-for-database']);
  const { 'db-backup': container } = objects.initContainers('migrate');
  expect(container.command).toEqual(objects.container('db-backup').command);
  expect(container.securityContext).toMatchObject({ runAsUser: 999, readOnlyRootFilesystem: true });
  expect(objects.pod('migrate').spec.securityContext).toEqual({ fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' });
  expect(volumesOf(objects, 'migrate')).toContainEqual(CLAIM);
  expect(objects.container('migrate').volumeMounts.map(({ name }: Manifest) => name)).not.toContain('backups');
});

test('else it does not, and its pod is what it was', () => {
  expect(synthAirflow(backedUp({})).pod('migrate')).toEqual(synthAirflow().pod('migrate'));
});

test('the group of volumes is that of the user, where there is one, and the platform’s, where that assigns it', () => {
  // GIVEN
  const groupOf = (securityContext: SecurityContext) => {
    return synthAirflow({ ...backedUp({ beforeMigration: true }), allComponents: { securityContext } }).pod('migrate').spec.securityContext;
  };

  // THEN
  expect(groupOf(SecurityContext.withIds({ fsGroup: 7, supplementalGroups: [8] }))).toMatchObject({ fsGroup: 7, supplementalGroups: [8] });
  expect(groupOf(SecurityContext.assignedByPlatform())).toBeUndefined();
});

test('a dump for a bucket is made in the pod, and brought there by Airflow’s image', () => {
  // WHEN
  const objects = synthAirflow(
    backedUp({ ...s3({ ...MINIO, region: 'us-east-1' }), keep: 5, resources: { limits: { ephemeralStorage: '50Gi' } } }),
  );

  // THEN
  const { dump } = objects.initContainers('db-backup');
  expect(dump).toMatchObject({
    image: 'docker.io/library/postgres:17.10-bookworm',
    command: ['sh', '-c', expect.stringContaining('pg_dump --format=custom'), 'back-up', 'airflow', '5'],
  });
  const container = objects.container('db-backup');
  expect(container.image).toBe('docker.io/apache/airflow:3.3.2');
  expect(container.command).toEqual([
    'python',
    '-c',
    expect.stringContaining('boto3'),
    'put',
    'backups',
    'airflow-backups',
    'airflow',
    '5',
  ]);
  expect(objects.env('db-backup')).toEqual({
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_ENDPOINT_URL_S3: 'http://minio.minio.svc:9000',
    AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
    AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
    AWS_DEFAULT_REGION: 'us-east-1',
  });
  expect(volumesOf(objects, 'db-backup')).toContainEqual({ name: 'backups', emptyDir: { sizeLimit: '50Gi' } });
  expect(objects.ofKind('PersistentVolumeClaim')).toEqual([]);
});

test('each container has what it needs: one the password, the other the keys', () => {
  // WHEN
  const objects = synthAirflow(backedUp(s3(MINIO)));

  // THEN
  const mounts = ({ volumeMounts }: Manifest) => volumeMounts.map(({ name }: Manifest) => name);
  expect(mounts(objects.initContainers('db-backup').dump)).toEqual(['backup-password', 'backups']);
  expect(mounts(objects.container('db-backup'))).toEqual(['backups', 'backup-store']);
  expect(mounts(objects.initContainers('db-restore').fetch)).toEqual(['backups', 'backup-store']);
  expect(mounts(objects.container('db-restore'))).toEqual(['backup-password', 'backups']);
  expect(volumesOf(objects, 'db-backup')).toContainEqual({
    name: 'backup-store',
    projected: {
      sources: [
        { secret: { name: 'minio', items: [{ key: 'access-key-id', path: 'aws_access_key_id' }] } },
        { secret: { name: 'minio', items: [{ key: 'secret', path: 'aws_secret_access_key' }] } },
      ],
      defaultMode: 0o440,
    },
  });
});

const egressOf = (objects: SynthObjects, component: string): Manifest[] => objects.one('NetworkPolicy', `airflow-${component}`).spec.egress;

test('those reach the store that bring dumps there, and the Job that migrates only if it makes one', () => {
  // GIVEN
  const minio = { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'minio' } } }] };

  // WHEN
  const daily = synthAirflow(backedUp(s3(MINIO)));
  const first = synthAirflow(backedUp({ ...s3(MINIO), beforeMigration: true }));

  // THEN
  for (const component of ['db-backup', 'db-restore']) expect(egressOf(daily, component)).toContainEqual(minio);
  expect(egressOf(daily, 'migrate')).not.toContainEqual(minio);
  expect(egressOf(first, 'migrate')).toContainEqual(minio);
  expect(Object.keys(first.initContainers('migrate'))).toEqual(['dump', 'db-backup', 'wait-for-database']);
});

test('without keys the cloud knows the pods by the ServiceAccount of all, and tells them so', () => {
  // WHEN
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow' };
  const props = { destination: NetworkDestination.cidr('10.20.0.0/16', [443]) };
  const objects = synthAirflow({ ...backedUp(s3(props)), allComponents: { serviceAccount: ServiceAccount.create({ annotations }) } });

  // THEN
  const { serviceAccountName } = objects.pod('db-backup').spec;
  expect(objects.one('ServiceAccount', serviceAccountName).metadata.annotations).toEqual(annotations);
  const blocks = egressOf(objects, 'db-backup').flatMap(({ to }) => to.map(({ ipBlock }: Manifest) => ipBlock?.cidr));
  expect(blocks).toEqual(expect.arrayContaining(['10.20.0.0/16', '169.254.170.23/32']));
  expect(volumesOf(objects, 'db-backup').map(({ name }) => name)).toEqual(['backup-password', 'backups']);
});

test('certificates and the proxy of the company are for the bucket too', () => {
  // WHEN
  const outside = { caCertificates: CaCertificates.fromConfigMap('company-ca'), proxy: { http: 'http://proxy.example.com:3128' } };
  const objects = synthAirflow({ ...backedUp({ ...s3({ endpointUrl: 'https://s3.example.com' }), beforeMigration: true }), ...outside });

  // THEN
  expect(Object.keys(objects.initContainers('db-backup'))).toEqual(['ca-certificates', 'dump']);
  for (const container of [
    objects.container('db-backup'),
    objects.initContainers('db-restore').fetch,
    objects.initContainers('migrate')['db-backup'],
  ]) {
    expect(container.env).toContainEqual({ name: 'AWS_CA_BUNDLE', value: '/etc/ca-bundle/ca-certificates.crt' });
    expect(container.env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' });
    expect(container.volumeMounts).toContainEqual({ name: 'ca-bundle', mountPath: '/etc/ca-bundle', readOnly: true });
  }
  for (const component of ['db-backup', 'db-restore', 'migrate']) {
    expect(egressOf(objects, component).flatMap(({ ports = [] }) => ports.map(({ port }: Manifest) => port))).toContain(3128);
  }
});

test('without the prop nothing is dumped', () => {
  expect([...synthAirflow().ofKind('CronJob'), ...synthAirflow().ofKind('PersistentVolumeClaim')]).toEqual([]);
});

test.each<[DatabaseBackupProps, string]>([
  [{ schedule: Cron.schedule({ hour: '24' }) }, 'database.backup.schedule: "* 24 * * *" given; expected minute, hour'],
  [{ keep: 0 }, 'database.backup.keep: 0 given; expected a whole number of 1 or more'],
  [{ store: BackupStore.volume({ storageSize: '8' }) }, 'database.backup.store.storageSize: "8" given; expected an amount with its unit'],
  [{ store: BackupStore.volume({ storageClassName: 'A b' }) }, 'database.backup.store.storageClassName: "A b" given; expected a DNS name'],
  [{ store: BackupStore.claim('A b') }, 'database.backup.store: "A b" given; expected a DNS name'],
  [{ resources: { limits: { memory: '1' } } }, 'database.backup.resources.limits.memory: "1" given'],
  [s3({ bucket: 'A b' }), 'database.backup.store.bucket: "A b" given; expected the name of a bucket'],
  [s3({ folder: 'a/../b' }), 'database.backup.store.folder: "a/../b" given; expected a folder in the bucket'],
  [s3({ folder: '/a' }), 'database.backup.store.folder: "/a" given; expected a folder in the bucket'],
  [s3({ endpointUrl: 'minio' }), 'database.backup.store.endpointUrl: "minio" given; expected the address of a store'],
  [s3({ endpointUrl: 'https://me:pw@minio' }), 'database.backup.store.endpointUrl: it has a login in it'],
  [s3({ region: 'a b' }), 'database.backup.store.region: "a b" given; expected a region'],
  [s3({ accessKeyId: { secretName: 'minio' } }), 'database.backup.store.secretAccessKey: it is missing'],
  [s3({ secretAccessKey: { secretName: 'minio' } }), 'database.backup.store.accessKeyId: it is missing'],
])('%j is an error', (backup, expected) => {
  expect(airflowErrors(backedUp(backup))).toEqual([expect.stringContaining(expected)]);
});

/** Programs of PostgreSQL, as they are when all is well. */
const PROGRAMS = {
  pg_isready: 'exit 0',
  psql: `case "$*" in *alembic_version*) echo 1 ;; *pg_stat_activity*) echo "$CONNECTED" ;; *) cat > ../restored ;; esac`,
  pg_dump: `for word; do case $word in --file=*) echo "dump of $PGPASSWORD" > "\${word#--file=}" ;; esac; done`,
  pg_restore: `for word; do file=$word; done
case "$*" in *--file=-*) echo "all of $file" ;; esac`,
};

/** Runs the script of a component in a folder where there are some dumps. */
async function runScript(component: string, dumps: readonly string[], programs: Partial<typeof PROGRAMS> = {}, env = {}) {
  const folder = temporaryFolder();
  for (const name of ['backups', 'bin']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'password'), 'secret\n');
  for (const dump of dumps) writeFileSync(join(folder, 'backups', dump), '');
  for (const [name, text] of Object.entries({ ...PROGRAMS, ...programs })) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const [sh, option, script, ...args] = synthAirflow(backedUp({ keep: 2 })).container(component).command;
  const inFolder = script
    .replace('cd /backups', `cd ${folder}/backups`)
    .replace(/\/etc\/postgresql-password\/database/, `${folder}/password`);
  const variables = { PATH: `${folder}/bin:${process.env.PATH}`, CONNECTED: '', ...env };
  const { code, stdout, stderr } = await run(sh, [option, inFolder, ...args], { env: variables });
  return { code, output: stdout + stderr, files: readdirSync(join(folder, 'backups')).sort(), folder };
}

const OLD = ['airflow-20260101T020000Z.dump', 'airflow-20260102T020000Z.dump'];
/** That of another deployment in the same volume. */
const OTHER = 'airflow-two-20250101T020000Z.dump';
const NEW = expect.stringMatching(/^airflow-\d{8}T\d{6}Z\.dump$/);

test('a new dump takes the place of the oldest, and those of other deployments stay', async () => {
  expect(await runScript('db-backup', [...OLD, OTHER])).toMatchObject({ code: 0, files: [OLD[1], NEW, OTHER] });
});

test.each([
  ['can’t be made', { pg_dump: 'echo "no space left" >&2; exit 1' }],
  ['can’t be read', { pg_restore: 'exit 1' }],
])('a dump that %s is no dump, and the older ones stay', async (_what, programs) => {
  expect(await runScript('db-backup', OLD, programs)).toMatchObject({ code: 1, files: OLD });
});

test('a database that does not answer is no empty one', async () => {
  expect((await runScript('db-backup', OLD, { psql: 'exit 2' })).code).toBe(2);
});

test('an empty database is not dumped', async () => {
  const { code, output, files } = await runScript('db-backup', OLD, { psql: 'exit 0' });
  expect([code, files]).toEqual([0, OLD]);
  expect(output).toContain('there is nothing to back up');
});

test('the newest dump is put back, unless another one is named', async () => {
  expect((await runScript('db-restore', OLD)).output).toContain(`The database is as in the dump ${OLD[1]}.`);
  expect((await runScript('db-restore', OLD, {}, { DUMP: OLD[0] })).output).toContain(`The database is as in the dump ${OLD[0]}.`);
});

test.each([
  ['Airflow is connected', OLD, {}, { CONNECTED: '10.0.0.7' }, 'Airflow is connected to the database still, from 10.0.0.7.'],
  ['there is no dump', [], {}, {}, 'There is no dump . There are:\nnone'],
  ['it is not there', OLD, {}, { DUMP: 'other.dump' }, `There is no dump other.dump. There are:\n${OLD[1]}\n${OLD[0]}`],
  ['it can’t be read', OLD, { pg_restore: 'echo broken; exit 1' }, {}, 'broken'],
])('nothing is put back where %s', async (_what, dumps, programs, env, words) => {
  const { code, output, folder } = await runScript('db-restore', dumps, programs, env);
  expect([code, output]).toEqual([1, expect.stringContaining(words)]);
  expect(readdirSync(folder)).not.toContain('restored');
});
