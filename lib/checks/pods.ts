import type { Json } from '../kubernetes/json';
import { isDnsLabel } from '../validation/prop-validator';
import type { Finding } from './finding';
import type { ManifestObject, Manifests, Pod } from './manifests';

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const EXPECTED_LABEL = 'expected lower-case letters, digits and hyphens, at most 63';

/** The names of containers, volumes, ports and variables, and mount paths, are valid and in their pod there once. */
export function checkPods(manifests: Manifests): Finding[] {
  return [...manifests.checkedPods.flatMap(checkPod), ...manifests.checkedOf('Service').flatMap(checkServicePorts)];
}

type Report = (problem: string, remedy: string) => void;

function checkPod({ object, spec, containers }: Pod): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (problem, remedy) => findings.push({ object, problem, remedy });
  checkLabelNames('container', containers, report);
  checkLabelNames('volume', spec.volumes ?? [], report);
  for (const container of containers) checkContainer(container, report);
  return findings;
}

function checkContainer({ name: container, ports = [], env = [], volumeMounts = [] }: Json, report: Report): void {
  const where = `container "${container}"`;
  for (const { name, containerPort } of ports) {
    if (name !== undefined && !PORT_NAME.test(name)) {
      report(
        `"${name}" can't be the name of a port of ${where}`,
        'expected lower-case letters, digits and hyphens, at most 15, with a letter',
      );
    }
    if (!isPortNumber(containerPort)) report(`${containerPort} can't be a port of ${where}`, 'expected a number from 1 to 65535');
  }
  reportTwice(`the port name`, names(ports), where, report);
  for (const { name, value } of env) {
    if (!ENV_NAME.test(name)) {
      report(`"${name}" can't be the name of a variable of ${where}`, 'expected letters, digits, "_", "-" and ".", and no digit first');
    }
    if (value !== undefined && typeof value !== 'string')
      report(`the variable ${name} of ${where} is a ${typeof value}`, 'expected a string');
  }
  reportTwice(`the variable`, names(env), where, report);
  for (const { mountPath } of volumeMounts) {
    if (typeof mountPath !== 'string' || !mountPath.startsWith('/') || mountPath.includes(':')) {
      report(`${JSON.stringify(mountPath)} can't be a mount path of ${where}`, 'expected an absolute path without a colon');
    }
  }
  // `/tmp` and `/tmp/` are the same folder.
  reportTwice(
    'the mount path',
    volumeMounts.map(({ mountPath }: Json) => `${mountPath}`.replace(/(?<=.)\/+$/, '')),
    where,
    report,
  );
}

function checkServicePorts(object: ManifestObject): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (problem, remedy) => findings.push({ object, problem, remedy });
  const ports: Json[] = object.manifest.spec?.ports ?? [];
  const keys = ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`);
  for (const { name, port } of ports) {
    if (!isPortNumber(port)) report(`${port} can't be a port`, 'expected a number from 1 to 65535');
    if (name !== undefined && !isDnsLabel(name)) report(`"${name}" can't be the name of a port`, EXPECTED_LABEL);
    if (name === undefined && ports.length > 1) report(`port ${port} has no name`, 'expected one, as there are several ports');
  }
  reportTwice('the port name', names(ports), 'the Service', report);
  reportTwice('the port', keys, 'the Service', report);
  return findings;
}

function checkLabelNames(what: string, items: readonly Json[], report: Report): void {
  for (const { name } of items) {
    if (typeof name !== 'string' || !isDnsLabel(name)) report(`${JSON.stringify(name)} can't be the name of a ${what}`, EXPECTED_LABEL);
  }
  reportTwice(`the ${what}`, names(items), 'the pod', report);
}

function names(items: readonly Json[]): string[] {
  return items.map(({ name }) => name).filter((name) => name !== undefined);
}

function reportTwice(what: string, values: readonly string[], where: string, report: Report): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) report(`${what} "${value}" is in ${where} twice`, 'expected it once');
    seen.add(value);
  }
}

function isPortNumber(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;
}
