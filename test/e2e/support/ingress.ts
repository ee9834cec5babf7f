import { eventually } from '../../support/eventually';
import { getObjects } from '../../support/kubectl';
import { NAMESPACE } from './deployment';
import { type Site, siteOfIngress } from './site';

/** The web interface by the Ingress, or the reason why there is no such way on this cluster. */
export async function siteOfAirflowIngress(): Promise<Site | string> {
  const [ingress] = await getObjects('ingress', '--namespace', NAMESPACE);
  if (!ingress) throw new Error(`there is no Ingress in ${NAMESPACE}`);
  const classes = await getObjects('ingressclasses');
  const wanted = ingress.spec.ingressClassName;
  if (!classes.some(({ metadata }) => metadata.name === wanted)) return `the cluster has no IngressClass ${wanted ?? 'as default'}`;
  try {
    const address = await eventually({ what: 'the Ingress to get an address', minutes: 2 }, addressOfIngress);
    return siteOfIngress(address, ingress.spec.rules[0].host);
  } catch (error) {
    return `${(error as Error).message}: it seems that no controller runs for the IngressClass ${wanted}`;
  }
}

async function addressOfIngress(): Promise<string> {
  const [{ status }] = await getObjects('ingress', '--namespace', NAMESPACE);
  const [{ ip = undefined, hostname = undefined } = {}] = status.loadBalancer?.ingress ?? [];
  if (!ip && !hostname) throw new Error('no address in its status');
  return ip ?? hostname;
}
