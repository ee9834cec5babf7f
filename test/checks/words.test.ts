import { Manifests } from '../../lib/checks/manifests';
import { checkWords } from '../../lib/checks/words';
import { synthAirflow } from '../support/synth-objects';
import { chartOf, deployment, problemsOf } from './support';

const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web' },
  spec: { podSelector: {}, ...spec },
});

test('what a deployment of Airflow has is right', () => {
  expect(problemsOf(checkWords, [...synthAirflow({ databaseCleanup: {}, ingress: { host: 'airflow.example.com' } }).all])).toEqual([]);
});

test.each<[object, string]>([
  [deployment({ dnsPolicy: 'clusterFirst' }, {}), 'Deployment/web: dnsPolicy is "clusterFirst"'],
  [deployment({ initContainers: [{ restartPolicy: 'always' }] }, {}), 'Deployment/web: initContainers[].restartPolicy is "always"'],
  [deployment({}, { imagePullPolicy: 'Sometimes' }), 'Deployment/web: containers[].imagePullPolicy is "Sometimes"'],
  [deployment({}, { ports: [{ containerPort: 1, protocol: 'tcp' }] }), 'Deployment/web: containers[].ports[].protocol is "tcp"'],
  [deployment({ tolerations: [{ operator: 'Exist' }] }, {}), 'Deployment/web: tolerations[].operator is "Exist"'],
  [service({ type: 'Loadbalancer' }), 'Service/web: spec.type is "Loadbalancer"'],
  [service({ ports: [{ port: 1, protocol: 6 }] }), 'Service/web: spec.ports[].protocol is 6'],
  [policy({ policyTypes: ['egress'] }), 'NetworkPolicy/web: spec.policyTypes[] is "egress"'],
])('a word that Kubernetes does not know is told: %j', (object, problem) => {
  expect(problemsOf(checkWords, [object])).toEqual([problem]);
});

test('another API has kinds of the same names, and words of its own', () => {
  expect(problemsOf(checkWords, [{ ...service({ type: 'inner' }), apiVersion: 'serving.example.com/v1' }])).toEqual([]);
});

test('the words are named, and the one that is meant', () => {
  // GIVEN
  const chart = chartOf([deployment({ initContainers: [{ restartPolicy: 'always' }] }, {}), service({ type: 'Nodeport' })]);

  // THEN
  expect(checkWords(Manifests.of(chart)).map(({ remedy }) => remedy)).toEqual([
    'expected Always; did you mean "Always"?',
    'expected one of ClusterIP, NodePort, LoadBalancer, ExternalName; did you mean "NodePort"?',
  ]);
});
