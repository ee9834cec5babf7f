import { elementType, type Field, parametersOf, propsOf } from '../../lib/validation/prop-types';
import { Call, type Expression, isFields, Name } from './expression';
import { behind, group, type Layout, render } from './layout';
import { commentLine, type Program, packagesOf } from './program';

/** The types of Kubernetes that props have; those within them are Kubernetes' too. */
const KUBERNETES = ['Affinity', 'HostAlias', 'PodDnsConfig', 'Toleration', 'TopologySpreadConstraint'];

/** Of other packages, what parameters and props are structs. */
const PARAMETERS: { readonly [callee: string]: readonly string[] } = {
  'EnvValue.fromSecretValue': ['SecretValue', 'EnvValueFromSecretOptions'],
  'EnvValue.fromConfigMap': ['any', 'any', 'EnvValueFromConfigMapOptions'],
  'Cron.schedule': ['CronOptions'],
};
const STRUCTS = [...new Set(Object.values(PARAMETERS).flat())].filter((type) => type !== 'any');

/** The program in Python. */
export function python(program: Program): string {
  return new PythonProgram().write(program);
}

class PythonProgram {
  private readonly used = new Set(['App', 'AirflowChart']);

  write({ comments, variables, props, existing }: Program): string {
    const declared = Object.entries(variables).map(([name, value]) => line(behind(`${snakeCase(name)} = `, this.layoutOf(value, 'any'))));
    const args = ['app', '"airflow"', ...this.keywords(props, 'AirflowChartProps')];
    const chart = group('AirflowChart(', args, ')', { isTall: true });
    const blocks = [
      comments.map((text) => `#${text && ' '}${commentLine(text)}\n`).join(''),
      ['app = App()\n', ...declared].join(''),
      line(existing.length > 0 ? behind('chart = ', chart) : chart),
      existing.map(([kind, name]) => `chart.airflow.declare_existing(${text(kind)}, ${text(name)})\n`).join(''),
      'app.synth()\n',
    ];
    const imports = packagesOf([...this.used]).map(([name, names]) => importLine(name.replaceAll('-', '_'), names));
    return [imports.join(''), ...blocks.filter((block) => block !== '')].join('\n');
  }

  private layoutOf(value: Expression, type: string): Layout {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (value === null) return 'None';
    if (value instanceof Name) return this.name(value.text);
    if (value instanceof Call) return this.call(value);
    if (Array.isArray(value)) {
      const items = value.map((each) => this.layoutOf(each, type.endsWith('[]') ? elementType(type) : 'any'));
      return group('[', items, ']');
    }
    if (!isFields(value)) return `${value}`;
    if (propsOf(type) || STRUCTS.includes(type) || type.startsWith('k8s.'))
      return group(`${this.struct(type)}(`, this.keywords(value, type), ')');
    const inside = type.endsWith('{}') ? elementType(type) : 'any';
    return group(
      '{',
      Object.entries(value).map(([name, each]) => behind(`${text(name)}: `, this.layoutOf(each, inside))),
      '}',
    );
  }

  /** A variable, or the member of an enum. */
  private name(name: string): string {
    if (!name.includes('.')) return snakeCase(name);
    this.used.add(name);
    return name;
  }

  private struct(type: string): string {
    const name = KUBERNETES.includes(type) ? `k8s.${type}` : type;
    this.used.add(name);
    return name;
  }

  /** What is a struct at the end is given by keywords, as jsii has it. */
  private call({ callee, args }: Call): Layout {
    this.used.add(callee);
    const [type, factory] = callee.split('.');
    const parameters = parametersOf(type, factory)?.map(typeOf) ?? PARAMETERS[callee] ?? [];
    const last = parameters.length - 1;
    const isLifted = (index: number) =>
      index === last && isFields(args[index]) && (propsOf(parameters[last]) || STRUCTS.includes(parameters[last]));
    const given = args.flatMap((arg, index) => {
      const parameter = parameters[Math.min(index, last)] ?? 'any';
      return isLifted(index) ? this.keywords(arg as { [name: string]: Expression }, parameter) : [this.layoutOf(arg, parameter)];
    });
    return group(`${type}.${snakeCase(factory)}(`, given, ')');
  }

  private keywords(value: { readonly [name: string]: Expression }, struct: string): Layout[] {
    const isKubernetes = KUBERNETES.includes(struct) || struct.startsWith('k8s.');
    const known = propsOf(struct.replace('k8s.', '')) ?? [];
    return Object.entries(value).map(([name, each]) => {
      const type = known.find((field) => field.name === name)?.type ?? 'any';
      return behind(`${snakeCase(name)}=`, this.layoutOf(each, isKubernetes ? withinKubernetes(type) : type));
    });
  }
}

function typeOf({ type }: Field): string {
  return type;
}

function withinKubernetes(type: string): string {
  return propsOf(type.replace(/(\[\]|\{\})+$/, '')) ? `k8s.${type}` : type;
}

function line(layout: Layout): string {
  return `${render(layout, '    ')}\n`;
}

function importLine(module: string, names: readonly string[]): string {
  const short = `from ${module} import ${names.join(', ')}`;
  return short.length <= 88 ? `${short}\n` : line(group(`from ${module} import (`, names, ')'));
}

/** As jsii has it. */
function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** A literal; one of several lines is written as such. */
function text(value: string): string {
  const escaped = JSON.stringify(value);
  if (!value.includes('\n')) return escaped;
  const lines = value.split('\n').map((each) => JSON.stringify(each).slice(1, -1));
  return `"""${lines.join('\n')}"""`;
}
