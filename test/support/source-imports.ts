import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createSourceFile,
  forEachChild,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isTypeAliasDeclaration,
  type Node,
  preProcessFile,
  ScriptTarget,
} from 'typescript';

/** A TypeScript file, and what it imports, for types alone or for more. */
export interface Source {
  /** Relative to the root that was given. */
  readonly path: string;
  readonly text: string;
  /** The files that it imports, as paths like its own. */
  readonly files: readonly string[];
  /** The modules that it imports from elsewhere. */
  readonly modules: readonly string[];
}

/** TypeScript files, and those in folders, in the order of their paths. */
export function readSources(root: string, places: readonly string[] = ['.']): Source[] {
  const paths = places.flatMap((place) => (place.endsWith('.ts') ? [place] : filesIn(root, place)));
  return paths.sort().map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const names = preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    const files = names.filter(isRelative).map((name) => resolveImport(root, join(dirname(path), name)));
    return { path, text, files: [...new Set(files)], modules: names.filter((name) => !isRelative(name)) };
  });
}

function filesIn(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

function isRelative(name: string): boolean {
  return name.startsWith('.');
}

function resolveImport(root: string, path: string): string {
  return [`${path}.ts`, join(path, 'index.ts')].find((file) => existsSync(join(root, file))) ?? path;
}

/** Files that import one another in a circle: a path for each circle that is found. */
export function circles(sources: readonly Source[]): string[] {
  const importsOf = new Map(sources.map(({ path, files }) => [path, files]));
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    else if (!done.has(path)) for (const next of importsOf.get(path) ?? []) follow(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) follow(path, []);
  return found;
}

/** All names in a source that are no part of a comment or a string. */
export function namesIn({ path, text }: Source): Set<string> {
  const names = new Set<string>();
  const visit = (node: Node) => {
    if (isIdentifier(node)) names.add(node.text);
    forEachChild(node, visit);
  };
  visit(createSourceFile(path, text, ScriptTarget.Latest));
  return names;
}

/** Whether a source is more than types and what it passes on of other files. */
export function hasCode({ path, text }: Source): boolean {
  const isPlain = [isImportDeclaration, isExportDeclaration, isInterfaceDeclaration, isTypeAliasDeclaration];
  return createSourceFile(path, text, ScriptTarget.Latest).statements.some((statement) => !isPlain.some((is) => is(statement)));
}
