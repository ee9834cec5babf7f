import { dirname } from 'node:path/posix';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels } from '../../components/names';
import type { DagGitSync } from '../../dags/dag-git-sync';
import type { DagSources } from '../../dags/dag-sources';
import type { PodPart } from '../../kubernetes/pod-part';
import type { PropValidator } from '../../validation/prop-validator';
import type { DistributionInput } from '../contract';

const IGNORE_FILE = '.airflowignore';

/** The folder in which Airflow 2 looks for DAGs: that of the one repository, or the one above all. Airflow 2 knows no DAG bundles. */
export function dagsFolder(dags: DagGitSync): string {
  return dags.dagBundles.length === 1 ? dags.dagBundles[0].kwargs.path : folderAbove(dags);
}

export function validateDagsFolder(validator: PropValidator, { bundles, gitSync }: DagSources): void {
  const synced = gitSync?.dagBundles ?? [];
  if (bundles.length > synced.length) {
    validator.reportHidden('dagBundles', 'Airflow 2 knows no DAG bundles; use dags, or deploy Airflow 3');
  }
  if (!gitSync || synced.length === 1) return;
  for (const [index, { name, kwargs }] of synced.entries()) {
    if (kwargs.path === `${folderAbove(gitSync)}/${name}/current`) continue;
    validator.reportHidden(`dags[${index}].path`, 'Airflow 2 reads all of several repositories; leave it out, or deploy Airflow 3');
  }
}

/** What the pods that read DAGs need besides the repositories themselves. */
export function addDagsFolder(scope: Construct, input: DistributionInput): PodPart {
  const { gitSync } = input.dags ?? {};
  if (!gitSync || gitSync.dagBundles.length === 1) return {};
  const name = `${input.name}-dags-folder`;
  new ApiObject(scope, 'dags-folder', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: objectLabels(input) },
    // git-sync's link leads there: Airflow would find each file twice, and stop. The pattern is right in both syntaxes of the file.
    data: { [IGNORE_FILE]: '\\.worktrees\n' },
  });
  return {
    volumes: [{ name: 'dags-folder', configMap: { name } }],
    volumeMounts: [{ name: 'dags-folder', mountPath: `${folderAbove(gitSync)}/${IGNORE_FILE}`, subPath: IGNORE_FILE, readOnly: true }],
  };
}

function folderAbove({ podPart }: DagGitSync): string {
  return dirname(podPart.volumeMounts?.[0].mountPath);
}
