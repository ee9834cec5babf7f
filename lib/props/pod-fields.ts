import { isIP } from 'node:net';
import { defined } from '../kubernetes/defined';
import type { PropValidator } from '../validation/prop-validator';
import type { ComponentProps } from './component-props';
import type { NetworkPoliciesProps } from './network-policies-props';
import { podPlacement } from './placement';
import { AIRFLOW_IDS, type ImageIds, podSecurity } from './security-context';

const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

/** The fields of the spec of a pod with Airflow's image that are set by props of the same name, those of its placement included. */
export function podFields(
  props: ComponentProps,
  podLabels: { readonly [name: string]: string },
  ids: ImageIds = AIRFLOW_IDS,
): { [field: string]: unknown } {
  const { placement, runtimeClassName, hostAliases, dnsPolicy, dnsConfig } = props;
  const securityContext = podSecurity(props.securityContext, ids);
  return { ...podPlacement(placement, podLabels), ...defined({ securityContext, runtimeClassName, hostAliases, dnsPolicy, dnsConfig }) };
}

export function validatePodFields(validator: PropValidator, prop: string, props: ComponentProps): void {
  const { runtimeClassName, hostAliases = [], dnsPolicy, dnsConfig } = props;
  validator.dnsSubdomain(`${prop}.runtimeClassName`, runtimeClassName);
  for (const [index, { ip, hostnames = [] }] of hostAliases.entries()) {
    const place = `${prop}.hostAliases[${index}]`;
    validateAddress(validator, `${place}.ip`, ip);
    for (const [number, name] of hostnames.entries()) validator.dnsSubdomain(`${place}.hostnames[${number}]`, name);
  }
  validator.oneOf(`${prop}.dnsPolicy`, dnsPolicy, DNS_POLICIES);
  for (const [index, server] of (dnsConfig?.nameservers ?? []).entries()) {
    validateAddress(validator, `${prop}.dnsConfig.nameservers[${index}]`, server);
  }
}

/** What is wrong with what all components and one say together. */
export function dnsProblem(
  { dnsPolicy, dnsConfig }: ComponentProps,
  { enabled = true, dns }: NetworkPoliciesProps = {},
): string | undefined {
  if (dnsPolicy === 'None' && !dnsConfig?.nameservers?.length) {
    return "no name could be looked up; expected dnsConfig: { nameservers: ['…'] } with it";
  }
  if (dnsPolicy === 'Default' && enabled && !dns) {
    return "no NetworkPolicy lets pods through to the name servers of their node; expected networkPolicies: { dns: [NetworkDestination.cidr('…', [53], [53])] } with it";
  }
  return undefined;
}

function validateAddress(validator: PropValidator, prop: string, address: string | undefined): void {
  if (!isIP(address ?? '')) validator.report(prop, address ?? '', 'expected an IP address, as in "10.0.0.10"');
}
