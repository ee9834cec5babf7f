import { isDnsLabel, isDnsSubdomain } from '../validation/prop-validator';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

interface NameRule {
  readonly isValid: (name: string) => boolean;
  readonly expected: string;
}

const RFC_1035_LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const SUBDOMAIN: NameRule = { isValid: isDnsSubdomain, expected: 'lower-case letters, digits, hyphens and dots, at most 253' };
const LABEL: NameRule = { isValid: isDnsLabel, expected: 'lower-case letters, digits and hyphens, at most 63' };
const PATH_SEGMENT: NameRule = {
  isValid: (name) => !/[/%]/.test(name) && name !== '' && name !== '.' && name !== '..',
  expected: 'a name without "/" and "%"',
};

/** The rule for each kind that has one of its own. */
const RULES: { readonly [kind: string]: NameRule } = {
  ClusterRole: PATH_SEGMENT,
  ClusterRoleBinding: PATH_SEGMENT,
  Role: PATH_SEGMENT,
  RoleBinding: PATH_SEGMENT,
  Namespace: LABEL,
  Service: {
    isValid: (name) => RFC_1035_LABEL.test(name),
    expected: 'lower-case letters, digits and hyphens, at most 63, with a letter first',
  },
  // The name with a time behind it is that of a Job, whose pods have it as a label.
  CronJob: { isValid: (name) => name.length <= 52 && isDnsSubdomain(name), expected: 'lower-case letters, digits and hyphens, at most 52' },
  Job: { isValid: (name) => name.length <= 63 && isDnsSubdomain(name), expected: LABEL.expected },
  // Its pods have the name with a hash behind it as a label.
  StatefulSet: { isValid: (name) => name.length <= 52 && isDnsLabel(name), expected: 'lower-case letters, digits and hyphens, at most 52' },
};

/** Every object's name and namespace are such that the API server takes them. */
export function checkNames(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const object of manifests.checked) {
    const { isValid, expected } = RULES[object.kind] ?? SUBDOMAIN;
    if (!isValid(object.name)) {
      findings.push({ object, problem: `"${object.name}" can't be the name of a ${object.kind}`, remedy: `expected ${expected}` });
    }
    if (object.namespace !== '' && !isDnsLabel(object.namespace)) {
      findings.push({ object, problem: `"${object.namespace}" can't be a namespace`, remedy: `expected ${LABEL.expected}` });
    }
  }
  return findings;
}
