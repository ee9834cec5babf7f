import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { addService } from '../components/add-service';
import { COMPONENTS, PORTS } from '../components/components';
import { objectLabels, objectName, selectorLabels } from '../components/names';
import { hashOf } from '../kubernetes/hash';
import { writeYaml } from '../kubernetes/yaml-writer';
import type { ComponentProps } from '../props/component-props';
import { type ImageProps, imageReference, pullSecretsOf } from '../props/image';
import type { Images } from '../props/images';
import { podPlacement } from '../props/placement';
import { plainServiceAccountName } from '../props/plain-service-account';
import { containerResources } from '../props/resources';
import { containerSecurity, type ImageIds, podSecurity } from '../props/security-context';
import { deploymentLabel } from './monitored';
import { MetricsScraping } from './scraping';
import { statsdMappings } from './statsd-mapping';
import type { StatsdMetricsProps } from './statsd-props';

const IMAGE: ImageProps = { repository: 'quay.io/prometheus/statsd-exporter', tag: 'v0.28.0', pullPolicy: 'IfNotPresent' };
const IDS: ImageIds = { user: 65534, group: 65534 };
const MAPPING_PATH = '/etc/statsd-exporter';
const MAPPING_FILE = 'mapping.yml';

/** The deployment that the exporter belongs to. */
export interface ExporterDeployment {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly images: Images;
  readonly components: { readonly all: ComponentProps | undefined; readonly [component: string]: ComponentProps | undefined };
}

/** What Airflow sends its metrics to, one by one, and Prometheus reads them from. There is one pod, as it counts in its memory. */
export class StatsdExporter extends Construct {
  constructor(scope: Construct, id: string, deployment: ExporterDeployment, props: StatsdMetricsProps) {
    super(scope, id);
    const { scraping = MetricsScraping.annotations() } = props;
    const name = objectName(deployment, 'statsd');
    const labels = selectorLabels(deployment, 'statsd');
    const metadata = { name, labels: objectLabels(deployment, 'statsd') };
    const ports = Object.entries(COMPONENTS.statsd.ports);
    const mapping = new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { [MAPPING_FILE]: writeYaml({ mappings: statsdMappings(deploymentLabel(deployment)) }) },
    });
    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels: { ...props.labels, ...labels },
            annotations: {
              ...(scraping._plan.isAnnotated && {
                'prometheus.io/scrape': 'true',
                'prometheus.io/port': `${PORTS.metrics}`,
                'prometheus.io/path': '/metrics',
              }),
              ...props.annotations,
              // It reads the file when it starts.
              'cdk8s-airflow/mapping-checksum': Lazy.any({ produce: () => hashOf(mapping.toJson().data) }),
            },
          },
          spec: this.podSpec(
            deployment,
            props,
            ports.map(([port, { port: containerPort, protocol }]) => ({ name: port, containerPort, protocol })),
          ),
        },
      },
    });
    addService(this, deployment, 'statsd');
  }

  private podSpec(deployment: ExporterDeployment, props: StatsdMetricsProps, ports: readonly object[]): object {
    const image = deployment.images.of(IMAGE, props.image);
    const ofAll = deployment.components.all?.securityContext;
    const context = props.securityContext ?? (ofAll?._isAssigned ? ofAll : undefined);
    const ofPod = podSecurity(context, IDS);
    const probe = (path: string) => ({ httpGet: { path, port: 'metrics' }, periodSeconds: 10, timeoutSeconds: 5 });
    return {
      serviceAccountName: plainServiceAccountName(deployment),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...podPlacement(props.placement, selectorLabels(deployment, 'statsd')),
      ...pullSecretsOf(this, image),
      ...(ofPod && { securityContext: ofPod }),
      containers: [
        {
          name: 'statsd',
          image: imageReference(image),
          imagePullPolicy: image.pullPolicy,
          args: [
            `--statsd.mapping-config=${MAPPING_PATH}/${MAPPING_FILE}`,
            `--statsd.listen-udp=:${PORTS.statsd}`,
            '--statsd.listen-tcp=',
            `--web.listen-address=:${PORTS.metrics}`,
          ],
          ports,
          readinessProbe: probe('/-/ready'),
          livenessProbe: probe('/-/healthy'),
          resources: containerResources(props.resources, COMPONENTS.statsd.resources),
          securityContext: containerSecurity(context, IDS),
          volumeMounts: [{ name: 'mapping', mountPath: MAPPING_PATH, readOnly: true }],
        },
      ],
      volumes: [{ name: 'mapping', configMap: { name: objectName(deployment, 'statsd') } }],
    };
  }
}
