import { Call, type Expression, type Fields, isFields, Name } from './expression';
import { objectVariable } from './pod-values';
import type { Program } from './program';
import { withoutRefused } from './trial';
import type { Note } from './values';

interface Draft {
  /** As the rows of a chart have made them. */
  readonly props: Fields;
  readonly title: string;
  /** What no prop says. */
  readonly told: readonly Note[];
}

interface Finished {
  readonly program: Program;
  /** How much of it the user has to mend before it synthesises. */
  readonly toMend: number;
}

/** The whole program: with the objects that props name, and with nothing in it that the library refuses and that can be left out. */
export function finished({ props, title, told }: Draft): Finished {
  const { credentials, ...others } = props;
  const given = {
    namespace: 'airflow',
    ...others,
    ...(isFields(credentials) && { credentials: new Call('Credentials.existing', [credentials]) }),
  };
  const variables = variablesOf(given);
  const { program, refused, toMend } = withoutRefused({
    comments: [],
    variables: Object.fromEntries(Object.values(variables).map(({ name, value }) => [name, value])),
    props: renamed(given, variables) as Fields,
    existing: referencesIn(given),
  });
  return { program: { ...program, comments: commentsOf(title, [...told, ...refused, ...toMend]) }, toMend: toMend.length };
}

function commentsOf(title: string, told: readonly Note[]): string[] {
  const head = `Made by \`cdk8s-airflow import\` from values of ${title}.`;
  return told.length > 0 ? [head, 'What is not in the props, and what becomes of it:', '', ...told.flatMap(noteLines)] : [head];
}

function noteLines({ path, shown, instead }: Note): string[] {
  return [`  ${path}${shown === undefined ? '' : `: ${shown}`}`, `    ${instead}`];
}

interface Variable {
  readonly name: string;
  readonly value: Call;
}

/** The objects that are named in props by kind and name, each as a variable. */
function variablesOf(props: Expression): { readonly [id: string]: Variable } {
  const ids = [...new Set(objectsIn(props))];
  const taken: string[] = [];
  return Object.fromEntries(
    ids.map((id) => {
      const [kind, name] = id.split(':');
      const words = `${name}-${kind}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
      const variable = words.map((word, index) => (index === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1))).join('');
      const value = new Call(`${kind}.from${kind}Name`, [new Name('app'), `${kind.toLowerCase()}-${name}`, name]);
      // Of a-b and a.b the words are the same, and Python knows no capitals.
      taken.push(variable.toLowerCase());
      const count = taken.filter((each) => each === variable.toLowerCase()).length;
      return [id, { name: `${/^\d/.test(variable) ? 'the' : ''}${variable}${count > 1 ? count : ''}`, value }];
    }),
  );
}

function objectsIn(value: Expression): string[] {
  if (value instanceof Name) return value.text.includes(':') ? [value.text] : [];
  if (value instanceof Call) return value.args.flatMap(objectsIn);
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isFields(value) ? Object.values(value).flatMap(objectsIn) : [];
}

function renamed(value: Expression, variables: { readonly [id: string]: Variable }): Expression {
  if (value instanceof Name) return variables[value.text] ? new Name(variables[value.text].name) : value;
  if (value instanceof Call)
    return new Call(
      value.callee,
      value.args.map((arg) => renamed(arg, variables)),
    );
  if (Array.isArray(value)) return value.map((each) => renamed(each, variables));
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renamed(each, variables)])) : value;
}

/** Where objects in the form of Kubernetes name others: the kind, by the field with the name and by what that is in. */
const REFERENCES: { readonly [field: string]: readonly [kind: string, name: string] } = {
  secretRef: ['Secret', 'name'],
  secretKeyRef: ['Secret', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
};

/** What is to be there already: what props name in the form of Kubernetes. Of their own references the constructs know. */
function referencesIn(props: Expression): [kind: string, name: string][] {
  const found = new Map<string, [string, string]>();
  const look = (value: Expression, field = ''): void => {
    if (value instanceof Call) for (const arg of value.args) look(arg);
    else if (Array.isArray(value)) for (const each of value) look(each, field);
    else if (isFields(value)) {
      const [kind, key] =
        field === 'secret'
          ? ['Secret', value.secretName === undefined ? 'name' : 'secretName']
          : Object.hasOwn(REFERENCES, field)
            ? REFERENCES[field]
            : [];
      const name = key === undefined ? undefined : value[key];
      if (kind && typeof name === 'string') found.set(objectVariable(kind, name), [kind, name]);
      for (const [name, each] of Object.entries(value)) look(each, name);
    }
  };
  look(props);
  for (const id of objectsIn(props)) found.set(id, id.split(':') as [string, string]);
  return [...found.values()];
}
