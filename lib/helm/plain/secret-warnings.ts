import type { PlainObject } from './plain-objects';

/** Secrets with values, as the warning of them: whoever may read dist and the render lock may read these too. */
export function secretWarnings(objects: readonly PlainObject[]): string[] {
  const names = objects.flatMap(({ manifest: { kind, metadata, data, stringData } }) => {
    const values = Object.values({ ...data, ...stringData });
    return kind === 'Secret' && values.some((value) => value !== '' && value !== null) ? [metadata.name] : [];
  });
  if (names.length === 0) return [];
  return [
    `the values of Secrets are readable in dist (${names.join(', ')}); name Secrets of the cluster by the chart's values, ` +
      'or leave them out by exclude, and make them in the cluster',
  ];
}
