import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../../lib';
import { ROOT } from './synth';

/** A prop that users can set, as the jsii assembly has it, which `npm run build` makes. */
export interface SettableProp {
  /** `Struct.prop`, or `Class.factory` of a choice. */
  readonly name: string;
  /** Where it is, as errors name it: `executor.workers.image.tag`. */
  readonly path: string;
  /** Props of the root with the example in it, and the same without; none where there is no example. */
  readonly tried?: { readonly with: object; readonly without: object };
}

/** Values that none of the defaults is. */
export interface Examples {
  /** By the name of the prop. What is in such a value is not looked at any further. */
  readonly values: { readonly [name: string]: unknown };
  /** By struct: what the props of it need beside them. */
  readonly needed: { readonly [struct: string]: object };
}

interface TypeReference {
  readonly fqn?: string;
  readonly collection?: { readonly elementtype: TypeReference };
}

interface Type {
  readonly name: string;
  /** Whether it is a struct. */
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly type: TypeReference }[];
  readonly methods?: readonly Factory[];
}

interface Factory {
  readonly name: string;
  readonly static?: boolean;
  readonly parameters?: readonly { readonly type: TypeReference }[];
}

/** The classes of the library, with their factories. */
const CHOICES: { readonly [type: string]: { readonly [factory: string]: (props: unknown) => unknown } } = Object(library);

/** Puts a value where it belongs in the props of the root. */
type Put = (value?: unknown) => object;

/** All props of a struct, and those in them: of structs, of lists of structs, and of what the factories of choices take. */
export function settableProps(root: string, { values, needed }: Examples): SettableProp[] {
  const { types }: { types: { readonly [fqn: string]: Type } } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));

  const inStruct = (struct: Type, path: string, put: Put, { name: own, interfaces = [], properties = [] } = struct): SettableProp[] => {
    const base = needed[struct.name] ?? {};
    return [
      ...interfaces.flatMap((fqn) => inStruct(struct, path, put, types[fqn])),
      ...properties.flatMap(({ name, type }) => {
        const place = path ? `${path}.${name}` : name;
        return inValue(`${own}.${name}`, place, type, (value) => put(value === undefined ? base : { ...base, [name]: value }));
      }),
    ];
  };
  const inValue = (name: string, path: string, { fqn, collection }: TypeReference, put: Put): SettableProp[] => {
    if (name in values) return [{ name, path, tried: { with: put(values[name]), without: put() } }];
    const found = collection ? inType(collection.elementtype, `${path}[0]`, (value) => put([value])) : inType({ fqn }, path, put);
    return found.length > 0 ? found : [{ name, path }];
  };
  const inType = ({ fqn = '' }: TypeReference, path: string, put: Put): SettableProp[] => {
    const type: Type | undefined = types[fqn];
    if (type?.datatype) return inStruct(type, path, put);
    const factories = (type?.methods ?? []).filter((method) => method.static);
    return factories.flatMap(({ name, parameters = [] }) => {
      const struct = types[parameters[0]?.type.fqn ?? ''];
      if (parameters.length !== 1 || !struct?.datatype) return inValue(`${type.name}.${name}`, path, {}, put);
      return inStruct(struct, path, (value) => put(CHOICES[type.name][name](value)));
    });
  };
  return inStruct(types[`cdk8s-airflow.${root}`], '', (value) => value as object);
}
