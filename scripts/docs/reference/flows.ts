import type { AirflowChartProps } from '../../../lib';
import { Executor } from '../../../lib';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../../../lib/network/network-flow';
import { CASES, CHARTS, code, FULL, objectsOf, outputOf, table } from './cases';

const HEAD = ['for', 'from', 'to', 'ports'];

export function flowsPage(): string {
  const celery = rowsOf(FULL);
  const differing = (props: AirflowChartProps) => {
    return table(
      HEAD,
      rowsOf({ ...FULL, ...props }).filter((row) => !celery.some((other) => other.join() === row.join())),
    );
  };
  return `# Network flows

\`npm run docs:reference\` writes this page from what synth makes. The NetworkPolicies are made from these flows, one for each component: it lets
through the flows that begin or end at the component's pods, and nothing else. Synth fails if a policy, also one of your own, keeps a flow from
getting through.

## With Celery

A deployment with ${Object.keys(CASES)
    .filter((prop) => prop in FULL)
    .map(code)
    .join(', ')} and \`networkPolicies.taskEgress\`.

${table(HEAD, celery)}
## With Executor.local()

Tasks run in the scheduler's pods; there is no broker. What differs:

${differing({ executor: Executor.local() })}
## With a Helm chart

The flows are the same, between the chart's pods. What differs with \`Distribution.officialChart\`, whose pods send metrics to StatsD:

${differing({ distribution: CHARTS.officialChart })}
And with \`Distribution.bitnamiChart\`, where one Job does the work of \`migrate\` and \`create-user\`:

${differing({ distribution: CHARTS.bitnamiChart })}
## How a flow follows from props

- **git repository**, **package index**: an address as \`name.namespace.svc\` is taken for a Service of the cluster, and its namespace is let through at
  all ports: a policy is judged by the port of the pod, which need not be that of the Service. Any other host is let through at the port of the
  URL, whatever its address: a NetworkPolicy knows no names. Where pip's configuration comes from a Secret, \`egress\` of the requirements says where the
  index is.
- **anywhere**: no link-local address, by which clouds tell a node who it is, and no address of \`networkPolicies.kubernetesApi\`.
- **names (DNS)**: where \`networkPolicies.dns\` says.
- **web interface**: \`ingress.controllerNamespace\` lets in that namespace alone, as does that of \`httpRoute\`. Without either of them and without
  \`externalService\` nobody is let in; \`kubectl port-forward\` works all
  the same.
- **code of DAGs**: where \`networkPolicies.taskEgress\` says.
- **the Kubernetes API**: only the Job that makes Secrets talks to it.
`;
}

/** Flows for the same, to the same and at the same ports in one row. */
function rowsOf(props: AirflowChartProps): string[][] {
  const components = componentsOf(props);
  const rows = new Map<string, { readonly flow: NetworkFlow; readonly from: string[] }>();
  for (const flow of outputOf(props).flows) {
    const key = JSON.stringify([flow.reason, flow.to, flow.ports]);
    const row = rows.get(key) ?? { flow, from: [] };
    row.from.push(peerName(flow.from, components));
    rows.set(key, row);
  }
  return [...rows.values()].map(({ flow, from }) => [
    flow.reason,
    from.sort().join(', '),
    peerName(flow.to, components),
    ports(flow.ports),
  ]);
}

/** The components, by the labels of their pods: each has a NetworkPolicy with its name. */
function componentsOf(props: AirflowChartProps): Map<string, string> {
  const policies = objectsOf(props).filter(({ kind }) => kind === 'NetworkPolicy');
  return new Map(policies.map(({ metadata, spec }) => [labelsKey(spec.podSelector.matchLabels), metadata.name.replace(/^airflow-/, '')]));
}

function peerName(peer: NetworkPeer, components: ReadonlyMap<string, string>): string {
  switch (peer.kind) {
    case 'pods':
      return components.get(labelsKey(peer.labels)) ?? 'all pods of the namespace';
    case 'namespace':
      return `${peer.labels ? `pods with ${Object.entries(peer.labels).map(([name, value]) => code(`${name}: ${value}`))} in ` : ''}the namespace ${peer.name}`;
    case 'cidr':
      return peer.cidr;
    case 'anywhere':
      return 'anywhere';
  }
}

/** The same for like labels, in whatever order. */
function labelsKey(labels: { readonly [name: string]: string }): string {
  return JSON.stringify(Object.entries(labels).sort());
}

function ports(list: readonly NetworkPort[] | undefined): string {
  return list ? list.map(({ port, protocol }) => `${protocol} ${port}`).join(', ') : 'all';
}
