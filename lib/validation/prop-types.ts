import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The type of a prop, in short: `string`, `number`, `boolean`, `any`, or the name of a struct, an enum or a class; with `[]` behind it a list
 * of such, with `{}` a map.
 */
export type PropType = string;

/** Types by the name of a prop or a parameter, with a question mark behind those that may be missing. */
type Fields = { readonly [name: string]: PropType };

/** What is known of the library's own types, and of those of others that its props reach: `npm run build:prop-types` writes it. */
interface PropTypes {
  readonly structs: { readonly [name: string]: Fields };
  /** What each member stands for. */
  readonly enums: { readonly [name: string]: { readonly [member: string]: unknown } };
  /** The factories of each, with their parameters. */
  readonly classes: { readonly [name: string]: { readonly [factory: string]: Fields } };
}

/** A prop of a struct, or a parameter of a factory. */
export interface Field {
  readonly name: string;
  readonly type: PropType;
  readonly isRequired: boolean;
  /** Whether it stands for all arguments from here on. */
  readonly isVariadic: boolean;
}

let read: PropTypes | undefined;

function types(): PropTypes {
  read ??= JSON.parse(readFileSync(join(__dirname, 'prop-types.json'), 'utf8')) as PropTypes;
  return read;
}

/** The props of a struct; undefined if the type is none. */
export function propsOf(struct: PropType): Field[] | undefined {
  return fieldsOf(types().structs[struct]);
}

/** The parameters of a factory; undefined if the class has none of that name. */
export function parametersOf(type: PropType, factory: string): Field[] | undefined {
  return fieldsOf(types().classes[type]?.[factory]);
}

/** Other factories of a class that take a prop, of one as `Database.external`. */
export function factoriesWith(prop: string, factory: string): string[] {
  const [type] = factory.split('.');
  return Object.keys(types().classes[type] ?? {})
    .filter((other) => parametersOf(type, other)?.some((parameter) => propsOf(parameter.type)?.some(({ name }) => name === prop)))
    .map((other) => `${type}.${other}`)
    .filter((other) => other !== factory);
}

/** The values of an enum; undefined if the type is none. */
export function enumValues(type: PropType): unknown[] | undefined {
  return types().enums[type] && Object.values(types().enums[type]);
}

export function isClass(type: PropType): boolean {
  return types().classes[type] !== undefined;
}

/** Whether it is more than a word, a number or a switch. */
export function isStructure(type: PropType): boolean {
  return WORDS[type] === undefined && enumValues(type) === undefined;
}

/** The type of what is in a list or a map. */
export function elementType(type: PropType): PropType {
  return type.slice(0, -2);
}

function fieldsOf(fields: Fields | undefined): Field[] | undefined {
  return (
    fields &&
    Object.entries(fields).map(([name, type]) => ({
      name: name.replace('...', ''),
      type: type.replace('?', ''),
      isRequired: !type.endsWith('?'),
      isVariadic: name.startsWith('...'),
    }))
  );
}

const EXAMPLES: { readonly [type: PropType]: string } = {
  string: "'…'",
  number: '1',
  boolean: 'true',
  any: '…',
  Cron: 'Cron.daily()',
  Duration: 'Duration.minutes(5)',
  EnvValue: "EnvValue.fromValue('…')",
};

const WORDS: { readonly [type: PropType]: string } = { string: 'text', number: 'a number', boolean: 'true or false' };

/** What would do for a prop of the type, in words. */
export function expectation(type: PropType): string {
  if (type.endsWith('[]')) return `a list, as in ${example(type)}`;
  if (type.endsWith('{}')) return `a map, as in ${example(type)}`;
  const { enums, classes } = types();
  if (enums[type]) return listed(Object.keys(enums[type]).map((member) => `${type}.${member}`));
  if (classes[type])
    return (
      listed(Object.keys(classes[type]).map((factory) => factoryCall(type, factory))) ||
      (EXAMPLES[type] ? `a value of ${type}, as in ${EXAMPLES[type]}` : `a value of ${type}`)
    );
  const props = propsOf(type);
  if (!props) return WORDS[type];
  return props.some(({ isRequired }) => isRequired)
    ? `an object, as in ${example(type)}`
    : `an object with some of ${props.map(({ name }) => name).join(', ')}`;
}

function example(type: PropType): string {
  if (EXAMPLES[type]) return EXAMPLES[type];
  if (type.endsWith('[]')) return `[${example(elementType(type))}]`;
  if (type.endsWith('{}')) return `{ name: ${example(elementType(type))} }`;
  const { enums, classes } = types();
  if (enums[type]) return `${type}.${Object.keys(enums[type])[0]}`;
  if (classes[type]) return factoryCall(type, Object.keys(classes[type])[0]);
  const required = (propsOf(type) ?? []).filter(({ isRequired }) => isRequired);
  return `{ ${required.map((prop) => `${prop.name}: ${example(prop.type)}`).join(', ') || '…'} }`;
}

function factoryCall(type: PropType, factory: string): string {
  const required = (parametersOf(type, factory) ?? []).filter(({ isRequired }) => isRequired);
  return `${type}.${factory}(${required.map((parameter) => example(parameter.type)).join(', ')})`;
}

/** As in `one, two or three`. */
export function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
