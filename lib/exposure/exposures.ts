import type { Construct } from 'constructs';
import { PropValidator } from '../validation/prop-validator';
import type { Exposure } from './exposure';
import { HttpRouteExposure, type HttpRouteOptions, httpRouteExposure } from './http-route-exposure';
import { IngressExposure, type IngressOptions, ingressExposure } from './ingress-exposure';

/** The ways by which users may ask for an address. */
interface ExposedProps {
  readonly ingress?: IngressOptions;
  readonly httpRoute?: HttpRouteOptions;
}

/** Those that the user asks for. */
export function exposuresOf({ ingress, httpRoute }: ExposedProps = {}): Exposure[] {
  return [...(ingress ? [ingressExposure(ingress)] : []), ...(httpRoute ? [httpRouteExposure(httpRoute)] : [])];
}

/** What is behind them knows one address: with both, as while users move from one to the other, it has to be the same. */
export function validateExposures(validator: PropValidator, [first, second]: readonly Exposure[], outer = ''): void {
  if (!second || second.url === first.url) return;
  const expected = `expected the address of ${first.prop}, ${first.url}: there is one for both`;
  validator.report(`${outer}${second.prop}`, second.url, expected);
}

/** The Service that is led to. */
interface ExposedService {
  readonly serviceName: string;
  readonly servicePort: number;
  readonly labels: { readonly [name: string]: string };
}

const ADDRESS_PROPS = ['host', 'additionalHosts', 'address', 'path', 'tls', 'annotations', 'controllerNamespace'];

/** Adds what leads to a Service. `outer` is where the props are, for errors. */
export function addExposures(scope: Construct, { ingress, httpRoute }: ExposedProps, service: ExposedService, outer = ''): void {
  const namesIn = (prop: string, ...own: string[]) => {
    return Object.fromEntries([...ADDRESS_PROPS, ...own].map((name) => [name, `${outer}${prop}.${name}`]));
  };
  if (ingress) {
    const made = new IngressExposure(scope, 'ingress', { ...ingress, ...service });
    PropValidator.rename(made, namesIn('ingress', 'pathType', 'className'));
  }
  if (httpRoute) {
    const made = new HttpRouteExposure(scope, 'http-route', { ...httpRoute, ...service });
    PropValidator.rename(made, namesIn('httpRoute', 'gateway', 'requestTimeout', 'controllerLabels'));
  }
}
