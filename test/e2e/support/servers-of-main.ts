import { readManifests } from '../../support/manifests';
import { dagSource } from './dags';
import { startGitServer, stopGitServer } from './git-server';
import { startPackageIndex, stopPackageIndex } from './package-index';

/** The DAG in the private repository that main.ts names. */
export const DAG = 'from_private_git';
export const DAG_PATH = 'dags/from_private_git.py';

/** Start what main.ts expects beside the cluster: the private git server and a package index. */
export async function startServersOfMain(dist: string): Promise<void> {
  await startGitServer({ files: { [DAG_PATH]: dagSource({ dagId: DAG, description: 'first commit' }) } });
  await startPackageIndex(airflowImage(dist));
}

export async function stopServersOfMain(): Promise<void> {
  await stopGitServer();
  await stopPackageIndex();
}

/** The image in which Airflow runs: the cluster has it, and it has Python. */
export function airflowImage(dist: string): string {
  const scheduler = readManifests(dist).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'airflow-scheduler');
  return scheduler.spec.template.spec.containers[0].image;
}
