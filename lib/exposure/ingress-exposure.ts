import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AppSynth } from '../cdk8s/app-synth';
import { declareExisting } from '../kubernetes/existing-objects';
import { ANYWHERE } from '../network/network-flow';
import { checkedProps, type Given } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import type { Exposure } from './exposure';
import { ANY_HOST, hostsOf, pathOf, prefixOf, urlOf, validateAnnotations, validateHosts, validatePath } from './web-address';

/** From whom cert-manager gets the certificate. */
export interface CertManagerProps {
  /** The name of the Issuer or ClusterIssuer. */
  readonly issuer: string;
  /**
   * Whether it is a ClusterIssuer.
   * @default true
   */
  readonly clusterIssuer?: boolean;
  /**
   * The Secret that cert-manager keeps the certificate in.
   * @default - the name of the Ingress with `-tls` behind it
   */
  readonly secretName?: string;
}

/**
 * Where the certificate of an Ingress comes from.
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, IngressTls } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   ingress: { host: 'airflow.example.com', tls: IngressTls.certManager({ issuer: 'letsencrypt' }) },
 * });
 */
export class IngressTls {
  /**
   * A Secret of the type kubernetes.io/tls, which the user has.
   * @param secretName the name of the Secret, in the namespace of the Ingress.
   */
  static secret(secretName: string): IngressTls {
    return new IngressTls(['secret', secretName], secretName);
  }

  /**
   * A Secret of the type kubernetes.io/tls for each host.
   * @param secretNames the names of the Secrets by host. Each host of the Ingress has one.
   */
  static secretsByHost(secretNames: { readonly [host: string]: string }): IngressTls {
    return new IngressTls(['secretsByHost', secretNames], undefined, undefined, false, secretNames);
  }

  /**
   * cert-manager, which must be in the cluster.
   * @param props the issuer.
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  static certManager(props: CertManagerProps): IngressTls {
    return new IngressTls(['certManager', props], props?.secretName, props);
  }

  /**
   * TLS ends elsewhere: at a load balancer before the cluster, or with the controller's own default certificate. The Ingress names no
   * certificate; the address is https.
   */
  static terminatedElsewhere(): IngressTls {
    return new IngressTls(['terminatedElsewhere'], undefined, undefined, true);
  }

  private constructor(
    /** @internal */
    readonly _given: Given,
    /** @internal */
    readonly _secretName?: string,
    /** @internal */
    readonly _certManager?: CertManagerProps,
    /** @internal */
    readonly _endsElsewhere = false,
    /** @internal */
    readonly _secretsByHost?: { readonly [host: string]: string },
  ) {}
}

/** Under which address something is reached. */
export interface IngressOptions {
  /**
   * The host name, as in `airflow.example.com`. `*.example.com` is all names of a domain, and `*` any: then `address` says by which users come.
   */
  readonly host: string;
  /**
   * Further host names for the same. Links lead to the first, `host`.
   * @default - none
   */
  readonly additionalHosts?: string[];
  /**
   * The address by which users come, if it is another than that of `host`: with another port, behind a proxy, or one of many. It has no path, as in
   * `https://airflow.example.com:8443`.
   * @default - that of `host`: https if `tls` is given, else http
   */
  readonly address?: string;
  /**
   * The path below which it is reached, as in `/airflow`. It reaches the Service unchanged. Where `pathType` is `ImplementationSpecific` it may end
   * with `/*`, for controllers that want it so.
   * @default "/"
   */
  readonly path?: string;
  /**
   * `Prefix`, or `ImplementationSpecific`, which leaves it to the controller what the path means.
   * @default "Prefix"
   */
  readonly pathType?: string;
  /**
   * The IngressClass.
   * @default - the cluster's default
   */
  readonly className?: string;
  /**
   * The certificate.
   * @default - plain http
   */
  readonly tls?: IngressTls;
  /**
   * Annotations, by which controllers are told more.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * The namespace of the Ingress controller. A NetworkPolicy of AirflowChart then lets in that namespace alone.
   * @default - the web interface can be reached from anywhere
   */
  readonly controllerNamespace?: string;
}

/** What IngressExposure needs to know. */
export interface IngressExposureProps extends IngressOptions {
  /** The Service that requests go to, in the same namespace. */
  readonly serviceName: string;
  /** The port of the Service. */
  readonly servicePort: number;
  /**
   * The name of the Ingress.
   * @default - the name of the Service
   */
  readonly name?: string;
  /**
   * Labels of the Ingress.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/** What others ask of an Ingress for the web interface. */
export function ingressExposure(options: IngressOptions): Exposure {
  const { controllerNamespace: name } = options;
  return {
    prop: 'ingress',
    what: 'the Ingress',
    url: urlOf(options, options.tls !== undefined),
    prefix: prefixOf(options),
    client: name === undefined ? ANYWHERE : { kind: 'namespace', name },
  };
}

/**
 * An Ingress for a Service.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { IngressExposure } from 'cdk8s-airflow';
 * import { Service } from 'cdk8s-plus-27';
 *
 * const chart = new Chart(new App(), 'grafana');
 * const service = new Service(chart, 'service', { metadata: { name: 'grafana' }, ports: [{ port: 3000 }] });
 * new IngressExposure(chart, 'ingress', { host: 'grafana.example.com', serviceName: service.name, servicePort: service.port });
 */
export class IngressExposure extends Construct {
  /** The address, without a slash at the end. */
  readonly url: string;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: IngressExposureProps) {
    super(scope, id);
    AppSynth.of(this);
    const validator = new PropValidator(this);
    props = checkedProps(validator, 'IngressExposureProps', props, { host: '', serviceName: '', servicePort: 0 });
    this.url = urlOf(props, props.tls !== undefined);
    this.validateProps(validator, props);

    const name = props.name ?? props.serviceName;
    const hosts = hostsOf(props);
    const certificates = certificatesOf(props, name);
    for (const { secretName } of certificates) declareExisting(this, 'Secret', secretName);
    new ApiObject(this, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, labels: props.labels, annotations: annotationsOf(props) },
      spec: {
        ...(props.className !== undefined && { ingressClassName: props.className }),
        ...(certificates.length > 0 && { tls: certificates }),
        rules: hosts.map((host) => ({
          ...(host !== ANY_HOST && { host }),
          http: {
            paths: [
              {
                path: pathOf(props),
                pathType: props.pathType ?? 'Prefix',
                backend: { service: { name: props.serviceName, port: { number: props.servicePort } } },
              },
            ],
          },
        })),
      },
    });
  }

  private validateProps(validator: PropValidator, props: IngressExposureProps): void {
    validateHosts(validator, props, 'an Ingress');
    const path = props.pathType === 'ImplementationSpecific' ? props.path?.replace(/\/\*$/, '/') : props.path;
    validatePath(validator, path, props.path, ', or one that ends with "/*" and pathType ImplementationSpecific');
    validator.oneOf('pathType', props.pathType, ['Prefix', 'ImplementationSpecific']);
    validateAnnotations(validator, props.annotations);
    validator.dnsLabel('serviceName', props.serviceName);
    validator.wholeNumber('servicePort', props.servicePort, 1, 65535);
    validator.dnsSubdomain('name', props.name);
    validator.dnsSubdomain('className', props.className);
    validator.dnsLabel('controllerNamespace', props.controllerNamespace);
    validator.dnsSubdomain('tls.secretName', props.tls?._secretName);
    for (const [host, secretName] of Object.entries(props.tls?._secretsByHost ?? {})) {
      validator.dnsSubdomain(`tls.secretsByHost["${host}"]`, secretName);
      if (!hostsOf(props).includes(host)) {
        validator.report(`tls.secretsByHost["${host}"]`, secretName, `expected a host of the Ingress: ${hostsOf(props).join(', ')}`);
      }
    }
    for (const host of props.tls?._secretsByHost ? hostsOf(props) : []) {
      if (!props.tls?._secretsByHost?.[host])
        validator.reportHidden('tls.secretsByHost', `there is no Secret for ${host}; expected one for each host`);
    }
    validator.dnsSubdomain('tls.issuer', props.tls?._certManager?.issuer);
    validator.labels('labels', props.labels);
  }
}

/** The Secrets with certificates, in the form of Kubernetes. */
function certificatesOf(options: IngressOptions, name: string): { readonly hosts?: string[]; readonly secretName: string }[] {
  const { tls } = options;
  if (!tls || tls._endsElsewhere) return [];
  if (tls._secretsByHost) return Object.entries(tls._secretsByHost).map(([host, secretName]) => ({ hosts: [host], secretName }));
  const hosts = hostsOf(options).filter((host) => host !== ANY_HOST);
  return [{ ...(hosts.length > 0 && { hosts }), secretName: tls._secretName ?? `${name}-tls` }];
}

function annotationsOf(props: IngressExposureProps): { [name: string]: string } | undefined {
  const certManager = props.tls?._certManager;
  if (!certManager) return props.annotations;
  const key = certManager.clusterIssuer === false ? 'cert-manager.io/issuer' : 'cert-manager.io/cluster-issuer';
  return { [key]: certManager.issuer, ...props.annotations };
}
