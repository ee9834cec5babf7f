import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { addCronJob } from '../cdk8s/add-cron-job';
import { COMPONENTS, type ComponentName, PORTS } from '../components/components';
import { objectLabels, objectName } from '../components/names';
import { secretsVolume } from '../credentials/secrets-volume';
import { declareExisting } from '../kubernetes/existing-objects';
import type { Json } from '../kubernetes/json';
import { KEPT } from '../kubernetes/kept-data';
import { mergePodParts, type PodPart } from '../kubernetes/pod-part';
import { canonicalQuantity } from '../kubernetes/quantity';
import type { BackupStorePlan } from '../props/backup-store-plan';
import { backupStoreOf, type DatabaseBackupProps } from '../props/database-backup-props';
import { containerResources, scratchVolume } from '../props/resources';
import { scheduleFields } from '../props/schedule';
import { PASSWORD_PATH, POSTGRESQL_IMAGE } from './postgresql';
import { type OutwardContainer, s3Container, s3Volumes } from './s3-dumps';
import { DATA_STORE_IDS, type StoreServer } from './stateful-server';
import { type Deployment, storePod } from './store-pod';

/** A server whose database is dumped. */
export interface BackedUpServer extends StoreServer {
  readonly backup: DatabaseBackupProps;
}

export function isBackedUp(server: StoreServer | undefined): server is BackedUpServer {
  return server?.backup !== undefined;
}

const BACK_UP = readFileSync(join(__dirname, 'back-up.sh'), 'utf8');
const RESTORE = readFileSync(join(__dirname, 'restore.sh'), 'utf8');

/** The pods that bring dumps into a bucket, or fetch them from there. */
export function podsWithBucket(server: StoreServer | undefined): ComponentName[] {
  if (!isBackedUp(server) || !backupStoreOf(server.backup).bucket) return [];
  return ['db-backup', 'db-restore', ...(server.backup.beforeMigration ? (['migrate'] as const) : [])];
}

/** Dumps of the metadata database, and the way back, which somebody has to set off. */
export class PostgresqlBackup extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, server: BackedUpServer, outward: OutwardContainer) {
    super(scope, id);
    const { backup } = server;
    const { volume, claimName, bucket } = backupStoreOf(backup);
    if (volume) addClaim(this, deployment, volume);
    if (claimName) declareExisting(this, 'PersistentVolumeClaim', claimName);
    for (const { secretName } of Object.values(bucket?.keys ?? {})) declareExisting(this, 'Secret', secretName);
    addCronJob(new Construct(this, 'back-up'), {
      name: objectName(deployment, 'db-backup'),
      labels: objectLabels(deployment, 'db-backup'),
      schedule: scheduleFields(backup, Cron.schedule({ minute: '0', hour: '2' })),
      podTemplate: podTemplate(this, deployment, server, outward, 'db-backup'),
    });
    addCronJob(new Construct(this, 'restore'), {
      name: objectName(deployment, 'db-restore'),
      labels: objectLabels(deployment, 'db-restore'),
      podTemplate: podTemplate(this, deployment, server, outward, 'db-restore'),
    });
  }
}

/** What makes a dump before the main container of a pod of Airflow does its work. */
export function backUpFirstPart(scope: Construct, deployment: Deployment, server: BackedUpServer, outward: OutwardContainer): PodPart {
  const pod = podOf(scope, deployment, server, 'db-backup');
  return {
    initContainers: containers(pod, deployment, server, outward, 'db-backup'),
    volumes: backupVolumes(deployment, server.backup),
    imagePullSecrets: pod.spec.imagePullSecrets,
  };
}

function addClaim(
  scope: Construct,
  deployment: Deployment,
  { storageSize, storageClassName }: NonNullable<BackupStorePlan['volume']>,
): void {
  new ApiObject(scope, 'claim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: madeClaim(deployment),
      labels: objectLabels(deployment, 'db-backup'),
      annotations: KEPT,
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(storageClassName !== undefined && { storageClassName }),
      resources: { requests: { storage: canonicalQuantity(storageSize) } },
    },
  });
}

function madeClaim({ name }: Deployment): string {
  return `${name}-backups`;
}

type BackupComponent = 'db-backup' | 'db-restore';

function podTemplate(
  scope: Construct,
  deployment: Deployment,
  server: BackedUpServer,
  outward: OutwardContainer,
  component: BackupComponent,
): Json {
  const pod = podOf(scope, deployment, server, component);
  const { metadata, spec } = pod;
  const all = containers(pod, deployment, server, outward, component);
  const volumes = backupVolumes(deployment, server.backup);
  if (!backupStoreOf(server.backup).bucket) return { metadata, spec: { ...spec, restartPolicy: 'Never', containers: all, volumes } };
  const part = mergePodParts([outward.part, { volumes, imagePullSecrets: spec.imagePullSecrets }]);
  return {
    metadata,
    spec: {
      ...spec,
      serviceAccountName: outward.serviceAccountName,
      ...(part.imagePullSecrets.length > 0 && { imagePullSecrets: part.imagePullSecrets }),
      restartPolicy: 'Never',
      initContainers: [...part.initContainers, ...all.slice(0, -1)],
      containers: all.slice(-1),
      volumes: part.volumes,
    },
  };
}

/** By the image of the server, as an older pg_dump does not read a newer server. */
function podOf(scope: Construct, deployment: Deployment, server: BackedUpServer, component: BackupComponent) {
  const { placement, securityContext, labels, annotations } = server;
  const image = deployment.images.of(POSTGRESQL_IMAGE, server.image);
  return storePod(scope, deployment, { component, image, ids: DATA_STORE_IDS, placement, securityContext, labels, annotations });
}

/** What runs one after the other: PostgreSQL's image knows no buckets, and Airflow's no dumps. The last has the name of the component. */
function containers(
  { image, containerSecurity }: ReturnType<typeof podOf>,
  deployment: Deployment,
  server: BackedUpServer,
  outward: OutwardContainer,
  component: BackupComponent,
): Json[] {
  const { backup } = server;
  const { name } = deployment;
  const { bucket } = backupStoreOf(backup);
  const keep = `${backup.keep ?? 7}`;
  const resources = containerResources(backup.resources, COMPONENTS[component].resources);
  const own = { resources, ...image, securityContext: containerSecurity };
  const s3 = (container: string, args: readonly string[]) => {
    return bucket ? [s3Container(outward, bucket, { name: container, args, resources, volumeMount: DUMPS })] : [];
  };
  return component === 'db-backup'
    ? [
        { ...own, ...dumpContainer(deployment, bucket ? 'dump' : component, [BACK_UP, 'back-up', name, keep], DUMPS) },
        ...s3(component, ['put', name, keep]),
      ]
    : [
        ...s3('fetch', ['get', name]),
        { ...own, ...dumpContainer(deployment, component, [RESTORE, 'restore', name], { ...DUMPS, readOnly: true }) },
      ];
}

const DUMPS = { name: 'backups', mountPath: '/backups' };

/** A script with the programs of PostgreSQL. */
function dumpContainer(deployment: Deployment, name: string, script: readonly string[], dumps: Json): Json {
  return {
    name,
    command: ['sh', '-c', ...script],
    env: [
      { name: 'PGHOST', value: objectName(deployment, 'postgresql') },
      { name: 'PGPORT', value: `${PORTS.postgresql}` },
      { name: 'PGUSER', value: 'airflow' },
      { name: 'PGDATABASE', value: 'airflow' },
    ],
    volumeMounts: [{ name: 'backup-password', mountPath: PASSWORD_PATH, readOnly: true }, dumps],
  };
}

function backupVolumes(deployment: Deployment, backup: DatabaseBackupProps): Json[] {
  const { claimName = madeClaim(deployment), bucket } = backupStoreOf(backup);
  const resources = containerResources(backup.resources, COMPONENTS['db-backup'].resources);
  return [
    secretsVolume('backup-password', deployment.secrets, ['database']) as Json,
    bucket ? scratchVolume(DUMPS.name, resources) : { name: DUMPS.name, persistentVolumeClaim: { claimName } },
    ...(bucket ? s3Volumes(bucket) : []),
  ];
}
