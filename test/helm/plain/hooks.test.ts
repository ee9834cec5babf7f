import { isHook, withoutHooks, withoutHooksOfObjects } from '../../../lib/helm/plain/hooks';
import type { Json } from '../../../lib/kubernetes/json';

const document = (name: string, hooks?: string, { kind = 'Job', policy }: { kind?: string; policy?: string } = {}) => {
  const annotations: Json = {
    ...(hooks !== undefined && { 'helm.sh/hook': hooks }),
    ...(policy && { 'helm.sh/hook-delete-policy': policy }),
  };
  return { manifest: { apiVersion: 'v1', kind, metadata: { name, annotations } }, source: 'chart/templates/a.yaml' };
};
const DOCUMENTS = [
  document('plain'),
  document('install', 'pre-install'),
  document('both', 'post-install, pre-upgrade'),
  document('upgrade', 'pre-upgrade'),
  document('back', 'post-upgrade,pre-rollback'),
  document('rollback', 'pre-rollback'),
  document('delete', 'pre-delete'),
  document('test', 'test'),
  document('unknown', 'whenever'),
];

const ROLLBACK = 'left out, as they are for rollbacks alone, of which an apply knows nothing: Job/rollback';

function keep(documents = DOCUMENTS, includeUpgradeHooks?: boolean) {
  const warnings: string[] = [];
  const kept = withoutHooks(documents, { includeUpgradeHooks, warn: (text) => warnings.push(text) });
  return { names: kept.map(({ manifest }) => manifest.metadata.name), warnings };
}

test('of hooks those are kept that an installation needs; of those for upgrades or rollbacks alone is told', () => {
  expect(keep()).toEqual({
    names: ['plain', 'install', 'both'],
    warnings: [
      'left out, as they are for upgrades alone: Job/upgrade, Job/back; includeUpgradeHooks: true keeps them, and runs them at the first apply too',
      ROLLBACK,
    ],
  });
});

test('hooks for upgrades are kept where that is wanted', () => {
  expect(keep(DOCUMENTS, true)).toEqual({ names: ['plain', 'install', 'both', 'upgrade', 'back'], warnings: [ROLLBACK] });
});

test('of a bare Pod, and of rights that helm would take back, is told', () => {
  // GIVEN
  const policy = 'before-hook-creation,hook-succeeded';
  const documents = [
    document('once', 'post-install', { kind: 'Pod' }),
    document('rights', 'pre-install', { kind: 'ClusterRole', policy }),
    document('account', 'pre-install', { kind: 'ServiceAccount', policy }),
    document('others', 'pre-install', { kind: 'ClusterRole', policy: 'before-hook-creation' }),
    document('settings', 'pre-install', { kind: 'ConfigMap', policy }),
  ];

  // THEN
  expect(keep(documents).warnings).toEqual([
    expect.stringMatching(/^Pod\/once: a hook that is a bare Pod; /),
    expect.stringMatching(/^ClusterRole\/rights, ServiceAccount\/account: helm would delete them .* here they stay, with their rights/),
  ]);
});

test('an object that is a hook and an object of the release is the latter', () => {
  // GIVEN
  const documents = [document('a', 'pre-install'), document('a'), document('b', 'pre-install')];

  // WHEN
  const kept = withoutHooksOfObjects(documents.map((each) => ({ ...each, isHook: isHook(each.manifest) })));

  // THEN
  expect(kept.map(({ manifest }) => [manifest.metadata.name, isHook(manifest)])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});
