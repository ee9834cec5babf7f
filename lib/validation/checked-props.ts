import { nearestWord } from './nearest-word';
import {
  elementType,
  enumValues,
  expectation,
  type Field,
  factoriesWith,
  isClass,
  isStructure,
  listed,
  type PropType,
  parametersOf,
  propsOf,
} from './prop-types';
import type { PropValidator } from './prop-validator';
import { holdsSecrets, isSecretName } from './secret-words';

/**
 * The factory that made an instance, and what it was given. A class with static factories keeps it as `_given`: it is checked, nobody having
 * looked at it yet, with the props of the construct that gets the instance.
 */
export type Given = readonly [factory: string, ...given: unknown[]];

/** Keys by which what all objects have in common could be changed. */
const DANGEROUS = ['__proto__', 'constructor', 'prototype'];
/** Stands for what is wrong. */
const LEFT_OUT = Symbol('left out');

/**
 * The props of a construct without what is of a wrong shape, which is reported: keys that there are not, values of another kind, required props
 * that are missing. What can't be without a prop that is left out is left out too. Where all is right, it is what was given, but for maps without a
 * prototype, which cdk8s can't render: these are copied.
 * @param neutral what takes the place of required props.
 */
export function checkedProps<Props extends object>(
  validator: PropValidator,
  struct: string,
  given: Props,
  neutral: Partial<Props> = {},
): Props {
  const check = new ShapeCheck(validator);
  const props = check.props(struct, given);
  return check.isUnchanged ? given : ({ ...neutral, ...props } as Props);
}

/** What is of a wrong shape in a value that no construct gets, by the places in it. */
export function shapeProblems(type: PropType, given: unknown, place: string): string[] {
  const problems: string[] = [];
  new ShapeCheck({ reportHidden: (path, reason) => problems.push(`${path}: ${reason}`), leaveOut() {} }).value(type, given, place);
  return problems;
}

class ShapeCheck {
  private faults = 0;
  private bareMaps = 0;
  /** What the value that is looked at is in. */
  private readonly around: object[] = [];

  constructor(private readonly validator: Pick<PropValidator, 'reportHidden' | 'leaveOut'>) {}

  get isPassed(): boolean {
    return this.faults === 0;
  }

  get isUnchanged(): boolean {
    return this.changes === 0;
  }

  private get changes(): number {
    return this.faults + this.bareMaps;
  }

  props(struct: PropType, given: unknown): object {
    const props = propsOf(struct) ?? [];
    if (isMap(given)) return this.fields(props, given, '').copy;
    this.wrong('props', given, struct);
    for (const { name } of props) this.leaveOut(name);
    return {};
  }

  /** What a prop comes to, or LEFT_OUT. */
  value(type: PropType, given: unknown, path: string, factory = ''): unknown {
    // What cdk8s works out when it renders is not known yet.
    if (type === 'any' || isInstance(given, 'Lazy')) return this.anything(given, path);
    if (type.endsWith('[]') && Array.isArray(given)) return this.list(elementType(type), given, path);
    if (type.endsWith('{}') && isMap(given)) return this.map(elementType(type), given, path);
    if (isClass(type) && isInstance(given, type)) return this.instance(type, given, path);
    const props = propsOf(type);
    if (props && isMap(given)) return this.struct(props, given, path, factory);
    const isRight = enumValues(type)?.includes(given) ?? (type === 'number' ? Number.isFinite(given) : typeof given === type);
    return isRight ? given : this.wrong(path, given, type, factory);
  }

  private struct(props: readonly Field[], given: Map, path: string, factory: string): unknown {
    const { copy, isWhole } = this.fields(props, given, path, factory);
    return isWhole ? copy : this.leaveOut(path);
  }

  private fields(props: readonly Field[], given: Map, path: string, factory = ''): { copy: object; isWhole: boolean } {
    this.countBare(given);
    const meant = this.unknownKeys(props, given, path, factory);
    const values = props.map((prop) => this.field(prop, given[prop.name], meant, join(path, prop.name)));
    const kept = props.map(({ name }, index) => [name, values[index]]).filter(([, value]) => value !== LEFT_OUT);
    return {
      copy: Object.fromEntries(kept),
      isWhole: !props.some(({ isRequired }, index) => isRequired && values[index] === LEFT_OUT),
    };
  }

  private field({ name, type, isRequired }: Field, given: unknown, meant: Map, path: string): unknown {
    if (given !== undefined) return this.value(type, given, path);
    // The construct goes on with it, as if it had the right name, so that no more is told than that.
    if (Object.hasOwn(meant, name)) return fits(type, meant[name]) ? meant[name] : this.leaveOut(path);
    return isRequired ? this.report(path, `it is missing; expected ${expectation(type)}`) : LEFT_OUT;
  }

  /** Reports them; what they hold, by the names that were meant. */
  private unknownKeys(props: readonly Field[], given: Map, path: string, factory: string): Map {
    const known = props.map(({ name }) => name);
    const unknown = Object.keys(given).filter((key) => !known.includes(key) && given[key] !== undefined);
    const meant = unknown.map((key) => {
      const others = factoriesWith(key, factory);
      const nearest = others.length > 0 ? undefined : nearestWord(key, known);
      const instead = nearest ? `did you mean "${nearest}"?` : `there is: ${known.join(', ')}`;
      const place = others.length > 0 ? `${factory} has no such prop, ${listed(others)} has` : 'there is no such prop';
      this.report(join(path, key), `${place}; ${instead}`);
      return [nearest, given[key]];
    });
    return Object.fromEntries(meant);
  }

  /** A list that lacks an item is left out: those behind it would be told of by wrong numbers. */
  private list(type: PropType, given: readonly unknown[], path: string): unknown {
    const items = Array.from(given, (item, index) => this.value(type, item, `${path}[${index}]`));
    return items.includes(LEFT_OUT) ? this.leaveOut(path) : items;
  }

  private countBare(given: Map): void {
    if (Object.getPrototypeOf(given) === null) this.bareMaps++;
  }

  /** A map of which nothing is left is left out too: that it is empty is not what is wrong. */
  private map(type: PropType, given: Map, path: string): unknown {
    this.countBare(given);
    const entries = Object.keys(given).map((key) => {
      const place = join(path, key);
      const isDangerous = DANGEROUS.includes(key);
      return [key, isDangerous ? this.report(place, 'all objects have this name; expected another') : this.value(type, given[key], place)];
    });
    const kept = entries.filter(([, value]) => value !== LEFT_OUT);
    return kept.length === 0 && entries.length > 0 ? this.leaveOut(path) : Object.fromEntries(kept);
  }

  /** Something that is to be JSON, or that cdk8s makes JSON of when it renders. */
  private anything(given: unknown, path: string): unknown {
    if (isNoJson(given)) return this.report(path, `${noJsonText(given)} given; expected ${JSON_VALUE}`);
    if (typeof given !== 'object' || given === null) return given;
    if (this.around.includes(given)) return this.report(path, `it contains itself; expected ${JSON_VALUE}`);
    this.around.push(given);
    try {
      if (Array.isArray(given)) {
        const hole = Array.from(given).indexOf(undefined);
        return hole < 0 ? this.list('any', given, path) : this.report(`${path}[${hole}]`, `undefined given; expected ${JSON_VALUE}`);
      }
      return isMap(given) && classesOf(given).every((name) => name === 'Object') ? this.map('any', given, path) : given;
    } finally {
      this.around.pop();
    }
  }

  /** An instance whose factory was given something wrong is made anew, without that, as is one that has a copy of something. */
  private instance(type: PropType, given: { readonly _given?: Given }, path: string): unknown {
    const [factory, ...values] = given._given ?? [''];
    const { changes } = this;
    const args = (parametersOf(type, factory) ?? []).flatMap((parameter, index) =>
      (parameter.isVariadic ? values.slice(index) : [values[index]]).map((value) => {
        return this.argument(parameter, value, path, `${type}.${factory}`);
      }),
    );
    if (this.changes === changes) return given;
    if (args.includes(LEFT_OUT)) return this.leaveOut(path);
    return (given.constructor as unknown as { readonly [name: string]: (...args: unknown[]) => unknown })[factory](...args);
  }

  /** Props are called as if they stood where the instance does, as other errors do. */
  private argument({ name, type, isRequired, isVariadic }: Field, given: unknown, path: string, factory: string): unknown {
    const isNeeded = isRequired || isVariadic;
    if (given === undefined && !isNeeded) return undefined;
    const value = this.value(type, given, propsOf(type) || isClass(type) ? path : join(path, name), factory);
    return value === LEFT_OUT && !isNeeded ? undefined : value;
  }

  private wrong(path: string, given: unknown, type: PropType, factory = ''): typeof LEFT_OUT {
    const to = factory && ` to ${factory}`;
    return this.report(path, `${shown(given, type, path)} given${to}; expected ${expectation(type)}`);
  }

  private report(path: string, reason: string): typeof LEFT_OUT {
    this.faults++;
    this.validator.reportHidden(path, reason);
    return this.leaveOut(path);
  }

  private leaveOut(path: string): typeof LEFT_OUT {
    this.validator.leaveOut(path);
    return LEFT_OUT;
  }
}

/** Whether it is of the shape, in all that is in it. */
function fits(type: PropType, given: unknown): boolean {
  const check = new ShapeCheck({ reportHidden() {}, leaveOut() {} });
  check.value(type, given, '');
  return check.isPassed;
}

const JSON_VALUE = 'text, a finite number, true or false, null, a list or a map';
/** Classes of which JSON keeps nothing, or something else. */
const NO_JSON = [
  ...['ArrayBuffer', 'Boolean', 'DataView', 'Date', 'Duration', 'Error', 'Map', 'Number', 'Promise', 'RegExp', 'Set', 'Size'],
  ...['String', 'TypedArray', 'WeakMap', 'WeakSet'],
];
/** Half of a surrogate pair, which UTF-8 has no form for. */
const HALF = /\p{Cs}/u;

function isNoJson(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value === 'string') return HALF.test(value);
  return ['bigint', 'function', 'symbol'].includes(typeof value) || classesOf(value).some((name) => NO_JSON.includes(name));
}

function noJsonText(value: unknown): string {
  if (typeof value === 'number') return `${value}`;
  if (typeof value === 'string') return 'half of a surrogate pair, which is no character,';
  return typeof value === 'object' ? `an instance of ${classesOf(value)[0]}` : `a ${typeof value}`;
}

type Map = { readonly [key: string]: unknown };

/** Whether it has keys, and is of no class that says otherwise. Props may be of whatever prototype: jsii has its own for those from Python. */
function isMap(value: unknown): value is Map {
  return Object.prototype.toString.call(value) === '[object Object]' && !classesOf(value).some(isClass);
}

/** There may be two copies of a library, each with a class of the name. */
function isInstance(value: unknown, name: string): value is object {
  return classesOf(value).includes(name);
}

function classesOf(value: unknown): string[] {
  const names: string[] = [];
  if (typeof value !== 'object' || value === null) return names;
  for (let type = Object.getPrototypeOf(value); type; type = Object.getPrototypeOf(type)) names.push(type.constructor?.name);
  return names;
}

function join(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}

/** Whether a secret may have been put there, be it instead of its name. */
function isSecretPlace(path: string): boolean {
  return path.split(/[^\w-]+/).some((step) => isSecretName(step.replace(/Name$/, '')) || holdsSecrets(step));
}

/** Text that is no more than a name, a path or an address. */
const HARMLESS = /^[\w./:-]{0,60}$/;

/** What was given: its kind alone where it may be a secret, or where it is nothing like what would do. */
function shown(given: unknown, type: PropType, path: string): string {
  if (Array.isArray(given)) return 'a list';
  const [name] = classesOf(given);
  if (typeof given === 'object' && given !== null) return name && name !== 'Object' ? `an instance of ${name}` : 'an object';
  if (typeof given === 'string') return isStructure(type) || isSecretPlace(path) || !HARMLESS.test(given) ? 'text' : JSON.stringify(given);
  if (typeof given === 'number') return isSecretPlace(path) ? 'a number' : `${given}`;
  return typeof given === 'function' || typeof given === 'symbol' ? `a ${typeof given}` : `${given}`;
}
