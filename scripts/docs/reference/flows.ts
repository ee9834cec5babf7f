import type { AirflowChartProps } from '../../../lib';
import { Executor } from '../../../lib';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../../../lib/network/network-flow';
import { CASES, code, FULL, outputOf, table } from './cases';

export function flowsPage(): string {
  const celery = rowsOf(FULL);
  const local = rowsOf({ ...FULL, executor: Executor.LOCAL });
  const differs = (row: readonly string[]) => !celery.some((other) => other.join() === row.join());
  return `# Network flows

\`npm run docs:reference\` writes this page from what synth makes. The NetworkPolicies are made from these flows, one for each component: it lets
through the flows that begin or end at the component's pods, and nothing else. Synth fails if a policy, also one of your own, keeps a flow from
getting through.

## With Celery

A deployment with ${Object.keys(CASES)
    .filter((prop) => prop in FULL)
    .map(code)
    .join(', ')} and \`networkPolicies.taskEgress\`.

${table(['for', 'from', 'to', 'ports'], celery)}
## With Executor.LOCAL

Tasks run in the scheduler's pods; there is no broker. What differs:

${table(['for', 'from', 'to', 'ports'], local.filter(differs))}
## How a flow follows from props

- **git repository**, **package index**: an address as \`name.namespace.svc\` is taken for a Service of the cluster, and its namespace is let through at
  all ports: a policy is judged by the port of the pod, which need not be that of the Service. Any other host is let through at the port of the
  URL, whatever its address: a NetworkPolicy knows no names. Where pip's configuration comes from a Secret, the index is not known at synth, and
  Airflow's pods may connect anywhere.
- **web interface**: \`ingress.controllerNamespace\` lets in that namespace alone. Without \`ingress\` nobody is let in; \`kubectl port-forward\` works all
  the same.
- **code of DAGs**: where \`networkPolicies.taskEgress\` says.
- **the Kubernetes API**: only the Job that makes Secrets talks to it.
`;
}

/** Flows for the same, to the same and at the same ports in one row. */
function rowsOf(props: AirflowChartProps): string[][] {
  const rows = new Map<string, { readonly flow: NetworkFlow; readonly from: string[] }>();
  for (const flow of outputOf(props).flows) {
    const key = JSON.stringify([flow.reason, flow.to, flow.ports]);
    const row = rows.get(key) ?? { flow, from: [] };
    row.from.push(peer(flow.from));
    rows.set(key, row);
  }
  return [...rows.values()].map(({ flow, from }) => [flow.reason, from.join(', '), peer(flow.to), ports(flow.ports)]);
}

function peer(peer: NetworkPeer): string {
  switch (peer.kind) {
    case 'pods':
      return peer.labels['app.kubernetes.io/component'] ?? 'all pods of the namespace';
    case 'namespace':
      return `the namespace ${peer.name}`;
    case 'cidr':
      return peer.cidr;
    case 'anywhere':
      return 'anywhere';
  }
}

function ports(list: readonly NetworkPort[] | undefined): string {
  return list ? list.map(({ port, protocol }) => `${protocol} ${port}`).join(', ') : 'all';
}
