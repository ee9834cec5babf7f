import { destinationsOfUrl } from '../../lib/network/url-destinations';

test.each([
  ['http://gitlab-webservice.gitlab.svc.cluster.local:8181/a.git', 'gitlab'],
  ['http://gitlab.tools.svc/a.git', 'tools'],
  ['ssh://git@gitlab-shell.gitlab.svc.my.domain:22/a.git', 'gitlab'],
  ['https://gitea.git.svc.cluster.local./a.git', 'git'],
  ['http://gitea-0.gitea.git.svc.cluster.local:3000/a.git', 'git'],
  ['ssh://git@Gitea.Git.svc/a.git', 'git'],
])('%s is a Service: the pods of its namespace, at whatever port they have', (url, name) => {
  // THEN
  expect(destinationsOfUrl(new URL(url))).toEqual([{ peer: { kind: 'namespace', name } }]);
});

test.each(['http://gitlab/a.git', 'http://devpi:3141/simple'])('%s is a Service of the same namespace', (url) => {
  // THEN
  expect(destinationsOfUrl(new URL(url))).toEqual([{ peer: { kind: 'pods', labels: {} } }]);
});

test.each([
  ['http://gitea.git/x/y.git', 'git', 80],
  ['https://gitea.git:3000/x/y.git', 'git', 3000],
  ['ssh://git@gitea-ssh.Git/x/y.git', 'git', 22],
  ['http://devpi.tools:3141/simple', 'tools', 3141],
  ['https://gitlab.corp/x/y.git', 'corp', 443],
])('%s may be a Service of the namespace %s, or a host at port %d', (url, name, port) => {
  // THEN
  expect(destinationsOfUrl(new URL(url))).toEqual([
    { peer: { kind: 'namespace', name } },
    { peer: { kind: 'anywhere' }, ports: [{ port, protocol: 'TCP' }] },
  ]);
});

test.each([
  ['https://gitlab.example.com/a.git', 443],
  ['http://gitlab.example.com/a.git', 80],
  ['ssh://git@gitlab.example.com/a.git', 22],
  ['ssh://git@gitlab.example.com:2222/a.git', 2222],
  ['https://gitlab.example.com:8443/a.git', 8443],
  ['https://github.com/a.git', 443],
  ['ldap://ldap.example.com', 389],
  ['ldaps://ldap.example.com', 636],
  ['ssh://git@gitlab.com/a.git', 22],
  ['https://xn--bcher-kva.xn--p1ai/a.git', 443],
  ['http://localhost:8080/a.git', 8080],
  ['https://svc.example.com/a.git', 443],
  ['https://a.b.svcs.example.com/a.git', 443],
  ['https://foo.bar.svc.example.com/a.git', 443],
  ['https://gitlab.office.corp/a.git', 443],
])('%s is outside: any address at port %d', (url, port) => {
  // THEN
  expect(destinationsOfUrl(new URL(url))).toEqual([{ peer: { kind: 'anywhere' }, ports: [{ port, protocol: 'TCP' }] }]);
});

test.each([
  ['https://10.0.0.1:8443/a.git', '10.0.0.1/32', 8443],
  ['https://[2001:db8::1]/a.git', '2001:db8::1/128', 443],
])('%s is the address %s at port %d', (url, cidr, port) => {
  // THEN
  expect(destinationsOfUrl(new URL(url))).toEqual([{ peer: { kind: 'cidr', cidr }, ports: [{ port, protocol: 'TCP' }] }]);
});
