import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { applyObjects, getObjects, kubectl, requireKubeconfig } from '../../support/kubectl';
import { type Manifest, readManifests } from '../../support/manifests';
import { ROOT } from '../../support/synth';

/**
 * The namespace in which Argo CD keeps its Applications, or undefined if the cluster has no Argo CD. It does not wait for a promise,
 * because what tests there are has to be known before the first one runs.
 */
export function argocdNamespace(): string | undefined {
  requireKubeconfig();
  const get = (...args: string[]) => `${spawnSync('kubectl', ['get', ...args, '--ignore-not-found']).stdout}`;
  if (!get('customresourcedefinition', 'applications.argoproj.io')) return undefined;
  const output = 'jsonpath={.items[*].metadata.namespace}';
  const namespaces = get('configmaps', '--all-namespaces', '--field-selector', 'metadata.name=argocd-cm', '--output', output);
  return namespaces.split(' ')[0] || undefined;
}

/** The Application of examples/argocd, on a folder of another git repository. */
export class Application {
  constructor(
    private readonly namespace: string,
    private readonly name: string,
  ) {}

  async create(repository: string, branch: string, folder: string): Promise<void> {
    const example = readManifests(join(ROOT, 'examples/argocd/dist')).find(({ kind }) => kind === 'Application');
    const source = { ...example.spec.source, repoURL: repository, targetRevision: branch, path: folder };
    const metadata = { name: this.name, namespace: this.namespace };
    await applyObjects({ ...example, metadata, spec: { ...example.spec, source } });
  }

  /** Delete the Application alone: what it has deployed stays. */
  async remove(): Promise<void> {
    await kubectl(['delete', 'application', this.name, '--namespace', this.namespace, '--ignore-not-found', '--timeout', '60s']);
  }

  async get(): Promise<Manifest> {
    const [application] = await getObjects('application', this.name, '--namespace', this.namespace);
    return application;
  }

  /** Let Argo CD look at the repository and the cluster now, as a webhook would, and wait until it has. */
  async refresh(kind: 'normal' | 'hard' = 'normal'): Promise<void> {
    const annotation = `argocd.argoproj.io/refresh=${kind}`;
    await kubectl(['annotate', 'application', this.name, '--namespace', this.namespace, annotation, '--overwrite']);
    await eventually({ what: 'Argo CD to compare', minutes: 3, everySeconds: 1 }, async () => {
      if ((await this.get()).metadata.annotations?.['argocd.argoproj.io/refresh']) throw new Error('it has not yet');
    });
  }

  /** Wait until what a commit holds is in the cluster, and well. */
  async settled(commit: string, minutes = 12): Promise<void> {
    await this.refresh();
    await eventually({ what: `the Application to be Synced and Healthy at ${commit}`, minutes }, async () => {
      const { operation, status = {} } = await this.get();
      const busy = operation || ['Running', 'Terminating'].includes(status.operationState?.phase);
      const well = status.sync?.status === 'Synced' && status.health?.status === 'Healthy';
      if (busy || !well || status.sync.revision !== commit) throw new Error(report(status));
    });
  }
}

/** When and how often Argo CD synced: the same as long as it saw nothing to do. */
export function syncsOf({ status }: Manifest): unknown {
  const { startedAt, finishedAt, phase } = status.operationState;
  return { history: status.history.length, startedAt, finishedAt, phase };
}

function report(status: Manifest): string {
  const unwell = (status.resources ?? []).filter(
    (resource: Manifest) => resource.status !== 'Synced' || (resource.health && resource.health.status !== 'Healthy'),
  );
  const lines = unwell.map(
    ({ kind, name, status, health }: Manifest) => `${kind}/${name}: ${status}, ${health?.status ?? 'no health'} ${health?.message ?? ''}`,
  );
  const conditions = (status.conditions ?? []).map(({ type, message }: Manifest) => `${type}: ${message}`);
  const { phase = 'none', message = '' } = status.operationState ?? {};
  const summary = `${status.sync?.status}, ${status.health?.status} at ${status.sync?.revision}; last sync ${phase}: ${message}`;
  return [summary, ...conditions, ...lines].join('\n').slice(0, 3000);
}
