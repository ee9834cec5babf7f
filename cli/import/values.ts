import { hasSecrets, tellingKey, withoutSecrets } from './secrets';

/** What is in a values.yaml. */
export type Json = unknown;
export type Tree = { readonly [key: string]: Json };

/** What no prop says: where it is in the values, what it is, and what there is instead. */
export interface Note {
  readonly path: string;
  /** As JSON, without what is secret. */
  readonly shown?: string;
  /** Nothing where it is for the table of rows to say. */
  readonly instead?: string;
}

/** What has been read of values, by paths, and what is to be said of them. */
class Ledger {
  paths = new Set<string>();
  notes: Note[] = [];
}

/**
 * Values of a chart, which know what of them has been read, so that nothing of them is lost without a word. What is null, or the chart's own default, is not
 * there. What helm would fill in (`{{ … }}`) and what holds a secret can be seen, but not read.
 */
export class Values {
  /** @param isDefault whether the chart has a value by itself. */
  static of(tree: Tree, isDefault: (path: string, value: Json) => boolean = () => false, place = ''): Values {
    return new Values((pruned(tree, '', isDefault) ?? {}) as Tree, new Ledger(), [place]);
  }

  private constructor(
    private readonly tree: Tree,
    private readonly ledger: Ledger,
    /** What paths begin with for who reads the notes: of several the first where a value is. */
    private readonly places: readonly string[],
  ) {}

  get keys(): string[] {
    return Object.keys(this.tree);
  }

  /** What is there, read or not. */
  peek(path: string): Json {
    return path.split('.').reduce<Json>((value, key) => (isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined), this.tree);
  }

  /** A value, which thereby is told. */
  get(path: string): Json {
    const value = this.peek(path);
    if (value === undefined || value === '' || isTemplate(value) || hasSecrets(value, tellingKey(path))) return undefined;
    this.tell(path);
    return value;
  }

  /** Of text, a number or a switch, as text. */
  text(path: string): string | undefined {
    return typeof this.peek(path) === 'object' ? undefined : asText(this.get(path));
  }

  number(path: string): number | undefined {
    const value = this.peek(path);
    const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
    return isNumber ? Number(this.get(path)) : undefined;
  }

  isOn(path: string): boolean | undefined {
    const value = `${this.peek(path)}`.toLowerCase();
    if (value !== 'true' && value !== 'false') return undefined;
    this.tell(path);
    return value === 'true';
  }

  map(path: string): Tree | undefined {
    const value = this.peek(path);
    return isTree(value) && Object.keys(value).length > 0 ? (this.get(path) as Tree | undefined) : undefined;
  }

  /** The items of a list; those that can't be read are noted by their numbers. */
  list(path: string): Json[] | undefined {
    const value = this.peek(path);
    if (!Array.isArray(value) || value.length === 0) return undefined;
    this.tell(path);
    const readable = value.filter((item, index) => {
      if (!isTemplate(item) && !hasSecrets(item, tellingKey(path))) return true;
      this.note(`${path}[${index}]`, item, isTemplate(item) ? FILLED_IN : 'it holds a secret; put that into a Secret, and name it here');
      return false;
    });
    return readable.length > 0 ? readable : undefined;
  }

  isSecret(path: string): boolean {
    return hasSecrets(this.peek(path), tellingKey(path));
  }

  /** Whether there is a secret, which is noted with the place for it. */
  secret(path: string, place: string): boolean {
    const value = this.peek(path);
    if (value === undefined || value === '') return false;
    this.tell(path);
    this.say({ path: `${this.places[0]}${path}`, instead: `it is secret, and not written here; put it into ${place}` });
    return true;
  }

  /** Whether it has been read. */
  isTold(path: string): boolean {
    const whole = `${this.places[0]}${path}`;
    return [...this.ledger.paths].some((told) => whole === told || whole.startsWith(`${told}.`));
  }

  tell(...paths: readonly string[]): void {
    for (const path of paths) for (const place of this.places) this.ledger.paths.add(`${place}${path}`);
  }

  /** Say of a value what there is instead. */
  note(path: string, value: Json, instead: string): void {
    this.say({ path: `${this.places[0]}${path}`, shown: value === undefined ? undefined : shown(value, path), instead });
  }

  /** Once, also if it is read twice. */
  private say(note: Note): void {
    if (!this.ledger.notes.some(({ path }) => path === note.path)) this.ledger.notes.push(note);
  }

  /** What a reader makes of values; where it refuses (undefined), they are as if nobody had read them. */
  attempt<Result>(reader: () => Result | undefined): Result | undefined {
    const { paths, notes } = this.ledger;
    this.ledger.paths = new Set(paths);
    this.ledger.notes = [...notes];
    const result = reader();
    if (result === undefined) Object.assign(this.ledger, { paths, notes });
    return result;
  }

  /** All that is below a path, and what further ones have in its place. */
  below(...paths: readonly string[]): Values {
    const tree = paths.map((path) => this.peek(path)).reduce(over, {});
    const places = paths.flatMap((path) => this.places.map((place) => `${place}${path}.`));
    return new Values(isTree(tree) ? tree : {}, this.ledger, places);
  }

  /** What is to be said of them: also, but for `instead`, of each that nobody has read. */
  notes(): Note[] {
    const [place] = this.places;
    const untold = leaves(this.tree, '').filter(([path, value]) => !isNothing(value) && !this.isTold(path));
    return [
      ...this.ledger.notes,
      ...untold.map(([path, value]) => ({
        path: `${place}${path}`,
        shown: shown(value, path),
        instead: isTemplate(value) ? FILLED_IN : hasSecrets(value, tellingKey(path)) ? SECRET : undefined,
      })),
    ];
  }
}

const SECRET = 'it is secret, and not written here; put it into a Secret, and name that in the program';
const FILLED_IN = 'helm fills it in; say what comes of it';

export function isTree(value: Json): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asText(value: Json): string | undefined {
  return value === undefined || value === null ? undefined : `${value}`;
}

/** One over the other. */
export function over(below: Json, above: Json): Json {
  if (!isTree(below) || !isTree(above)) return above ?? below;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(keys.map((key) => [key, over(below[key], above[key])]));
}

/** All that is no map, with its path; lists are wholes. */
export function leaves(value: Json, path: string): [path: string, value: Json][] {
  if (isTree(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key));
  }
  return isTree(value) ? [] : [[path, value]];
}

function pruned(value: Json, path: string, isDefault: (path: string, value: Json) => boolean): Json {
  if (value === null || value === undefined || (path && isDefault(path, value))) return undefined;
  if (!isTree(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, pruned(each, path ? `${path}.${key}` : key, isDefault)]);
  const some = entries.some(([, each]) => each !== undefined);
  // Of a probe that is not the default, all times count.
  const isMeant = (key: string) => some && /Probe$/.test(path) && typeof value[key] === 'number';
  const kept = entries.map(([key, each]) => [key, isMeant(`${key}`) ? value[`${key}`] : each]).filter(([, each]) => each !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function shown(value: Json, path: string): string {
  return JSON.stringify(withoutSecrets(value, tellingKey(path)));
}

function isNothing(value: Json): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function isTemplate(value: Json): boolean {
  return JSON.stringify(value)?.includes('{{') ?? false;
}
