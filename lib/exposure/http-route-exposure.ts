import { ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AppSynth } from '../cdk8s/app-synth';
import { defined } from '../kubernetes/defined';
import { declareExisting } from '../kubernetes/existing-objects';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { ANYWHERE } from '../network/network-flow';
import { checkedProps } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import type { Exposure } from './exposure';
import { ANY_HOST, hostsOf, pathOf, prefixOf, urlOf, validateAnnotations, validateHosts, validatePath } from './web-address';

/** A Gateway, or one of its listeners. */
export interface GatewayProps {
  /** The name of the Gateway. */
  readonly name: string;
  /**
   * Its namespace. One in another namespace has to allow routes of this one.
   * @default - that of the HTTPRoute
   * @see Gateway API field allowedRoutes
   */
  readonly namespace?: string;
  /**
   * The name of the listener, where it is not for all of them.
   * @default - all listeners that take the hosts
   */
  readonly sectionName?: string;
}

/** Under which address something is reached through a Gateway. */
export interface HttpRouteOptions {
  /** The Gateway, which is in the cluster already or elsewhere in the chart. The certificate is a matter of its listener. */
  readonly gateway: GatewayProps;
  /**
   * The host name, as in `airflow.example.com`. `*.example.com` is all names of a domain, and `*` all that the listener takes: then `address` says by
   * which users come.
   */
  readonly host: string;
  /**
   * Further host names for the same, 15 at most. Links lead to the first, `host`.
   * @default - none
   */
  readonly additionalHosts?: string[];
  /**
   * Whether users come by https: the listener of the Gateway, or something before it, ends TLS. Links follow it.
   * @default false
   */
  readonly tls?: boolean;
  /**
   * The address by which users come, if it is another than that of `host`: with another port, or one of many. It has no path, as in
   * `https://airflow.example.com:8443`.
   * @default - that of `host`: https if `tls` is set, else http
   */
  readonly address?: string;
  /**
   * The path below which it is reached, as in `/airflow`. It reaches the Service unchanged.
   * @default "/"
   */
  readonly path?: string;
  /**
   * How long a request may take, in whole seconds. Logs of tasks that run are one request for a long time.
   * @default - the Gateway's own
   * @see Gateway API field timeouts.request
   */
  readonly requestTimeout?: Duration;
  /**
   * Annotations, by which controllers are told more.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * The namespace of the pods that serve the Gateway, which need not be that of the Gateway. A NetworkPolicy of AirflowChart then lets in that namespace alone.
   * @default - the web interface can be reached from anywhere
   */
  readonly controllerNamespace?: string;
  /**
   * Labels of those pods, to let in them alone of their namespace.
   * @default - all pods of `controllerNamespace`
   */
  readonly controllerLabels?: { readonly [name: string]: string };
}

/** What HttpRouteExposure needs to know. */
export interface HttpRouteExposureProps extends HttpRouteOptions {
  /** The Service that requests go to, in the same namespace. */
  readonly serviceName: string;
  /** The port of the Service. */
  readonly servicePort: number;
  /**
   * The name of the HTTPRoute.
   * @default - the name of the Service
   */
  readonly name?: string;
  /**
   * Labels of the HTTPRoute.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/** The defaults of references in lists are written too, as kubectl else would see a change at each apply. */
const GATEWAY = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
const SERVICE = { group: '', kind: 'Service', weight: 1 };
/** How many hosts a route has at most. */
const MAX_HOSTS = 16;

/** What others ask of a route for the web interface. */
export function httpRouteExposure(options: HttpRouteOptions): Exposure {
  const { controllerNamespace: name, controllerLabels: labels, tls = false } = options;
  return {
    prop: 'httpRoute',
    what: 'the Gateway',
    url: urlOf(options, tls),
    prefix: prefixOf(options),
    client: name === undefined ? ANYWHERE : { kind: 'namespace', name, ...(labels && { labels }) },
  };
}

/**
 * An HTTPRoute of the Gateway API for a Service. The cluster has to have the API, and a Gateway.
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { HttpRouteExposure } from 'cdk8s-airflow';
 * import { Service } from 'cdk8s-plus-27';
 *
 * const chart = new Chart(new App(), 'grafana');
 * const service = new Service(chart, 'service', { metadata: { name: 'grafana' }, ports: [{ port: 3000 }] });
 * new HttpRouteExposure(chart, 'route', {
 *   gateway: { name: 'public', namespace: 'gateways' },
 *   host: 'grafana.example.com',
 *   tls: true,
 *   serviceName: service.name,
 *   servicePort: service.port,
 * });
 */
export class HttpRouteExposure extends Construct {
  /** The address, without a slash at the end. */
  readonly url: string;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: HttpRouteExposureProps) {
    super(scope, id);
    AppSynth.of(this);
    const validator = new PropValidator(this);
    const least = { gateway: { name: '' }, host: '', serviceName: '', servicePort: 0 };
    props = checkedProps(validator, 'HttpRouteExposureProps', props, least);
    this.url = urlOf(props, props.tls ?? false);
    this.validateProps(validator, props);

    const { gateway, requestTimeout } = props;
    const hosts = hostsOf(props);
    declareExisting(this, 'Gateway', gateway.name);
    new ApiObject(this, 'http-route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: props.name ?? props.serviceName, labels: props.labels, annotations: props.annotations },
      spec: {
        parentRefs: [{ ...GATEWAY, ...defined({ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.sectionName }) }],
        ...(!hosts.includes(ANY_HOST) && { hostnames: hosts }),
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: pathOf(props) } }],
            backendRefs: [{ ...SERVICE, name: props.serviceName, port: props.servicePort }],
            ...(requestTimeout && { timeouts: { request: `${wholeSeconds(requestTimeout)}s` } }),
          },
        ],
      },
    });
  }

  private validateProps(validator: PropValidator, props: HttpRouteExposureProps): void {
    const { gateway, additionalHosts = [], requestTimeout } = props;
    validator.dnsSubdomain('gateway.name', gateway.name);
    validator.dnsLabel('gateway.namespace', gateway.namespace);
    validator.dnsSubdomain('gateway.sectionName', gateway.sectionName);
    validateHosts(validator, props, 'an HTTPRoute');
    if (additionalHosts.length >= MAX_HOSTS) {
      validator.report('additionalHosts', additionalHosts.length, `expected at most ${MAX_HOSTS - 1}`);
    }
    validatePath(validator, props.path);
    validateAnnotations(validator, props.annotations);
    validator.wholeSeconds('requestTimeout', requestTimeout);
    if (requestTimeout && wholeSeconds(requestTimeout) > 99_999) {
      validator.report('requestTimeout', `${wholeSeconds(requestTimeout)} s`, 'expected at most 99999 s');
    }
    validator.dnsLabel('serviceName', props.serviceName);
    validator.wholeNumber('servicePort', props.servicePort, 1, 65535);
    validator.dnsSubdomain('name', props.name);
    validator.labels('labels', props.labels);
    validator.dnsLabel('controllerNamespace', props.controllerNamespace);
    validator.labels('controllerLabels', props.controllerLabels);
    if (props.controllerLabels && props.controllerNamespace === undefined) {
      validator.reportHidden('controllerLabels', 'expected controllerNamespace with them, in which such pods are');
    }
  }
}
