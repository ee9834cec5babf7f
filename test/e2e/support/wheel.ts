import { createHash } from 'node:crypto';
import { zip } from './zip';

/** A Python package as pip installs it. */
export interface Wheel {
  readonly fileName: string;
  readonly content: Buffer;
}

/**
 * A wheel with one module that tells its version, `module.__version__`, and with a command that prints it.
 * @param modules further ones: their source by their names.
 */
export function makeWheel(distribution: string, version: string, modules: { readonly [name: string]: string } = {}): Wheel {
  const name = distribution.replaceAll('-', '_');
  const info = `${name}-${version}.dist-info`;
  const files: { [path: string]: string } = {
    [`${name}.py`]: `__version__ = ${JSON.stringify(version)}\n\n\ndef main():\n    print(__version__)\n`,
    ...Object.fromEntries(Object.entries(modules).map(([module, source]) => [`${module}.py`, source])),
    [`${info}/entry_points.txt`]: `[console_scripts]\n${distribution} = ${name}:main\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${distribution}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record = Object.entries(files).map(([path, text]) => `${path},${digest(text)},${Buffer.byteLength(text)}\n`);
  files[`${info}/RECORD`] = `${record.join('')}${info}/RECORD,,\n`;
  return { fileName: `${name}-${version}-py3-none-any.whl`, content: zip(files) };
}

function digest(text: string): string {
  return `sha256=${createHash('sha256').update(text).digest('base64url')}`;
}
