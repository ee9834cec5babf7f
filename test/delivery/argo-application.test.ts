import { Delivery } from '../../lib/delivery/delivery';
import { deliver, deliveryErrors, REGISTRY } from './support';

test('a chart of a repository is an Application in argocd', () => {
  // WHEN
  const objects = deliver(Delivery.argoApplication());

  // THEN
  expect(objects).toEqual([
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'web', namespace: 'argocd', finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'] },
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://charts.example.com/stable',
          chart: 'plain',
          targetRevision: '1.2.3',
          helm: { releaseName: 'web', valuesObject: { replicas: 3 } },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    },
  ]);
});

test('of the reference in a registry the last part is the chart, and the scheme is left out', () => {
  // WHEN
  const [{ spec }] = deliver(Delivery.argoApplication(), { chart: REGISTRY });

  // THEN
  expect(spec.source).toMatchObject({ repoURL: 'registry.example.com/charts', chart: 'plain', targetRevision: '1.2.3+build.4' });
});

test('options have their places', () => {
  // WHEN
  const [{ metadata, spec }] = deliver(Delivery.argoApplication({ name: 'shop-web', namespace: 'cd', project: 'data' }));

  // THEN
  expect(metadata).toMatchObject({ name: 'shop-web', namespace: 'cd' });
  expect(spec.project).toBe('data');
  expect(spec.source.helm.releaseName).toBe('web');
});

test('Jobs are hooks of Argo CD', () => {
  expect(Delivery.argoApplication()._jobs).toEqual({
    areHooks: false,
    annotations: { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
  });
});

test('wrong options are told', () => {
  // WHEN
  const errors = deliveryErrors(Delivery.argoApplication({ name: 'My App', namespace: 'argo.cd', project: '' }));

  // THEN
  expect(errors).toEqual([
    expect.stringContaining('[shop/chart] delivery.name: "My App" given'),
    expect.stringContaining('[shop/chart] delivery.namespace: "argo.cd" given'),
    expect.stringContaining('[shop/chart] delivery.project: "" given'),
  ]);
});
