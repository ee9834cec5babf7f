import { groupOf } from '../../lib/kubernetes/api-group';
import type { Json } from '../../lib/kubernetes/json';
import { KEPT } from '../../lib/kubernetes/kept-data';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import { argumentsOf, nameOf } from '../objects/object-id';
import type { Finding } from '../report/finding';
import type { Comparison, Pair } from './compare';
import { deploymentOf, deploymentsOf, isDatabase, isSamePlace, majorOf, placesOf, placeText } from './databases';

/** What an apply, or the pruning behind it, does to data; and what has to be done by hand so that it is not lost. */
export function lossesOf(comparison: Comparison): Finding[] {
  const { changed } = comparison;
  return [
    ...secondDeployment(comparison),
    ...otherDatabase(comparison),
    ...goneData(comparison),
    ...changed.flatMap(otherPostgresql),
    ...changed.flatMap(otherPassword),
    ...changed.flatMap(fewerVolumes),
  ];
}

/** Objects in which data is, or with which data goes. */
function goneData({ gone }: Comparison): Finding[] {
  return gone.flatMap((object) => {
    const what = dataIn(object);
    if (what === undefined) return [];
    const wayOut = isKept(object)
      ? 'kubectl apply, Argo CD and Flux leave it where it is; delete it yourself, when its data is of no more use'
      : 'kubectl apply leaves it where it is, what prunes (Argo CD, Flux) deletes it; save the data, then delete it yourself';
    return [
      {
        object: nameOf(object),
        problem: `it is gone from the manifests, and ${isKept(object) ? 'nothing that deploys deletes it' : what}`,
        wayOut,
        commands: [`kubectl delete ${argumentsOf(object)}`],
      },
    ];
  });
}

/** Whether it says that what prunes is to leave it alone. */
function isKept({ metadata }: Json): boolean {
  return Object.entries(KEPT).every(([name, value]) => metadata.annotations?.[name] === value);
}

function dataIn(object: Json): string | undefined {
  switch (`${groupOf(object)}/${object.kind}`) {
    case '/Namespace':
      return 'all that is in it goes with it, volumes and Secrets too';
    case '/PersistentVolumeClaim':
      return 'its data goes with it';
    case 'postgresql.cnpg.io/Cluster':
      return 'its volumes go with it';
    case 'apps/StatefulSet':
      return claimsOf(object);
    default:
      return undefined;
  }
}

function claimsOf({ metadata, spec }: Json): string | undefined {
  const claims: string[] = (spec.volumeClaimTemplates ?? []).map((claim: Json) => `${claim.metadata.name}-${metadata.name}-0`);
  if (claims.length === 0) return undefined;
  const isDeleted = spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  return isDeleted
    ? `its claims go with it: ${claims.join(', ')}`
    : `its claims, ${claims.join(', ')}, stay without anything that uses them`;
}

/** The files of one major version are not those of another: the server does not start. CloudNativePG does that upgrade itself. */
function otherPostgresql({ before, after }: Pair): Finding[] {
  const [from, to] = [before, after].map(majorOf);
  if (from === undefined || to === undefined || from === to || after.kind !== 'StatefulSet') return [];
  return [
    {
      object: nameOf(after),
      problem: `PostgreSQL ${from} becomes ${to}, which does not start on the volume of ${from}: Airflow stands still`,
      wayOut: `keep ${from} by the image of the database, or move by a dump: docs/how-to/back-up-and-restore.md`,
      commands: [],
    },
  ];
}

/** The server has its password from the volume, where it is since that was empty. */
function otherPassword({ before, after }: Pair): Finding[] {
  const [from, to] = [before, after].map(passwordSecretOf);
  if (from === undefined || to === undefined || from === to || !isDatabase(after)) return [];
  return [
    {
      object: nameOf(after),
      problem: `it keeps the password of ${from}, and Airflow gets that of ${to}: if they differ, Airflow stands still`,
      wayOut: 'put the same password into the new Secret, or change it in the database too: docs/how-to/secrets.md',
      commands: [],
    },
  ];
}

/** `Secret NAME, key KEY` */
function passwordSecretOf(object: Json): string | undefined {
  const { secret, projected }: Json = podTemplateOf(object)?.spec.volumes?.find(({ name }: Json) => /\bpassword$/.test(name)) ?? {};
  const { secretName, name = secretName, items = [] } = secret ?? projected?.sources?.[0]?.secret ?? {};
  return name && [`Secret ${name}`, ...items.map(({ key }: Json) => `key ${key}`)].join(', ');
}

/** A StatefulSet may be told to delete the volumes of pods that it has no more. */
function fewerVolumes({ before, after }: Pair): Finding[] {
  if (after.kind !== 'StatefulSet' || after.spec.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return [];
  const [from, to] = [before, after].map(({ spec }) => spec.replicas ?? 1);
  if (to >= from) return [];
  return [
    {
      object: nameOf(after),
      problem: `it has ${to} pods in the place of ${from}, and the volumes of the others are deleted: persistentVolumeClaimRetentionPolicy.whenScaled is Delete`,
      wayOut: 'save what is in them, or let it be Retain',
      commands: [],
    },
  ];
}

/** Another name, or another namespace, is another Airflow with a database of its own: the old one stays and runs on. */
function secondDeployment({ made, gone, changed }: Comparison): Finding[] {
  const [old, wanted, stays] = [gone, made, changed.map(({ after }) => after)].map((objects) => objects.filter(isDatabase));
  const known = [...old, ...stays].map(deploymentOf);
  const [begun] = wanted.map(deploymentOf).filter((id) => !known.includes(id));
  const left = old.filter((database) => ![...wanted, ...stays].map(deploymentOf).includes(deploymentOf(database)));
  if (begun === undefined) return [];
  return left.map((database) => ({
    object: nameOf(database),
    problem: `Airflow ${deploymentOf(database)} is gone from the manifests, and ${begun} begins beside it with an empty database`,
    wayOut: 'keep name and namespace, or move the data by a dump and then delete the old one: docs/how-to/back-up-and-restore.md',
    commands: [],
  }));
}

/** Another database than the one that an Airflow has now: what it knows stays there. */
function otherDatabase({ before, made, after }: Comparison): Finding[] {
  return deploymentsOf(before).flatMap((deployment) => {
    const [from, to] = [before, after].map((objects) => placesOf(deployment, objects));
    const isMoved = from.length > 0 && to.length > 0 && !to.some((place) => from.some((old) => isSamePlace(old, place)));
    const isNew = from.length === 0 && made.some((object) => isDatabase(object) && deploymentOf(object) === deployment);
    if (!isMoved && !isNew) return [];
    return [
      {
        object: `Airflow ${deployment}`,
        problem: isMoved
          ? `its database is ${placeText(from[0])}, and becomes ${placeText(to[0])}: if that is not the same by another address, Airflow begins with another database`
          : 'its database becomes one that is made, and is empty: Airflow begins with another database',
        wayOut: 'keep the prop `database` as it is, or move the data first, by a dump: docs/how-to/back-up-and-restore.md',
        commands: [],
      },
    ];
  });
}
