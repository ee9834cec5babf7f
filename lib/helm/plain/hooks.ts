import type { Json } from '../../kubernetes/json';
import { objectId } from './object-id';
import type { RenderedDocument } from './rendered-documents';

/** How annotations of hooks begin. */
export const HOOK = 'helm.sh/hook';
const INSTALL = ['pre-install', 'post-install'];
const UPGRADE = ['pre-upgrade', 'post-upgrade'];
const ROLLBACK = ['pre-rollback', 'post-rollback'];
const RIGHTS = new Set(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'ServiceAccount']);

export interface HookOptions {
  /** Whether hooks that are for upgrades alone are kept. */
  readonly includeUpgradeHooks?: boolean;
  /** Told what a user should know. */
  readonly warn?: (text: string) => void;
}

/**
 * Objects of the release itself, and hooks that are needed to install it: not its tests, nor what cleans up behind it, nor what is for upgrades
 * alone and would run at the first apply.
 */
export function withoutHooks(documents: readonly RenderedDocument[], { includeUpgradeHooks, warn }: HookOptions): RenderedDocument[] {
  const isKept = (hooks: readonly string[]) => isOneOf(hooks, INSTALL) || (includeUpgradeHooks === true && isOneOf(hooks, UPGRADE));
  const kept = documents.filter(({ manifest }) => isKept(hooksOf(manifest) ?? INSTALL));
  const leftOut = (hooks: readonly string[]) =>
    documents.filter((each) => !kept.includes(each) && isOneOf(hooksOf(each.manifest) ?? [], hooks));
  const ofUpgrades = leftOut(UPGRADE);
  if (ofUpgrades.length > 0) {
    warn?.(
      `left out, as they are for upgrades alone: ${names(ofUpgrades)}; includeUpgradeHooks: true keeps them, and runs them at the first apply too`,
    );
  }
  const ofRollbacks = leftOut(ROLLBACK).filter((each) => !ofUpgrades.includes(each));
  if (ofRollbacks.length > 0) warn?.(`left out, as they are for rollbacks alone, of which an apply knows nothing: ${names(ofRollbacks)}`);
  tellOfKept(
    kept.filter(({ manifest }) => hooksOf(manifest)),
    warn,
  );
  return kept;
}

function tellOfKept(hooks: readonly RenderedDocument[], warn?: (text: string) => void): void {
  const pods = hooks.filter(({ manifest }) => manifest.kind === 'Pod');
  if (pods.length > 0) {
    warn?.(
      `${names(pods)}: a hook that is a bare Pod; it runs at the first apply, and an apply can neither change it nor run it again: ` +
        'delete it when the chart has changed, or leave it out by exclude',
    );
  }
  const rights = hooks.filter(
    ({ manifest }) => RIGHTS.has(manifest.kind) && `${annotation(manifest, 'delete-policy')}`.includes('hook-succeeded'),
  );
  if (rights.length > 0) {
    warn?.(
      `${names(rights)}: helm would delete them when their hooks are done; here they stay, with their rights, for the Jobs that need them`,
    );
  }
}

/** A hook that the chart also makes as an object of the release: helm deletes the one and keeps the other. */
export function withoutHooksOfObjects(documents: readonly (RenderedDocument & { readonly isHook: boolean })[]): RenderedDocument[] {
  const ids = new Set(documents.filter(({ isHook }) => !isHook).map(({ manifest }) => objectId(manifest, manifest.metadata.name)));
  return documents.filter(({ manifest, isHook }) => !isHook || !ids.has(objectId(manifest, manifest.metadata.name)));
}

export function isHook(manifest: Json): boolean {
  return hooksOf(manifest) !== undefined;
}

/** Of which events an object is a hook; undefined if it is none. */
function hooksOf(manifest: Json): string[] | undefined {
  const hooks = manifest.metadata.annotations?.[HOOK];
  return hooks === undefined ? undefined : `${hooks}`.split(',').map((hook) => hook.trim());
}

function annotation(manifest: Json, name: string): Json {
  return manifest.metadata.annotations?.[`${HOOK}-${name}`];
}

function isOneOf(hooks: readonly string[], events: readonly string[]): boolean {
  return hooks.some((hook) => events.includes(hook));
}

function names(documents: readonly RenderedDocument[]): string {
  return documents.map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`).join(', ');
}
