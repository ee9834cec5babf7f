import type { Call, Fields } from './expression';

/** A program that makes an AirflowChart, in no language yet. */
export interface Program {
  /** What stands above it, line by line. */
  readonly comments: readonly string[];
  /** What is made before the chart, and named in its props. */
  readonly variables: { readonly [name: string]: Call };
  /** The props of the chart. */
  readonly props: Fields;
  /** Objects of the cluster, by kind and name, that the check of references is told of. */
  readonly existing: readonly (readonly [kind: string, name: string])[];
}

const OF_CDK8S = ['App', 'Cron', 'Duration'];
const OF_CDK8S_PLUS = [
  'ConfigMap',
  'EnvValue',
  'EnvValueFromConfigMapOptions',
  'EnvValueFromSecretOptions',
  'Secret',
  'SecretValue',
  'k8s',
];

/** The names that a program uses, by the npm package that has them. */
export function packagesOf(names: readonly string[]): [name: string, names: string[]][] {
  const types = [...new Set(names.map((name) => name.split('.')[0]))].filter((name) => /^[A-Z]|^k8s$/.test(name));
  const inPackage = (name: string) =>
    OF_CDK8S.includes(name) ? 'cdk8s' : OF_CDK8S_PLUS.includes(name) ? 'cdk8s-plus-27' : 'cdk8s-airflow';
  return ['cdk8s', 'cdk8s-airflow', 'cdk8s-plus-27'].flatMap((name): [string, string[]][] => {
    const own = types.filter((type) => inPackage(type) === name).sort();
    return own.length > 0 ? [[name, own]] : [];
  });
}

/** Text that is one line of a comment in any language. */
export function commentLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/^[^\\]$/, ' '),
  );
}
