import { Call, type Expression, isFields, Name, namesIn } from './expression';
import { before, behind, group, type Layout, render } from './layout';
import { commentLine, type Program, packagesOf } from './program';

/** The program in TypeScript. */
export function typeScript({ comments, variables, props, existing }: Program): string {
  const used = ['App', 'AirflowChart', ...namesIn(props), ...Object.values(variables).flatMap(namesIn)];
  const imports = packagesOf(used).map(([name, names]) => line(group('import {', names, `} from '${name}';`, { padding: ' ' })));
  const chart = group(`new AirflowChart(app, 'airflow', {`, entries(props), '});', { padding: ' ', isTall: true });
  const blocks = [
    imports.join(''),
    comments.map((text) => `//${text && ' '}${commentLine(text)}\n`).join(''),
    [
      'const app = new App();\n',
      ...Object.entries(variables).map(([name, value]) => line(behind(`const ${name} = `, before(layoutOf(value), ';')))),
    ].join(''),
    line(existing.length > 0 ? behind('const { airflow } = ', chart) : chart),
    existing.map(([kind, name]) => `airflow.declareExisting(${text(kind)}, ${text(name)});\n`).join(''),
    'app.synth();\n',
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

function line(layout: Layout): string {
  return `${render(layout, '  ')}\n`;
}

function layoutOf(value: Expression): Layout {
  if (typeof value === 'string') return text(value);
  if (value instanceof Name) return value.text;
  if (value instanceof Call) return ofCall(value);
  if (Array.isArray(value)) return group('[', value.map(layoutOf), ']');
  return isFields(value) ? group('{', entries(value), '}', { padding: ' ' }) : `${value}`;
}

/** An object that is the only argument is not parted from the brackets. */
function ofCall({ callee, args }: Call): Layout {
  const [first, ...others] = args;
  if (isFields(first) && others.length === 0) return group(`${callee}({`, entries(first), '})', { padding: ' ' });
  return group(`${callee}(`, args.map(layoutOf), ')');
}

function entries(value: { readonly [name: string]: Expression }): Layout[] {
  return Object.entries(value).map(([name, each]) => behind(`${/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)}: `, layoutOf(each)));
}

/** A literal; one of several lines is written as such. */
function text(value: string): string {
  if (value.includes('\n')) {
    const lines = value.split('\n').map((each) => escaped(each).replace(/`|\$\{/g, '\\$&'));
    return `\`${lines.join('\n')}\``;
  }
  return quoted(value);
}

function quoted(value: string): string {
  return value.includes("'") && !value.includes('"') ? `"${escaped(value)}"` : `'${escaped(value).replaceAll("'", "\\'")}'`;
}

/** As in a literal, but for its quotes. */
function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
}
