import type { AirflowConfig } from '../../config/airflow-config';
import { defined } from '../../kubernetes/defined';
import type { ComponentProps } from '../../props/component-props';
import { validateImage } from '../../props/image';
import type { PropValidator } from '../../validation/prop-validator';
import { validatePlacement } from './placement';

/** Variables that the library sets in Airflow's containers itself. */
const OWN_VARIABLES = ['AIRFLOW_CONFIG', 'CONNECTION_CHECK_MAX_COUNT', 'DUMB_INIT_SETSID', 'FORWARDED_ALLOW_IPS', 'PYTHONPATH'];
const OWN_LABELS = ['name', 'instance', 'component'].map((label) => `app.kubernetes.io/${label}`);
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What holds for one component: its own settings, and those for all where it has none. */
export function joinComponentProps(all: ComponentProps | undefined, one: ComponentProps | undefined): ComponentProps {
  return {
    resources: {
      requests: { ...defined(all?.resources?.requests), ...defined(one?.resources?.requests) },
      limits: { ...defined(all?.resources?.limits), ...defined(one?.resources?.limits) },
    },
    labels: { ...all?.labels, ...one?.labels },
    annotations: { ...all?.annotations, ...one?.annotations },
    env: { ...all?.env, ...one?.env },
    placement: { ...defined(all?.placement), ...defined(one?.placement) },
    image: one?.image,
  };
}

/** What can be wrong with it whatever component it is for. */
export function validateComponentProps(
  validator: PropValidator,
  config: AirflowConfig,
  prop: string,
  props: ComponentProps | undefined,
): void {
  if (!props) return;
  validateImage(validator, `${prop}.image`, props.image);
  validator.labels(`${prop}.labels`, props.labels);
  for (const label of OWN_LABELS) {
    if (props.labels?.[label] !== undefined) {
      validator.report(`${prop}.labels["${label}"]`, props.labels[label], 'pods are selected by this label; expected another name');
    }
  }
  validator.annotations(`${prop}.annotations`, props.annotations);
  validatePlacement(validator, `${prop}.placement`, props.placement);
  const variables = Object.keys(props.env ?? {});
  for (const name of variables) {
    const place = `${prop}.env["${name}"]`;
    if (!VARIABLE.test(name)) validator.report(place, name, 'expected the name of a variable: letters, digits and underscores');
    if (OWN_VARIABLES.includes(name)) validator.reportHidden(place, 'the library sets this variable; the deployment rests on it');
  }
  config.validateEnv(validator, `${prop}.env`, variables);
}
