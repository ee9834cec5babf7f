import type { PodsName } from '../../components/components';
import type { PodPart } from '../../kubernetes/pod-part';
import { containerResources, type ResourcesProps, scratchVolume } from '../../props/resources';
import { containerSecurity, type ImageIds } from '../../props/security-context';
import { outwardPart } from '../shared/outward-part';
import type { BitnamiContext } from './context';

/** For containers that copy a few files. */
export const PREPARE_RESOURCES: ResourcesProps = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } };

const VENV = '/opt/bitnami/airflow/venv';
/** Of the chart's pods; the image itself would run with the group 0. */
export const BITNAMI_IDS: ImageIds = { user: 1001, group: 1001, fsGroup: 1001 };
/** Which image that is, the chart knows. */
export const CHART_IMAGE = { image: '{{ include "airflow.image" . }}', imagePullPolicy: '{{ .Values.image.pullPolicy }}' };

/** What containers have in common that run Airflow's image beside the chart's own. */
function airflowContainer({ components }: BitnamiContext) {
  return { ...CHART_IMAGE, securityContext: containerSecurity(components.all?.securityContext, BITNAMI_IDS) };
}

/** The Service of the web interface and of the API for tasks. */
export function webServiceName({ name, features }: BitnamiContext): string {
  return `${name}${features.webServiceSuffix}`;
}

/** Certificates and proxy. */
export function bitnamiOutwardPart(context: BitnamiContext, component: PodsName): PodPart {
  return outwardPart(context, component, airflowContainer(context), webServiceName(context));
}

/** The requirements, which the image installs into its virtual environment when a container starts. */
export function requirementsPart({ requirements }: BitnamiContext): PodPart {
  return requirements?.filePart() ?? {};
}

/** Where the chart does not make one, a copy of the virtual environment that pip can write to. Its image is the chart's to tell. */
export function venvPart(context: BitnamiContext): PodPart {
  const { requirements, features, components } = context;
  if (!requirements || features.copiesVenv) return {};
  return {
    initContainers: [
      {
        name: 'prepare-venv',
        ...airflowContainer(context),
        command: ['cp', '--recursive', '--preserve=mode', `${VENV}/.`, '/venv'],
        resources: containerResources(components.all?.initContainerResources, PREPARE_RESOURCES),
        volumeMounts: [{ name: 'venv', mountPath: '/venv' }],
      },
    ],
    volumes: [scratchVolume('venv')],
    volumeMounts: [{ name: 'venv', mountPath: VENV }],
  };
}
