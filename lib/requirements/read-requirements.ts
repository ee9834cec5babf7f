import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { decodeText, logicalLines } from './logical-lines';
import { formatOption, type PipOption } from './pip-options';
import { RequirementError } from './requirement-error';
import { type PackageLine, parseLine } from './requirement-line';
import { bareUrl, checkUrl, hasSecret, hasVariable, shown } from './url';

/** The constraints of all files, in one: pip takes them together anyway. */
export const CONSTRAINTS_FILE = 'constraints.txt';

/** Where requirements come from. */
export interface RequirementsSource {
  /** What errors call it. */
  readonly name: string;
  /** The call that made it, for errors, up to the options. */
  readonly call: string;
  /** The path that included files are relative to. */
  readonly path: string;
  /** @throws where the file can't be read. */
  readonly read: () => string;
}

/** An option or a package, and where it is, for errors. */
export interface SourceLine {
  readonly place: string;
  readonly option?: PipOption;
  readonly package?: PackageLine;
}

/** Requirements with all that they include. */
export interface ReadRequirements {
  /** The lines for `requirements.txt`. */
  readonly requirements: readonly string[];
  /** The lines for `constraints.txt`, which `requirements.txt` then names. */
  readonly constraints: readonly string[] | undefined;
  readonly lines: readonly SourceLine[];
  /** What is wrong, without secrets. */
  readonly problems: readonly string[];
}

/** Read requirements, and in their places the files that they include. */
export function readRequirements(source: RequirementsSource): ReadRequirements {
  const reader = new RequirementsReader(source.call);
  reader.start(source);
  return reader;
}

/** The variables that requirements name, as `${TOKEN}`. */
export function variablesOf({ requirements, constraints = [] }: ReadRequirements): ReadonlySet<string> {
  return new Set([...[...requirements, ...constraints].join('\n').matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name]) => name));
}

interface OpenFile {
  readonly name: string;
  readonly path: string;
  readonly read: () => string;
  readonly isConstraint: boolean;
  /** The file and those that it is included from. */
  readonly openFiles: readonly string[];
}

class RequirementsReader implements ReadRequirements {
  readonly requirements: string[] = [];
  constraints: string[] | undefined;
  readonly lines: SourceLine[] = [];
  readonly problems: string[] = [];

  constructor(private readonly call: string) {}

  start(source: RequirementsSource): void {
    try {
      this.readFile({ ...source, isConstraint: false, openFiles: [resolve(source.path)] });
    } catch (error) {
      this.problems.push(messageOf(error));
    }
  }

  private readFile(file: OpenFile): void {
    const isIncluded = file.openFiles.length > 1;
    const told = new Set<string>();
    for (const line of logicalLines(textOf(file))) {
      const place = `${file.name}, line ${line.number}`;
      try {
        this.readLine(line.text, place, file);
      } catch (error) {
        const message = messageOf(error);
        // A file may be included by mistake: what is in it is not to be read in an error, line by line.
        if (isIncluded && told.has(message)) continue;
        told.add(message);
        this.problems.push(isIncluded ? `${place}: ${message}` : `${place}: "${withoutValue(shown(line.text))}": ${message}`);
      }
    }
  }

  private readLine(text: string, place: string, file: OpenFile): void {
    const { options, package: line } = parseLine(text);
    for (const option of options) {
      const target = option.value ?? '';
      if (option.name === '--requirement' || (option.name === '--constraint' && !isUrl(target))) {
        this.include(target, option.name === '--constraint', file);
      } else {
        checkOption(option, this.call);
        this.lines.push({ place, option });
        // Options count for all files, also those in a file with constraints.
        this.requirements.push(formatOption(option));
      }
    }
    if (!line) return;
    checkPackage(line, file.isConstraint, this.call);
    this.lines.push({ place, package: line });
    (file.isConstraint ? this.constraints : this.requirements)?.push(line.text);
  }

  private include(target: string, isConstraint: boolean, from: OpenFile): void {
    if (isUrl(target) || hasVariable(target)) {
      throw new RequirementError('the file is read at synth, without the network; expected the path of a file, relative to this one');
    }
    const path = isAbsolute(target) ? target : join(dirname(from.path), target);
    const key = resolve(path);
    if (from.openFiles.includes(key)) throw new RequirementError('the file includes itself');
    if (isConstraint && !this.constraints) {
      this.constraints = [];
      this.requirements.push(formatOption({ name: '--constraint', value: CONSTRAINTS_FILE }));
    }
    const read = () => decodeText(readFileSync(path));
    this.readFile({ name: path.split(sep).join('/'), path, read, isConstraint, openFiles: [...from.openFiles, key] });
  }
}

/** A line of a file with variables may be there by mistake too. */
function withoutValue(text: string): string {
  return text.replace(/^((?:export\s+)?[A-Z][A-Z0-9_]*=)(?!=).*/s, '$1***');
}

function messageOf(error: unknown): string {
  if (error instanceof RequirementError) return error.message;
  throw error;
}

function textOf({ name, read }: OpenFile): string {
  try {
    return read();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new RequirementError(`${name}: ${missing ? 'no such file' : 'not a file with text in UTF-8'}`);
  }
}

function isUrl(text: string): boolean {
  return /^[a-z]+:\/\//i.test(text);
}

function checkOption({ name, value = '' }: PipOption, call: string): void {
  const isIndex = name === '--index-url' || name === '--extra-index-url';
  if (!isIndex && name !== '--find-links' && name !== '--constraint') return;
  if (hasSecret(value)) throw secretError(value, call, isIndex ? name.slice(2) : undefined);
  checkUrl(value);
}

function checkPackage(line: PackageLine, isConstraint: boolean, call: string): void {
  if (line.url !== undefined && hasSecret(line.url)) throw secretError(line.url, call);
  if (!isConstraint) return;
  if (line.url !== undefined && line.name === undefined) throw new RequirementError('a constraint has a name, as in "name @ https://…"');
  if (line.hasExtras) throw new RequirementError('a constraint has no extras; expected the name alone, as in "pandas<3"');
}

/** @param setting what pip calls the URL in its configuration, if it can stand there. */
function secretError(url: string, call: string, setting?: string): RequirementError {
  const bare = bareUrl(url);
  const host = URL.canParse(bare) ? new URL(bare).hostname : 'HOST';
  const login = bare.replace('://', '://USER:TOKEN@');
  const remedy = setting
    ? `leave this line out, put "[global]" and "${setting} = ${login}" under the key pip.conf into a Secret, ` +
      `and write ${call}, { pipConfig: { secretName: 'pip-conf' } })`
    : `write ${bare} here, put "machine ${host} login USER password TOKEN" under the key .netrc into a Secret, ` +
      `and write ${call}, { netrc: { secretName: 'netrc' } })`;
  return new RequirementError(`there is a user or a token in the URL, which would be readable in git and in the cluster; ${remedy}`);
}
