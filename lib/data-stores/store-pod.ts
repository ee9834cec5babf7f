import type { Construct } from 'constructs';
import { COMPONENTS, componentNameOf, type PodsName } from '../components/components';
import { selectorLabels } from '../components/names';
import type { AirflowSecrets } from '../credentials/airflow-secrets';
import { defined } from '../kubernetes/defined';
import type { Json } from '../kubernetes/json';
import type { ComponentProps } from '../props/component-props';
import { type ImageProps, imageReference, pullSecretsOf } from '../props/image';
import type { Images } from '../props/images';
import { type PlacementProps, podPlacement } from '../props/placement';
import { plainServiceAccountName } from '../props/plain-service-account';
import { containerSecurity, type ImageIds, podSecurity, type SecurityContext } from '../props/security-context';
import type { PropValidator } from '../validation/prop-validator';

/** The deployment that a data store belongs to. */
export interface Deployment {
  /** What the names of all objects begin with. */
  readonly name: string;
  readonly secrets: AirflowSecrets;
  readonly images: Images;
  readonly components: { readonly all: ComponentProps | undefined; readonly [component: string]: ComponentProps | undefined };
  readonly validator: PropValidator;
}

/** What the pods of data stores, and of what belongs to them, differ in. */
export interface StorePodOptions {
  readonly component: PodsName;
  readonly image: ImageProps;
  /** Those of the image. */
  readonly ids: ImageIds;
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly placement?: PlacementProps;
  readonly securityContext?: SecurityContext;
}

/** A pod of a data store, but for its containers and volumes, and what each of its containers has. */
export function storePod(scope: Construct, deployment: Deployment, options: StorePodOptions) {
  const { component, image, ids, annotations, placement } = options;
  const context = storeSecurity(deployment, options.securityContext);
  const securityContext = podSecurity(context, ids);
  const labels = selectorLabels(deployment, component);
  return {
    metadata: { labels: { ...options.labels, ...labels }, ...(annotations && { annotations }) },
    spec: {
      serviceAccountName: plainServiceAccountName(deployment),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...podPlacement(placement, labels),
      ...nameLookup(deployment, component),
      ...pullSecretsOf(scope, image),
      ...(securityContext && { securityContext }),
    },
    image: { image: imageReference(image), imagePullPolicy: image.pullPolicy },
    containerSecurity: containerSecurity(context, ids) as Json,
  };
}

/** What connects to a host finds it as Airflow does. */
function nameLookup({ components }: Deployment, component: PodsName) {
  if (!COMPONENTS[componentNameOf(component)].uses.includes('names')) return {};
  const { hostAliases, dnsPolicy, dnsConfig } = components.all ?? {};
  return defined({ hostAliases, dnsPolicy, dnsConfig });
}

/** What is for all components is for Airflow's image, but for ids that the platform assigns. */
function storeSecurity({ components }: Deployment, own: SecurityContext | undefined): SecurityContext | undefined {
  const ofAll = components.all?.securityContext;
  return own ?? (ofAll?._isAssigned ? ofAll : undefined);
}
