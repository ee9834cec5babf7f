import { groupOf } from '../../kubernetes/api-group';
import { isDefinition, needsServerSide } from './definitions';
import type { PlainObject } from './plain-objects';

/** What a user of `kubectl apply` should know of objects: which one can't be applied so, or not at the first time, and the commands that can. */
export function applyWarnings(objects: readonly PlainObject[]): string[] {
  const definitions = objects.filter(({ manifest }) => isDefinition(manifest));
  const kinds = new Set(definitions.map(({ manifest: { spec } }) => `${spec?.group}/${spec?.names?.kind}`));
  const custom = objects.filter(({ manifest }) => kinds.has(`${groupOf(manifest)}/${manifest.kind}`));
  const large = objects.filter(({ manifest }) => needsServerSide(manifest));
  return [
    ...(custom.length === 0
      ? []
      : [
          `${names(custom)}: kubectl finds their kinds only when the CustomResourceDefinitions are in the cluster, so the first apply takes ` +
            `two commands: \`kubectl apply --server-side -f\` with the file of ${names(definitions)}, then \`kubectl apply${large.some((each) => !definitions.includes(each)) ? ' --server-side' : ''} -f\` with the folder`,
        ]),
    ...(large.length === 0
      ? []
      : [
          `${names(large)}: more than 256 KiB, which \`kubectl apply\` can't keep a copy of; ` +
            `\`kubectl apply --server-side -f\` works${large.some((each) => definitions.includes(each)) ? ', as does leaving out descriptions: crds: HelmCrds.apart({ descriptions: false })' : ''}`,
        ]),
  ];
}

function names(objects: readonly PlainObject[]): string {
  const [first, ...others] = objects.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`);
  return others.length > 3 ? `${first} and ${others.length} others` : [first, ...others].join(', ');
}
