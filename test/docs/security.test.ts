import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Executor } from '../../lib';
import type { PodsName } from '../../lib/components/components';
import type { SecretPurpose } from '../../lib/credentials/airflow-secrets';
import { componentOf, isUsed } from '../../lib/executors/executor-plan';
import { NODE_ADDRESSES } from '../../lib/network/network-flow';
import { type Manifest, readManifests } from '../support/manifests';
import { ROOT } from '../support/synth';

// What docs/explanation/security.md says of the built-in distribution, beside what the table of components and the manifests of main.ts say.

const TEXT = readFileSync(join(ROOT, 'docs/explanation/security.md'), 'utf8');
const POLICIES = readManifests(join(ROOT, 'dist')).filter(({ kind }) => kind === 'NetworkPolicy');

/** What the page calls secrets. */
const NAMES: { readonly [Purpose in SecretPurpose]: RegExp } = {
  broker: /\bbroker\b/,
  database: /\bdatabase\b/,
  fernetKey: /\bFernet key\b/,
  jwtSecret: /\bJWT secret\b/,
  apiSecretKey: /\bAPI secret key\b/,
  admin: /\badmin\b/,
};

test.each<[string, Executor, PodsName]>([
  ['in a task, Celery', Executor.celery(), 'worker'],
  ['in a task, Kubernetes', Executor.kubernetes(), 'task'],
  ['in a task, Local (it runs in the scheduler)', Executor.local(), 'scheduler'],
  ['while its file is read', Executor.celery(), 'dag-processor'],
  ['in a trigger', Executor.celery(), 'triggerer'],
])('the code of a DAG %s has the secrets that the page says', (row, executor, component) => {
  // GIVEN
  const [, , ofBuiltIn] = TEXT.split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find(([, code]) => code === row) ?? ['', '', 'there is no such row'];
  // WHEN
  const told = Object.entries(NAMES).flatMap(([purpose, name]) => (name.test(ofBuiltIn) ? [purpose] : []));
  // THEN
  const purposes = Object.keys(componentOf(executor._plan, component).secrets) as SecretPurpose[];
  expect(told.sort()).toEqual(purposes.filter((purpose) => isUsed(executor._plan, purpose)).sort());
  expect(ofBuiltIn === 'none').toBe(told.length === 0);
});

const componentsWith = (isMeant: (rule: Manifest) => boolean) =>
  POLICIES.filter(({ spec }) => (spec.egress ?? []).some(isMeant)).map(({ metadata }) => metadata.name.replace('airflow-', ''));
const portsOf = ({ ports = [] }: Manifest) => ports.map(({ port }: Manifest) => port);
const leadsOutside = ({ to = [] }: Manifest) => to.some(({ ipBlock }: Manifest) => ipBlock);

test('what main.ts opens to addresses outside is the package index, at its port, and nothing at which a cloud tells a node who it is', () => {
  expect(TEXT).toContain('with a repository at https, or packages from\n  PyPI, such code may send data to any address at port 443');
  const outside = POLICIES.flatMap(({ spec }) => spec.egress ?? []).filter(leadsOutside);
  expect(outside.length).toBeGreaterThan(0);
  for (const rule of outside) {
    expect(portsOf(rule)).toEqual([443]);
    expect(rule.to.flatMap(({ ipBlock }: Manifest) => ipBlock?.except ?? []).sort()).toEqual([...NODE_ADDRESSES].sort());
  }
  expect(componentsWith(leadsOutside)).not.toEqual(expect.arrayContaining(['redis', 'postgresql', 'credentials']));
});

test('the Job that makes Secrets alone has any address, at the ports of the API of Kubernetes', () => {
  expect(TEXT).toContain('The Job that makes Secrets reaches any address at the ports at which that API listens');
  const isAny = ({ to }: Manifest) => to === undefined;
  expect(componentsWith(isAny)).toEqual(['credentials']);
  expect(
    POLICIES.flatMap(({ spec }) => spec.egress ?? [])
      .filter(isAny)
      .map(portsOf),
  ).toEqual([[443, 6443, 8443, 16443]]);
});

test('the namespace of the git server is open to those who read DAGs, at the port that main.ts says', () => {
  expect(TEXT).toMatch(/let through at all ports of its namespace.*\n?.*until `egress` of the repository says the port, as in main.ts/);
  const isGit = ({ to = [] }: Manifest) => JSON.stringify(to).includes('"kubernetes.io/metadata.name":"gitlab"');
  expect(componentsWith(isGit).sort()).toEqual(['dag-processor', 'worker']);
  expect(
    POLICIES.flatMap(({ spec }) => spec.egress ?? [])
      .filter(isGit)
      .map(portsOf),
  ).toEqual([[8181], [8181]]);
});
