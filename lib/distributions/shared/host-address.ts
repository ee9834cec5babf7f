import type { PodPart } from '../../kubernetes/pod-part';
import { IpFamily } from '../../props/ip-family';
import type { DistributionInput } from '../contract';
import { HOST_ADDRESS } from './scripts';

const MODULE = 'cdk8s_airflow_host';
const FILE = `${MODULE}.py`;
const FOLDER = '/etc/airflow-host';

type Network = Pick<DistributionInput, 'ipFamily'>;

export function isIpv6({ ipFamily }: Network): boolean {
  return ipFamily === IpFamily.IPV6;
}

/** By what Airflow knows a pod: not all have names that others can look up. Its own function for it knows IPv4 alone. */
export function hostnameCallable(network: Network): string {
  return isIpv6(network) ? `${MODULE}.address` : 'airflow.utils.net.get_host_ip_address';
}

/** The module of that function, for a ConfigMap. */
export function hostAddressFiles(network: Network): { [file: string]: string } {
  return isIpv6(network) ? { [FILE]: HOST_ADDRESS } : {};
}

/** The module in pods, where Python looks for it. */
export function hostAddressPart(network: Network, configMapName: string): PodPart {
  if (!isIpv6(network)) return {};
  return {
    volumes: [{ name: 'host-address', configMap: { name: configMapName, items: [{ key: FILE, path: FILE }] } }],
    volumeMounts: [{ name: 'host-address', mountPath: FOLDER, readOnly: true }],
    env: [{ name: 'PYTHONPATH', value: FOLDER }],
  };
}
