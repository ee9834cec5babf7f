import type { NetworkDestination } from '../network/network-destination';

/** What pods may talk to. */
export interface NetworkPoliciesProps {
  /**
   * Whether there are NetworkPolicies, one for each component. Without them all is let through.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Where the code of DAGs may connect to, from where tasks run (workers, pods of tasks, under LocalExecutor the scheduler), triggerer and DAG
   * processor. The API server may
   * too: it reads remote logs from where tasks have put them.
   * What Airflow itself needs is let through anyway: database, broker, API server, DNS, git, the package index.
   * @default - nowhere else
   */
  readonly taskEgress?: NetworkDestination[];
  /**
   * Where names are looked up: another name server than the default, and a cache on the nodes, which has an address of its own, as in
   * `[NetworkDestination.cidr('169.254.20.10/32', [53], [53])]`.
   * @default - at port 53 the pods in the namespace `kube-system` with the label `k8s-app: kube-dns`; where the platform assigns ids, which is
   * OpenShift, at port 5353 those of the namespace `openshift-dns`
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  readonly dns?: NetworkDestination[];
  /**
   * The addresses of the API of Kubernetes, in CIDR notation, as in `["192.0.2.10/32"]`: those that `kubectl get endpointslices kubernetes` shows in the
   * namespace `default`. With them what needs the API reaches it there alone, and what may connect anywhere does not reach it.
   * @default - not known: what needs the API reaches the ports that clusters have it at, 443, 6443, 8443 and 16443, of any address
   */
  readonly kubernetesApi?: string[];
}
