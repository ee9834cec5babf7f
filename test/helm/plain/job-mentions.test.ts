import { jobMentions } from '../../../lib/helm/plain/job-mentions';
import { jobBaseName } from '../../../lib/helm/plain/job-names';
import type { Json } from '../../../lib/kubernetes/json';

const pod = (container: Json): Json => ({
  kind: 'Deployment',
  spec: { template: { spec: { containers: [{ name: 'main', image: 'a:1', ...container }] } } },
});
const CONTAINER = 'spec.template.spec.containers[0]';
const LONG = `${'x'.repeat(60)}-migrate`;

test.each<[string, Json, string]>([
  ['a variable of a shell', pod({ command: ['sh', '-c', 'name=rel-migrate; kubectl wait job/$name'] }), CONTAINER],
  ['the second of two names', pod({ args: ['kubectl wait jobs first rel-migrate'] }), CONTAINER],
  ['a variable', pod({ image: 'wait-for:1', env: [{ name: 'TARGET', value: 'rel-migrate' }] }), CONTAINER],
  ['a script', { kind: 'ConfigMap', data: { 'a.py': "read_namespaced_job('rel-migrate')" } }, 'data["a.py"]'],
  ['what would be followed if it were not of the Job itself', pod({ args: ['job/rel-migrate'] }), CONTAINER],
  ['a variable that would be', pod({ env: [{ name: 'JOB_NAME', value: 'rel-migrate' }] }), CONTAINER],
  ['a name that is cut', pod({ args: [`kubectl wait $KIND/x ${LONG}`] }), CONTAINER],
])('%s that may be the name of a Job is found', (_, manifest, place) => {
  const job = JSON.stringify(manifest).includes(LONG) ? jobBaseName(LONG) : 'rel-migrate';
  expect(jobMentions(manifest, ['other', job])).toEqual([
    `${place} may mean Job/${job}, which has a hash behind its name; expected a form that can be followed, as job/NAME, the name that ` +
      `find('Job', '${job}') tells, or the Job without the hash: patch('Job', '${job}', JsonPatch.replace('/metadata/name', '${job}'))`,
  ]);
});

test.each<[string, Json]>([
  ['with its hash', pod({ args: ['kubectl wait job/rel-migrate-01234567'] })],
  [
    'as a path, a host or a part of a name',
    pod({ args: ['kubectl get -f /rel-migrate rel-migrate:80 rel-migrate.web.svc rel-migrate-2 deployment/rel-migrate'] }),
  ],
  ['where nothing looks for objects', pod({ args: ['rel-migrate'], env: [{ name: 'A', value: 'rel-migrate' }] })],
  [
    'beside a container that does',
    {
      spec: {
        containers: [
          { name: 'a', image: 'kubectl' },
          { name: 'b', image: 'b', args: ['rel-migrate'] },
        ],
      },
    },
  ],
])('what stands there %s is none', (_, manifest) => {
  expect(jobMentions(manifest, ['rel-migrate'])).toEqual([]);
});
