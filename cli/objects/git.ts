import { execFileSync } from 'node:child_process';
import type { Json } from '../../lib/kubernetes/json';
import { MANIFEST_FILE, objectsOfText } from './folder';

/** `HEAD:dist`, `v1.2:./dist/airflow.k8s.yaml`: as git itself names what is in a revision. */
export const GIT_REVISION = /^[^:]+:./;

const NO_GIT = 'there is no git on the PATH, which this reads revisions by: install it, or compare two folders';
const NO_REPOSITORY = /not a git repository|outside (a )?(working tree|work tree)/;

/** The objects in a folder, or a file, of a git revision. */
export function objectsOfGit(revision: string): Json[] {
  const isFolder = typeOf(revision).trim() === 'tree';
  const names = isFolder
    ? git('ls-tree', '--full-tree', '--name-only', '-z', revision)
        .split('\0')
        .filter((name) => MANIFEST_FILE.test(name))
    : [];
  const files = isFolder ? names.sort().map((name) => `${revision.replace(/\/$/, '')}/${name}`) : [revision];
  if (files.length === 0) throw new Error(`no manifest is in ${revision}: expected files that end in .yaml, .yml or .json`);
  return files.flatMap((file) => objectsOfText(git('cat-file', 'blob', file), file));
}

/** `blob` or `tree`. Where it is nothing, an error says what of it there is not. */
function typeOf(revision: string): string {
  try {
    return git('cat-file', '-t', revision);
  } catch (error) {
    const [commit] = revision.split(':');
    const other = 'or name a folder to compare with: `npx cdk8s-airflow diff OLD NEW`';
    if ((error as Error).message === NO_GIT) throw error;
    if (NO_REPOSITORY.test(`${error}`)) {
      throw new Error(`there is no git repository here that ${revision} could be read from: run it in one, ${other}`);
    }
    if (!isThere('HEAD^{tree}')) {
      throw new Error(`nothing is committed yet, so that there is no ${revision}: commit the manifests, ${other}`);
    }
    if (!isThere(`${commit}^{tree}`)) throw new Error(`git knows no revision ${commit}: name one as \`git log\` does, ${other}`);
    if (!isThere(revision)) throw new Error(`there is no ${revision}, as ${commit} has nothing of that name: commit it, ${other}`);
    throw error;
  }
}

function isThere(revision: string): boolean {
  try {
    git('rev-parse', '--verify', '--quiet', revision);
    return true;
  } catch {
    return false;
  }
}

function git(...args: string[]): string {
  try {
    // In English, as its errors are looked at.
    const env = { ...process.env, LC_ALL: 'C' };
    return execFileSync('git', args, { encoding: 'utf8', env, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, message, code } = error as Error & { stderr?: string; code?: string };
    if (code === 'ENOENT')
      throw new Error('there is no git on the PATH, which this reads revisions by: install it, or compare two folders');
    throw new Error(`git ${args.join(' ')}: ${(stderr || message).trim()}`);
  }
}
