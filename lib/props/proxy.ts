import type { EnvValue, ISecret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { cdk8sPlus } from '../kubernetes/env';
import { declareExisting } from '../kubernetes/existing-objects';
import { containsCidr } from '../network/cidr';
import { type Destination, destinationsOfUrl } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';
import type { SecretKey } from './secret-key';

/** An HTTP proxy through which pods reach what is outside of the cluster. */
export interface ProxyProps {
  /**
   * The proxy for http, as in `http://proxy.example.com:3128`; a login in it is an error.
   * @default - none
   */
  readonly http?: string;
  /**
   * The proxy for https, which most often is asked by http too.
   * @default - that for http
   */
  readonly https?: string;
  /**
   * What is reached without it: names, domains with a dot before them, addresses and, as far as a program knows them, blocks of IPv4 addresses.
   *
   * Always so are: the Services of this deployment, names that end in `.svc` or in the cluster's domain, the API of Kubernetes, the pod itself, and private
   * addresses, as pods have. A Service without `.svc` behind its namespace (`gitea.git`) has to be named here.
   * @default - no more than that
   */
  readonly noProxy?: string[];
  /**
   * The proxy's login, in a Secret: `user:password`, with special characters as in a URL (`@` is `%40`). The key is `login` unless it is given. It is a
   * variable of the containers that connect out, as programs know no other way: what tasks run can read it.
   * @default - no login
   */
  readonly login?: SecretKey;
}

/** Addresses of pods, mostly, and of the pod itself. No blocks of IPv6: httpx, with which tasks speak to Airflow, stops at them. */
const NOT_FOR_PROXIES = ['localhost', '127.0.0.1', '::1', '.svc', '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'];
/** Kubernetes puts the address of its API there. */
const KUBERNETES_API = '$(KUBERNETES_SERVICE_HOST)';
const LOGIN_VARIABLE = 'PROXY_LOGIN';
/** What of `noProxy` programs understand. */
const NO_PROXY = /^(\*|\.?[a-z\d_-]+(\.[a-z\d_-]+)*|[a-f\d:]+|[\d.]+\/\d+)$/i;

/** The proxy, as pods are told of it. */
export class HttpProxy {
  private readonly proxies: readonly { readonly scheme: string; readonly url: URL }[];
  private readonly exceptions: readonly string[];
  private readonly login?: ISecret;

  /** What is wrong is reported, and left out. */
  constructor(
    scope: Construct,
    validator: PropValidator,
    private readonly props: ProxyProps,
    private readonly clusterDomain: string,
  ) {
    const { http, https = http, noProxy = [] } = props;
    if (http === undefined && https === undefined) validator.reportHidden('proxy', 'it names no proxy; expected http, https or both');
    this.proxies = [
      { scheme: 'http', prop: 'http', text: http },
      { scheme: 'https', prop: props.https === undefined ? 'http' : 'https', text: https },
    ].flatMap(({ scheme, prop, text }) => {
      const url = text !== undefined && checkedUrl(validator, `proxy.${prop}`, text);
      return url ? [{ scheme, url }] : [];
    });
    for (const [index, text] of noProxy.entries()) {
      if (NO_PROXY.test(text)) continue;
      const expected = 'expected a name, a domain with a dot before it, an address, or a block of IPv4 addresses, as in ".example.com"';
      validator.report(`proxy.noProxy[${index}]`, text, expected);
    }
    validator.dnsSubdomain('proxy.login.secretName', props.login?.secretName);
    validator.secretKey('proxy.login.key', props.login?.key);
    if (props.login) {
      this.login = cdk8sPlus().Secret.fromSecretName(scope, 'proxy-login', props.login.secretName);
      declareExisting(scope, 'Secret', props.login.secretName);
    }
    this.exceptions = [...noProxy, ...NOT_FOR_PROXIES, `.${clusterDomain}`];
  }

  /** Whether a host is reached through it. */
  isUsedFor({ protocol, hostname }: URL): boolean {
    const host = hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
    return this.proxies.some(({ scheme }) => protocol === `${scheme}:`) && !this.exceptions.some((exception) => matches(exception, host));
  }

  /** Where it is. */
  get destinations(): Destination[] {
    const urls = new Set(this.proxies.map(({ url }) => url.origin));
    return [...urls].flatMap((url) => destinationsOfUrl(new URL(url), this.clusterDomain));
  }

  /**
   * The variables by which programs know of it, in both ways of writing: some look for one of them only.
   * @param services the Services of the deployment that are asked by http, by names without dots.
   */
  env(services: readonly string[] = []): { [name: string]: EnvValue } {
    if (this.proxies.length === 0) return {};
    const { EnvValue } = cdk8sPlus();
    const inUrl = this.login ? `$(${LOGIN_VARIABLE})@` : '';
    const values = [
      ...this.proxies.map(({ scheme, url }) => [`${scheme}_proxy`, `${url.protocol}//${inUrl}${hostAndPort(url)}`]),
      ['no_proxy', [...services, ...this.exceptions, KUBERNETES_API].join(',')],
    ];
    const both = values.flatMap(([name, value]) => [name, name.toUpperCase()].map((each) => [each, EnvValue.fromValue(value)]));
    return {
      ...(this.login && { [LOGIN_VARIABLE]: EnvValue.fromSecretValue({ secret: this.login, key: this.props.login?.key ?? 'login' }) }),
      ...Object.fromEntries(both),
    };
  }
}

function checkedUrl(validator: PropValidator, prop: string, text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || !['', '/'].includes(url.pathname) || url.search || url.hash) {
    validator.reportHidden(prop, 'it is no address of a proxy; expected one as "http://proxy.example.com:3128"');
    return undefined;
  }
  if (url.username || url.password) {
    validator.reportHidden(prop, 'there is a login in it; expected the address alone, and the prop login');
    return undefined;
  }
  return url;
}

/** With its port in any case: curl has another default than browsers. */
function hostAndPort({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

function matches(exception: string, host: string): boolean {
  if (exception === '*' || exception === host) return true;
  if (exception.includes('/')) return containsCidr(exception, `${host}/32`);
  return host.endsWith(exception.startsWith('.') ? exception : `.${exception}`);
}
