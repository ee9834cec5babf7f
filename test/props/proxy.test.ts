import { Construct } from 'constructs';
import { envVars } from '../../lib/kubernetes/env';
import { HttpProxy, type ProxyProps } from '../../lib/props/proxy';
import { PropValidator } from '../../lib/validation/prop-validator';
import { airflowErrors, synthErrors } from '../support/synth-objects';

const HTTP = 'http://proxy.example.com:3128';

function proxyOf(props: ProxyProps, clusterDomain = 'cluster.local'): HttpProxy {
  let proxy: HttpProxy | undefined;
  const errors = synthErrors((app) => {
    const scope = new Construct(app, 'airflow');
    proxy = new HttpProxy(scope, new PropValidator(scope), props, clusterDomain);
  });
  expect(errors).toEqual([]);
  return proxy as HttpProxy;
}

function variables(proxy: HttpProxy, services: string[] = []): { readonly [name: string]: unknown } {
  return Object.fromEntries(envVars(proxy.env(services)).map(({ name, value, valueFrom }) => [name, valueFrom ?? value]));
}

test('programs are told in both ways of writing, with the port', () => {
  // WHEN
  const env = variables(proxyOf({ http: 'http://proxy.example.com', https: 'https://secure.example.com' }));

  // THEN
  for (const http of ['http_proxy', 'HTTP_PROXY']) expect(env[http]).toBe('http://proxy.example.com:80');
  for (const https of ['https_proxy', 'HTTPS_PROXY']) expect(env[https]).toBe('https://secure.example.com:443');
  expect(env.no_proxy).toBe(env.NO_PROXY);
});

test('that for http is for https too, unless there is another', () => {
  expect(variables(proxyOf({ http: HTTP })).https_proxy).toBe(HTTP);
  expect(variables(proxyOf({ https: HTTP })).http_proxy).toBeUndefined();
});

test('what belongs to the cluster and to the pod is never asked through it', () => {
  // WHEN
  const { no_proxy } = variables(proxyOf({ http: HTTP, noProxy: ['.example.com'] }, 'k8s.example.net'), ['airflow-api-server']);

  // THEN
  expect(`${no_proxy}`.split(',')).toEqual([
    'airflow-api-server',
    '.example.com',
    'localhost',
    '127.0.0.1',
    '::1',
    '.svc',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '.k8s.example.net',
    '$(KUBERNETES_SERVICE_HOST)',
  ]);
});

test('a login comes out of its Secret, before what names it', () => {
  // WHEN
  const env = variables(proxyOf({ http: HTTP, login: { secretName: 'proxy-login' } }));

  // THEN
  expect(Object.keys(env)[0]).toBe('PROXY_LOGIN');
  expect(env.PROXY_LOGIN).toEqual({ secretKeyRef: { name: 'proxy-login', key: 'login' } });
  expect(env.HTTPS_PROXY).toBe('http://$(PROXY_LOGIN)@proxy.example.com:3128');
});

test.each([
  ['https://pypi.org/simple', true],
  ['http://pypi.org/simple', true],
  ['ssh://git@github.com/x.git', false],
  ['http://gitlab.git.svc:8181/x.git', false],
  ['http://gitlab.git.svc.cluster.local:8181/x.git', false],
  ['https://git.example.com/x.git', false],
  ['https://example.com/x.git', true],
  ['https://exact.example.org/', false],
  ['https://below.exact.example.org/', false],
  ['https://inexact.example.org.evil.net/', true],
  ['https://10.20.30.40/', false],
  ['https://203.0.113.7/', false],
  ['https://203.0.114.7/', true],
  ['https://[2001:db8::1]/', false],
  ['https://[2001:db8::2]/', true],
  ['http://localhost:8080/', false],
])('%s through it: %s', (url, expected) => {
  // GIVEN
  const proxy = proxyOf({ http: HTTP, noProxy: ['.example.com', 'exact.example.org', '203.0.113.0/24', '2001:db8::1'] });

  // THEN
  expect(proxy.isUsedFor(new URL(url))).toBe(expected);
});

test('a proxy for https is not used for http', () => {
  expect(proxyOf({ https: HTTP }).isUsedFor(new URL('http://pypi.org/'))).toBe(false);
});

test.each([
  ['http://proxy.example.com', { kind: 'anywhere' }, 80],
  ['http://squid.proxies.svc:3128', { kind: 'namespace', name: 'proxies' }, undefined],
])('%s is let through to', (http, peer, port) => {
  // WHEN
  const destinations = proxyOf({ http }).destinations;

  // THEN
  expect(destinations).toEqual([{ peer, ...(port && { ports: [{ port, protocol: 'TCP' }] }) }]);
});

test.each<[ProxyProps, string]>([
  [{}, 'proxy: it names no proxy; expected http, https or both'],
  [{ http: 'proxy.example.com:3128' }, 'proxy.http: it is no address of a proxy; expected one as "http://proxy.example.com:3128"'],
  [{ https: 'socks5://proxy:1080' }, 'proxy.https: it is no address of a proxy; expected one as "http://proxy.example.com:3128"'],
  [{ http: 'http://me:mine@proxy:3128' }, 'proxy.http: there is a login in it; expected the address alone, and the prop login'],
  [{ http: HTTP, noProxy: ['fd00::/8'] }, 'proxy.noProxy[0]: "fd00::/8" given; expected a name, a domain with a dot before it'],
  [{ http: HTTP, noProxy: ['a.example.com,b.example.com'] }, 'proxy.noProxy[0]: "a.example.com,b.example.com" given; expected a name'],
  [{ http: HTTP, login: { secretName: 'A B' } }, 'proxy.login.secretName: "A B" given; expected a DNS name'],
  [{ http: HTTP, login: { secretName: 'a', key: 'b c' } }, 'proxy.login.key: "b c" given; expected a key of a Secret'],
])('%j is an error', (proxy, expected) => {
  // THEN
  expect(airflowErrors({ proxy })).toEqual([expect.stringContaining(`[airflow/airflow] ${expected}`)]);
});
