import type { PropValidator } from '../validation/prop-validator';

/**
 * What git refuses in the name of a ref.
 * @see https://git-scm.com/docs/git-check-ref-format
 */
const REFUSED = /[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$|(^|\/)\.|\.lock(\/|$)|^@?$/u;

export function isGitRef(text: string): boolean {
  return !REFUSED.test(text);
}

/** A part of a commit's hash, which is no name that people give. */
export function isShortHash(text: string): boolean {
  return /^[\da-f]{7,39}$/.test(text) && /\d/.test(text) && /[a-f]/.test(text);
}

/** Reports what git refuses; `branch` and `ref` are the two ways to say what is followed. */
export function validateGitRefs(validator: PropValidator, prop: string, given: { readonly branch?: string; readonly ref?: string }): void {
  const { branch, ref } = given;
  if (branch !== undefined && ref !== undefined) {
    validator.report(`${prop}.ref`, ref, `expected either a ref or a branch; the branch is ${JSON.stringify(branch)}`);
  }
  for (const key of ['branch', 'ref'] as const) {
    const value = given[key];
    if (value !== undefined && !isGitRef(value)) validator.report(`${prop}.${key}`, value, 'expected a git ref, as in "main" or "v1.2.3"');
  }
}
