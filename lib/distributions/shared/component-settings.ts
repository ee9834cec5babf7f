import { type AirflowPodsName, type PodsName, propOf } from '../../components/components';
import type { AirflowConfig } from '../../config/airflow-config';
import { defined } from '../../kubernetes/defined';
import { cdk8sPlus } from '../../kubernetes/env';
import type { PodPart } from '../../kubernetes/pod-part';
import type { LastingComponentProps } from '../../props/component-props';
import { validateImage } from '../../props/image';
import { validatePlacement } from '../../props/placement';
import { validatePodFields } from '../../props/pod-fields';
import { validatePodLabels } from '../../props/pod-labels';
import { joinProbes, validateProbes } from '../../props/probes';
import type { ResourcesProps } from '../../props/resources';
import type { PropValidator } from '../../validation/prop-validator';
import type { DistributionInput } from '../contract';
import { possiblePods } from './deployed-components';

/** How what is said for all components and for one is joined: a prop that is missing here does not compile. */
const JOIN: {
  readonly [Prop in keyof Required<LastingComponentProps>]: (
    all: LastingComponentProps,
    one: LastingComponentProps,
  ) => LastingComponentProps[Prop];
} = {
  resources: (all, one) => joinResources(all.resources, one.resources),
  initContainerResources: (all, one) => joinResources(all.initContainerResources, one.initContainerResources),
  labels: (all, one) => ({ ...all.labels, ...one.labels }),
  annotations: (all, one) => ({ ...all.annotations, ...one.annotations }),
  env: (all, one) => ({ ...all.env, ...one.env }),
  placement: (all, one) => ({ ...defined(all.placement), ...defined(one.placement) }),
  // Joined with that of the version: see airflowImage.
  image: (_all, one) => one.image,
  podParts: (all, one) => [...(all.podParts ?? []), ...(one.podParts ?? [])],
  files: (all, one) => ({ ...all.files, ...one.files }),
  serviceAccount: (all, one) => one.serviceAccount ?? all.serviceAccount,
  securityContext: (all, one) => one.securityContext ?? all.securityContext,
  runtimeClassName: (all, one) => one.runtimeClassName ?? all.runtimeClassName,
  hostAliases: (all, one) => one.hostAliases ?? all.hostAliases,
  dnsPolicy: (all, one) => one.dnsPolicy ?? all.dnsPolicy,
  dnsConfig: (all, one) => one.dnsConfig ?? all.dnsConfig,
  probes: (all, one) => joinProbes(all.probes, one.probes),
  strategy: (all, one) => one.strategy ?? all.strategy,
  revisionHistoryLimit: (all, one) => one.revisionHistoryLimit ?? all.revisionHistoryLimit,
  terminationGracePeriod: (all, one) => one.terminationGracePeriod ?? all.terminationGracePeriod,
  egress: (all, one) => [...(all.egress ?? []), ...(one.egress ?? [])],
};

function joinResources(all?: ResourcesProps, one?: ResourcesProps): ResourcesProps {
  return {
    requests: { ...defined(all?.requests), ...defined(one?.requests) },
    limits: { ...defined(all?.limits), ...defined(one?.limits) },
    extendedResources: { ...all?.extendedResources, ...one?.extendedResources },
  };
}

/** What holds for a component: its own settings, and those for all where it has none. Jobs have those for all. */
export function settingsOf(input: DistributionInput, name?: AirflowPodsName): LastingComponentProps {
  const known = joined.get(input) ?? new Map<AirflowPodsName | undefined, LastingComponentProps>();
  joined.set(input, known);
  const settings = known.get(name) ?? joinedSettings(input, name);
  known.set(name, settings);
  return settings;
}

/** Asked for wherever a pod is made. */
const joined = new WeakMap<DistributionInput, Map<AirflowPodsName | undefined, LastingComponentProps>>();

function joinedSettings({ components, metrics, name: deployment }: DistributionInput, name?: AirflowPodsName): LastingComponentProps {
  const ofMetrics = Object.entries(metrics?.variables(deployment) ?? {}).map(([variable, value]) => [
    variable,
    cdk8sPlus().EnvValue.fromValue(value),
  ]);
  const all = { ...components.all, env: { ...Object.fromEntries(ofMetrics), ...components.all?.env } };
  const one = (name && components[name]) ?? {};
  return Object.fromEntries(Object.entries(JOIN).map(([prop, join]) => [prop, join(all, one)]));
}

/** What holds for pods of any kind: of a Job it is what is for all. */
export function settingsOfPods(input: DistributionInput, name: PodsName): LastingComponentProps {
  return settingsOf(
    input,
    possiblePods(input).find((each) => each === name),
  );
}

/** What the user gives for all components and for each, with the prop by which it is given. */
export function givenSettings({ components }: DistributionInput): { readonly prop: string; readonly props: LastingComponentProps }[] {
  const { all = {}, ...others } = components;
  const names = Object.keys(others) as AirflowPodsName[];
  return [{ prop: 'allComponents', props: all }, ...names.map((name) => ({ prop: propOf(name), props: components[name] ?? {} }))];
}

/** All parts of pods that the user gives. */
export function userParts(input: DistributionInput): PodPart[] {
  return givenSettings(input).flatMap(({ props }) => props.podParts ?? []);
}

/** Variables that the library sets in Airflow's containers itself. */
const OWN_VARIABLES = ['AIRFLOW_CONFIG', 'CONNECTION_CHECK_MAX_COUNT', 'DUMB_INIT_SETSID', 'FORWARDED_ALLOW_IPS'];
/** Those that the pods of distributions have; one of another construct of the library may be in a part. */
const OWN_ANNOTATIONS = ['config-checksum', 'connections-checksum', 'database-options', 'files-checksum', 'plugins-checksum'].map(
  (annotation) => `cdk8s-airflow/${annotation}`,
);
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What can be wrong with it whatever component it is for. */
export function validateComponentProps(
  validator: PropValidator,
  config: AirflowConfig,
  prop: string,
  props: LastingComponentProps | undefined,
): void {
  if (!props) return;
  validateImage(validator, `${prop}.image`, props.image);
  validatePodLabels(validator, prop, props);
  validatePlacement(validator, `${prop}.placement`, props.placement);
  const variables = Object.entries(props.env ?? {}).map(([name, { value }]) => ({ name, value }));
  validateVariables(validator, config, variables, (name) => `${prop}.env["${name}"]`);
  for (const [index, part] of (props.podParts ?? []).entries()) validatePodPart(validator, config, `${prop}.podParts[${index}]`, part);
  props.serviceAccount?._validate(validator, `${prop}.serviceAccount`);
  props.securityContext?._validate(validator, `${prop}.securityContext`);
  validatePodFields(validator, prop, props);
  validateProbes(validator, `${prop}.probes`, props.probes);
  props.strategy?._validate(validator, `${prop}.strategy`);
  validator.wholeNumber(`${prop}.revisionHistoryLimit`, props.revisionHistoryLimit, 0);
  validator.wholeSeconds(`${prop}.terminationGracePeriod`, props.terminationGracePeriod);
}

function validateVariables(
  validator: PropValidator,
  config: AirflowConfig,
  variables: readonly { readonly name: string; readonly value?: string }[],
  placeOf: (name: string) => string,
): void {
  for (const { name, value } of variables) {
    if (!VARIABLE.test(name)) validator.report(placeOf(name), name, 'expected the name of a variable: letters, digits and underscores');
    if (OWN_VARIABLES.includes(name)) validator.reportHidden(placeOf(name), 'the library sets this variable; the deployment rests on it');
    config.validateVariable(validator, placeOf(name), name, value);
  }
}

/** Each item of a part names something; whether the rest is right the checks of the objects tell. */
function validatePodPart(validator: PropValidator, config: AirflowConfig, prop: string, part: PodPart): void {
  for (const field of ['initContainers', 'containers', 'volumes', 'volumeMounts', 'env', 'imagePullSecrets'] as const) {
    for (const [index, item] of (part[field] ?? []).entries()) {
      if (typeof item?.name === 'string') continue;
      validator.reportHidden(`${prop}.${field}[${index}]`, 'it has no name; expected an object as in the manifest of a pod');
    }
  }
  for (const [index, item] of (part.envFrom ?? []).entries()) {
    if (item?.secretRef?.name || item?.configMapRef?.name) continue;
    validator.reportHidden(
      `${prop}.envFrom[${index}]`,
      "it names nothing; expected { secretRef: { name: '…' } } or { configMapRef: { name: '…' } }",
    );
  }
  const names = (part.env ?? []).map(({ name }) => `${name}`);
  const placeOf = (name: string) => `${prop}.env[${names.indexOf(name)}]`;
  validateVariables(
    validator,
    config,
    names.map((name) => ({ name })),
    placeOf,
  );
  for (const name of names.filter((each) => each.startsWith('AIRFLOW__'))) {
    validator.reportHidden(placeOf(name), 'the library has to know of options of Airflow; use the prop config, or env beside podParts');
  }
  validator.annotations(`${prop}.annotations`, part.annotations);
  for (const name of OWN_ANNOTATIONS.filter((each) => part.annotations?.[each] !== undefined)) {
    validator.reportHidden(`${prop}.annotations["${name}"]`, 'the library sets this annotation, by which pods restart; leave it out');
  }
}
