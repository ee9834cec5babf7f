import { existsSync } from 'node:fs';
import type { Json } from '../lib/kubernetes/json';
import { compare } from './diff/compare';
import { lossesOf } from './diff/losses';
import { refusedOf } from './diff/refused';
import { type Report, reportJson, reportText } from './diff/report';
import { rollsOf } from './diff/rolls';
import { objectsOfCluster } from './objects/cluster';
import { objectsOfFolder } from './objects/folder';
import { GIT_REVISION, objectsOfGit } from './objects/git';

export interface DiffOptions {
  readonly json?: boolean;
}

/** What is to be written, and with which exit status the command ends. */
export interface Outcome {
  readonly text: string;
  /** 0: nothing changes. 1: something does. 2: something needs a hand, as it is refused or data is at stake. */
  readonly exitStatus: number;
}

/** What an apply of new manifests over old ones will do. Both are a folder, a file, or what is in a git revision (`HEAD:./dist`). */
export function diff(before: string, after: string, options: DiffOptions): Outcome {
  return outcome(read(before), read(after), options);
}

/** What an apply of manifests will do to the cluster that kubectl is set to. */
export function diffToCluster(after: string, options: DiffOptions): Outcome {
  const objects = read(after);
  return outcome(objectsOfCluster(objects), objects, options);
}

function read(place: string): Json[] {
  return !existsSync(place) && GIT_REVISION.test(place) ? objectsOfGit(place) : objectsOfFolder(place);
}

function outcome(before: readonly Json[], after: readonly Json[], { json }: DiffOptions): Outcome {
  const comparison = compare(before, after);
  const report: Report = {
    ...comparison,
    refused: refusedOf(comparison.changed),
    losses: lossesOf(comparison),
    rolls: rollsOf(comparison),
  };
  return { text: json ? reportJson(report) : reportText(report), exitStatus: statusOf(report) };
}

function statusOf({ made, changed, gone, refused, losses }: Report): number {
  if (refused.length + losses.length > 0) return 2;
  return made.length + changed.length + gone.length > 0 ? 1 : 0;
}
