import type { PropValidator } from '../validation/prop-validator';

/** By which pods are selected. */
const OWN_LABELS = ['name', 'instance', 'component'].map((label) => `app.kubernetes.io/${label}`);

interface Labelled {
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

/** Labels and annotations of pods: not those by which the library selects or restarts them. */
export function validatePodLabels(validator: PropValidator, prop: string, { labels, annotations }: Labelled): void {
  validator.labels(`${prop}.labels`, labels);
  for (const label of OWN_LABELS) {
    if (labels?.[label] !== undefined) {
      validator.report(`${prop}.labels["${label}"]`, labels[label], 'pods are selected by this label; expected another name');
    }
  }
  validator.annotations(`${prop}.annotations`, annotations);
  for (const name of Object.keys(annotations ?? {}).filter((key) => key.startsWith('cdk8s-airflow/'))) {
    validator.reportHidden(
      `${prop}.annotations["${name}"]`,
      'the library sets such annotations, by which pods restart; expected another prefix',
    );
  }
}
