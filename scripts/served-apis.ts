import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Writes which kinds each version of Kubernetes serves, as its sources list them (api/discovery, made there from a running API server with all
// of its APIs). Without further ado an API server serves those that are stable, and the few betas of which pkg/controlplane/instance.go says so.
// Needs Go, which fetches the sources.

const FILE = resolve(__dirname, '../lib/kubernetes/served-apis.json');
/** One release of each minor version. */
const RELEASES = ['1.28.15', '1.29.6', '1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.2'];

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly Resource[];
}

type Ranges = { [apiVersion: string]: { [kind: string]: [first: number, last: number] } };

const kinds: Ranges = {};
const subresources: Ranges = {};
const clusterScoped = new Set<string>();
const groups = new Set<string>();

for (const release of RELEASES) {
  const minor = Number(release.split('.')[1]);
  const folder = sourcesOf(release);
  const betas = enabledBetas(readFileSync(join(folder, 'pkg/controlplane/instance.go'), 'utf8'));
  for (const { groupVersion, resources } of resourceLists(join(folder, 'api/discovery'))) {
    groups.add(groupOf(groupVersion));
    for (const { kind, name, namespaced } of resources) {
      if (!namespaced && !name.includes('/')) clusterScoped.add(`${groupOf(groupVersion)}/${kind}`);
      const isServed = !/alpha|beta/.test(groupVersion) || betas.has(`${shortGroup(groupVersion)}/${name.split('/')[0]}`);
      if (isServed) widen(name.includes('/') ? subresources : kinds, groupVersion, kind, minor);
    }
  }
}
for (const [apiVersion, byKind] of Object.entries(subresources)) {
  for (const kind of Object.keys(kinds[apiVersion] ?? {})) delete byKind[kind];
}

const minors = RELEASES.map((release) => Number(release.split('.')[1]));
const data = {
  oldest: Math.min(...minors),
  newest: Math.max(...minors),
  groups: [...groups].sort(),
  clusterScoped: [...clusterScoped].sort(),
  kinds: sorted(kinds),
  subresources: sorted(subresources),
};
writeFileSync(FILE, `${JSON.stringify(data)}\n`);
execFileSync('npx', ['biome', 'check', '--write', FILE], { stdio: 'inherit' });

function sourcesOf(release: string): string {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${release}`], { encoding: 'utf8' })).Dir;
}

function resourceLists(folder: string): ResourceList[] {
  if (!existsSync(folder)) throw new Error(`there is no ${folder}`);
  const files = readdirSync(folder).filter((name) => /^apis?__.*v\d\w*\.json$/.test(name));
  return files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** `flowcontrol/v1beta3/flowschemas`: Go calls the packages by the first word of the group. */
function enabledBetas(source: string): Set<string> {
  const packages = new Map([...source.matchAll(/^\s*(\w+)\s+"[^"]*\/(\w+\/\w+)"/gm)].map(([, alias, path]) => [alias, path]));
  const [, list = ''] = /legacyBetaEnabledByDefaultResources = \[\]schema\.GroupVersionResource\{([^}]*)\}/.exec(source) ?? [];
  const entries = [...list.matchAll(/^\s*(\w+)\.SchemeGroupVersion\.WithResource\("(\w+)"\)/gm)];
  return new Set(entries.map(([, alias, resource]) => `${packages.get(alias)}/${resource}`));
}

function shortGroup(groupVersion: string): string {
  const [group, version] = groupVersion.split('/');
  return `${group.split('.')[0]}/${version}`;
}

function groupOf(groupVersion: string): string {
  return groupVersion.includes('/') ? groupVersion.split('/')[0] : '';
}

function widen(ranges: Ranges, apiVersion: string, kind: string, minor: number): void {
  ranges[apiVersion] ??= {};
  const range = ranges[apiVersion][kind];
  if (range && range[1] < minor - 1) throw new Error(`${apiVersion} ${kind} comes and goes`);
  ranges[apiVersion][kind] = [range?.[0] ?? minor, minor];
}

function sorted(ranges: Ranges): Ranges {
  const byName = <Value>(map: { [name: string]: Value }) => Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  const filled = byName(ranges).filter(([, byKind]) => Object.keys(byKind).length > 0);
  return Object.fromEntries(filled.map(([apiVersion, byKind]) => [apiVersion, Object.fromEntries(byName(byKind))]));
}
