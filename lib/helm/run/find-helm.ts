import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ChartError } from '../chart-error';

const WAYS_OUT =
  'install helm 3.19 or newer (https://helm.sh/docs/intro/install/), name it by the prop `helm` or in HELM_BIN, ' +
  'or commit the render lock (helm.lock/) that synth writes on a machine with helm';

/**
 * The path of helm: the prop, else HELM_BIN, else PATH, else a development dependency of the user's project.
 * @param prop a path, or a name on PATH.
 */
export function findHelm(prop?: string): string {
  const { HELM_BIN } = process.env;
  if (prop !== undefined) return named(prop, 'the prop `helm`');
  if (HELM_BIN) return named(HELM_BIN, 'HELM_BIN');
  const found = onPath('helm') ?? ofProject();
  if (found) return found;
  throw new ChartError(
    `there is no helm: neither the prop \`helm\` nor HELM_BIN is set, none is on PATH, and none in node_modules/.bin of ` +
      `${process.cwd()} or a folder above; ${WAYS_OUT}`,
  );
}

function named(name: string, where: string): string {
  const found = /[\\/]/.test(name) ? executable(resolve(name)) : onPath(name);
  if (!found) throw new ChartError(`${where} is ${JSON.stringify(name)}, and there is no such program; ${WAYS_OUT}`);
  return found;
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return firstExecutable(folders.map((folder) => resolve(folder, name)));
}

function ofProject(): string | undefined {
  const folders = [process.cwd()];
  while (dirname(folders[0]) !== folders[0]) folders.unshift(dirname(folders[0]));
  return firstExecutable(folders.reverse().map((folder) => join(folder, 'node_modules', '.bin', 'helm')));
}

function firstExecutable(paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const found = executable(path);
    if (found) return found;
  }
  return undefined;
}

/** On Windows programs have an ending. The others in PATHEXT are of scripts, which can't be run without a shell. */
function executable(path: string): string | undefined {
  const candidates = process.platform === 'win32' ? [path, `${path}.exe`] : [path];
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return statSync(candidate).isFile();
    } catch {
      return false;
    }
  });
}
