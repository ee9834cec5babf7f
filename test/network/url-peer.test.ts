import { peerOfUrl } from '../../lib/network/url-peer';

test.each([
  ['http://gitlab-webservice.gitlab.svc.cluster.local:8181/a.git', 'gitlab'],
  ['http://gitlab.tools.svc/a.git', 'tools'],
  ['ssh://git@gitlab-shell.gitlab.svc.my.domain:22/a.git', 'gitlab'],
])('%s is a Service: the pods of its namespace, at whatever port they have', (url, name) => {
  // THEN
  expect(peerOfUrl(new URL(url))).toEqual({ peer: { kind: 'namespace', name } });
});

test.each(['http://gitlab/a.git', 'http://devpi:3141/simple'])('%s is a Service of the same namespace', (url) => {
  // THEN
  expect(peerOfUrl(new URL(url))).toEqual({ peer: { kind: 'pods', labels: {} } });
});

test.each([
  ['https://gitlab.example.com/a.git', 443],
  ['http://gitlab.example.com/a.git', 80],
  ['ssh://git@gitlab.example.com/a.git', 22],
  ['ssh://git@gitlab.example.com:2222/a.git', 2222],
  ['https://gitlab.example.com:8443/a.git', 8443],
  ['https://10.0.0.1:8443/a.git', 8443],
  ['https://[2001:db8::1]:8443/a.git', 8443],
  ['https://svc.example.com/a.git', 443],
  ['https://a.b.svcs.example.com/a.git', 443],
])('%s is outside: any address at port %d', (url, port) => {
  // THEN
  expect(peerOfUrl(new URL(url))).toEqual({ peer: { kind: 'anywhere' }, ports: [{ port, protocol: 'TCP' }] });
});
