import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { code, table } from './cases';

const LIB = resolve(__dirname, '../../../lib');

/** Every prop of every struct that lib/index.ts exports, out of the docstrings. */
export function propsPage(): string {
  const structs = exportedStructs();
  const names = structs.map(({ name }) => name.text);
  return `# Every prop

\`npm run docs:reference\` writes this page from the docstrings. [Props](props.md) has those of \`AirflowChart\` at a glance, and [API.md](../../API.md) also methods,
factories and sources.
${structs.map((struct) => section(struct, names)).join('')}`;
}

function exportedStructs(): ts.InterfaceDeclaration[] {
  return parse('index').statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
    const { exportClause, moduleSpecifier } = statement;
    const named = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : undefined;
    const structs = parse((moduleSpecifier as ts.StringLiteral).text)
      .statements.filter(ts.isInterfaceDeclaration)
      .filter(isExported);
    return structs.filter(({ name }) => named?.includes(name.text) ?? true);
  });
}

function parse(module: string): ts.SourceFile {
  const file = join(LIB, `${module}.ts`);
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

function isExported({ modifiers }: ts.InterfaceDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function section(struct: ts.InterfaceDeclaration, names: readonly string[]): string {
  const bases = (struct.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
  const props = struct.members.filter(ts.isPropertySignature);
  const rows = props.map((prop) => [code(prop.name.getText()), typeOf(prop, names), defaultOf(prop), descriptionOf(prop)]);
  const inherited = bases.map((base) => `It has the props of ${linkTo(base, base)} too.\n\n`).join('');
  return `\n## ${struct.name.text}\n\n${descriptionOf(struct)}\n\n${inherited}${table(['prop', 'type', 'default', 'what'], rows)}`;
}

function typeOf({ type }: ts.PropertySignature, names: readonly string[]): string {
  const text = oneLine(type?.getText() ?? '').replace(/\breadonly /g, '');
  const name = names.find((candidate) => text === candidate || text === `${candidate}[]`);
  return name ? linkTo(text, name) : code(text);
}

function linkTo(text: string, name: string): string {
  return `[${code(text)}](#${name.toLowerCase()})`;
}

function defaultOf(prop: ts.PropertySignature): string {
  const [tag] = ts.getJSDocTags(prop).filter(({ tagName }) => tagName.text === 'default');
  if (!prop.questionToken) return 'required';
  const text = oneLine(ts.getTextOfJSDocComment(tag?.comment) ?? '');
  // A default that is told, and not a value, begins with a hyphen.
  return text.startsWith('- ') ? text.slice(2) : code(text);
}

function descriptionOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
