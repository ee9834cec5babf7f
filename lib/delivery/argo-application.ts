import { ApiObject } from 'cdk8s';
import { Application } from '../imports/argoproj.io';
import { type CustomResource, type PublishedChart, validateNoNull } from './release';

/** How Argo CD releases the chart. */
export interface ArgoApplicationOptions {
  /**
   * The name of the Application. Of two in one namespace, each needs a name of its own.
   * @default - the name of Airflow
   */
  readonly name?: string;
  /**
   * The namespace in which Argo CD looks for Applications.
   * @default "argocd"
   */
  readonly namespace?: string;
  /**
   * The project of Argo CD. It must allow the repository of the chart and the namespace of Airflow.
   * @default "default"
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
   */
  readonly project?: string;
}

/** The cluster that Argo CD is in. */
const THIS_CLUSTER = 'https://kubernetes.default.svc';
/** With the Application, what it has made is deleted, as it is with the other custom resources. */
const FINALIZER = 'resources-finalizer.argocd.argoproj.io/foreground';

/** An Application of Argo CD. */
export function argoApplication(options: ArgoApplicationOptions): CustomResource {
  const { namespace = 'argocd', project = 'default' } = options;
  return {
    // Helm's own hooks would run when all pods are ready, for which those wait.
    holdsNull: false,
    jobs: {
      areHooks: false,
      annotations: { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
    },
    validate(validator, { values }) {
      validator.dnsSubdomain('delivery.name', options.name);
      validator.dnsLabel('delivery.namespace', namespace);
      validator.dnsSubdomain('delivery.project', project);
      validateNoNull(validator, values);
    },
    add(scope, { chart, releaseName, namespace: target, values }) {
      const manifest = Application.manifest({
        metadata: { name: options.name ?? releaseName, namespace, finalizers: [FINALIZER] },
        spec: {
          project,
          source: { ...sourceOf(chart), targetRevision: chart.version, helm: { releaseName, valuesObject: values } },
          destination: { server: THIS_CLUSTER, namespace: target },
          syncPolicy: { automated: { prune: true, selfHeal: true } },
        },
      });
      new ApiObject(scope, 'release', manifest);
    },
  };
}

/** Argo CD writes a registry without the scheme, and apart from the name of the chart. */
function sourceOf(chart: PublishedChart): { readonly repoUrl: string; readonly chart: string } {
  if (chart.kind === 'repository') return { repoUrl: chart.url, chart: chart.name };
  const [, repoUrl, name] = /^oci:\/\/(.*)\/(.*)$/.exec(chart.reference) ?? ['', chart.reference, ''];
  return { repoUrl, chart: name };
}
