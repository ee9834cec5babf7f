import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// Writes what the library knows at synth of the types of its props, from the assemblies of jsii: its own, and those of what its props reach.

const ROOT = resolve(__dirname, '..');
export const FILE = join(ROOT, 'lib/validation/prop-types.json');
const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).name;

/** What an assembly says of the type of a prop or a parameter. */
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

interface Property {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

interface Method {
  readonly name: string;
  readonly static?: boolean;
  readonly parameters?: readonly Property[];
  readonly returns?: { readonly type: TypeReference };
}

interface Type {
  readonly fqn: string;
  readonly assembly: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly { readonly name: string }[];
}

type Named<Value> = { [name: string]: Value };

/** The text of the file: every struct of the library, and what is reached from there. */
export function propTypes(): string {
  const types = new PropTypes();
  for (const { fqn, datatype } of assembly(OWN)) if (datatype) types.nameOf(fqn);
  return `${JSON.stringify({ structs: sorted(types.structs), enums: sorted(types.enums), classes: sorted(types.classes) }, null, 2)}\n`;
}

class PropTypes {
  readonly structs: Named<Named<string>> = {};
  readonly enums: Named<Named<unknown>> = {};
  readonly classes: Named<Named<Named<string>>> = {};
  private readonly names = new Map<string, string>();

  /** The name of a type, which is added the first time. */
  nameOf(fqn: string): string {
    const known = this.names.get(fqn);
    if (known) return known;
    const type = typeOf(fqn);
    if ([...this.names.values()].includes(type.name)) throw new Error(`two types are called ${type.name}`);
    if (type.kind === 'interface' && !type.datatype) return 'any';
    this.names.set(fqn, type.name);
    if (type.kind === 'enum') this.enums[type.name] = { ...enumOf(type) };
    else if (type.kind === 'class') this.classes[type.name] = this.factoriesOf(type);
    else this.structs[type.name] = this.fields(propertiesOf(type));
    return type.name;
  }

  /** The static methods that make one. Of other libraries' classes only the name is asked for. */
  private factoriesOf({ fqn, assembly, methods = [] }: Type): Named<Named<string>> {
    const factories = methods.filter((method) => assembly === OWN && method.static && method.returns?.type.fqn === fqn);
    return Object.fromEntries(factories.map(({ name, parameters = [] }) => [name, this.fields(parameters)]));
  }

  private fields(properties: readonly Property[]): Named<string> {
    return Object.fromEntries(
      properties.map(({ name, type, optional, variadic }) => {
        return [`${variadic ? '...' : ''}${name}`, `${this.kindOf(type)}${optional || variadic ? '?' : ''}`];
      }),
    );
  }

  private kindOf({ primitive, fqn, collection }: TypeReference): string {
    if (collection) return `${this.kindOf(collection.elementtype)}${collection.kind === 'map' ? '{}' : '[]'}`;
    if (fqn) return this.nameOf(fqn);
    return ['string', 'number', 'boolean'].includes(primitive ?? '') ? `${primitive}` : 'any';
  }
}

function propertiesOf({ interfaces = [], properties = [] }: Type): Property[] {
  return [...properties, ...interfaces.flatMap((fqn) => propertiesOf(typeOf(fqn)))];
}

const assemblies = new Map<string, { readonly [fqn: string]: Type }>();

function assembly(name: string): Type[] {
  return Object.values(typesOf(name));
}

function typesOf(name: string): { readonly [fqn: string]: Type } {
  const folder = name === OWN ? ROOT : dirname(require.resolve(`${name}/package.json`));
  const types = assemblies.get(name) ?? JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')).types;
  assemblies.set(name, types);
  return types;
}

function typeOf(fqn: string): Type {
  return typesOf(fqn.split('.')[0])[fqn];
}

/** The enum itself: what its members stand for is not in the assembly. */
function enumOf({ fqn }: Type): Named<unknown> {
  const [name, ...path] = fqn.split('.');
  return path.reduce((scope, key) => scope[key], require(name === OWN ? '../lib' : name));
}

function sorted<Value>(named: Named<Value>): Named<Value> {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (require.main === module) writeFileSync(FILE, propTypes());
