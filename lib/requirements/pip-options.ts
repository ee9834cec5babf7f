import { RequirementError } from './requirement-error';

/** An option of pip in a requirements file, by its long name. */
export interface PipOption {
  readonly name: string;
  readonly value?: string;
}

/**
 * The options that a line may consist of, and whether they have a value.
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options
 */
const FILE_OPTIONS: { readonly [name: string]: boolean } = {
  '--index-url': true,
  '--extra-index-url': true,
  '--no-index': false,
  '--find-links': true,
  '--constraint': true,
  '--requirement': true,
  '--editable': true,
  '--no-binary': true,
  '--only-binary': true,
  '--prefer-binary': false,
  '--require-hashes': false,
  '--pre': false,
  '--trusted-host': true,
  '--use-feature': true,
};
/** The options that may follow a requirement; all have a value. */
const REQUIREMENT_OPTIONS = ['--hash', '--config-settings'];
const ALIASES: { readonly [name: string]: string } = {
  '-i': '--index-url',
  '--pypi-url': '--index-url',
  '-f': '--find-links',
  '-c': '--constraint',
  '-r': '--requirement',
  '-e': '--editable',
  '-C': '--config-settings',
  '--config-setting': '--config-settings',
};
/** Features of older versions of pip, which later ones refuse. */
const ENDED_FEATURES = ['2020-resolver', 'in-tree-build', 'out-of-tree-build'];
const HASH = /^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/i;

/** Options that stand on a line of their own. */
export function parseFileOptions(text: string): PipOption[] {
  return parseOptions(text).map((option) => {
    if (REQUIREMENT_OPTIONS.includes(option.name)) {
      throw new RequirementError(`${option.name} belongs behind a requirement, on the same line or on one that "\\" continues`);
    }
    if (option.name === '--use-feature' && ENDED_FEATURES.includes(option.value ?? '')) {
      throw new RequirementError(`pip has no feature ${option.value} any more, as it always does so; leave it out`);
    }
    return option;
  });
}

/** Options that follow a requirement. */
export function parseRequirementOptions(text: string): PipOption[] {
  return parseOptions(text).map((option) => {
    if (option.name in FILE_OPTIONS) throw new RequirementError(`${option.name} expected on a line of its own: pip ignores it here`);
    if (option.name === '--hash' && !HASH.test(option.value ?? '')) {
      throw new RequirementError('expected a hash as "--hash=sha256:" with 64 hexadecimal digits');
    }
    return option;
  });
}

/** An option as it is written in a requirements file. */
export function formatOption({ name, value }: PipOption): string {
  if (value === undefined) return name;
  const quoted = /[\s"'\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
  return `${name}${REQUIREMENT_OPTIONS.includes(name) ? '=' : ' '}${quoted}`;
}

function parseOptions(text: string): PipOption[] {
  const words = splitWords(text);
  const options: PipOption[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, long, longValue, short, shortValue] = /^(--[^=]+)(?:=(.*))?$|^(-[^-])(.+)?$/s.exec(word) ?? [];
    const written = long ?? short;
    const name = ALIASES[written] ?? written;
    const hasValue = REQUIREMENT_OPTIONS.includes(name) || FILE_OPTIONS[name];
    if (written === undefined) throw new RequirementError('expected nothing but options behind the first option');
    if (hasValue === undefined) {
      throw new RequirementError(`${written} is no option that pip takes from a requirements file; expected one of ${known()}`);
    }
    const attached = longValue ?? shortValue;
    const value = hasValue ? (attached ?? words.shift()) : undefined;
    if (hasValue && (!value || (name in FILE_OPTIONS && value.startsWith('-')))) throw new RequirementError(`${written} has no value`);
    if (!hasValue && attached !== undefined) throw new RequirementError(`${written} takes no value`);
    options.push({ name, value });
  }
  return options;
}

function known(): string {
  return [...Object.keys(FILE_OPTIONS), ...REQUIREMENT_OPTIONS].join(', ');
}

const WORD = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;

/** Words as a POSIX shell separates them: pip reads options so. */
function splitWords(text: string): string[] {
  if (text.replace(WORD, '').trim() !== '') throw new RequirementError('a quotation mark is not closed');
  return (text.match(WORD) ?? []).map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_, escaped, double, single) => escaped ?? double?.replace(/\\(["\\])/g, '$1') ?? single,
    ),
  );
}
