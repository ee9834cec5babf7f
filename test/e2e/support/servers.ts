import { applyObjects, kubectl } from '../../support/kubectl';

/** A small program that the tests run in the cluster. */
export interface Server {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** What is in the ConfigMap of the same name, and where it is mounted. */
  readonly files?: { readonly mountPath: string; readonly text?: object; readonly binary?: object; readonly items?: readonly object[] };
  /** By the port of the Service: the port of the pod. */
  readonly ports?: { readonly [servicePort: number]: number };
}

/** Start a server and wait until it is there: ConfigMap, Deployment and Service of one name. */
export async function startServer({ namespace, name, image, command, env = {}, files, ports = {} }: Server): Promise<void> {
  const metadata = { name, namespace };
  const labels = { app: name };
  const pairs = Object.entries(ports).map(([port, targetPort]) => ({ name: `p${port}`, port: Number(port), targetPort }));
  const container = {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command && { command }),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    resources: { requests: { cpu: '10m', memory: '32Mi' } },
    ...(files && { volumeMounts: [{ name: 'files', mountPath: files.mountPath }] }),
    ...(pairs[0] && { readinessProbe: { tcpSocket: { port: pairs[0].targetPort }, periodSeconds: 1 } }),
  };
  const volumes = files && [{ name: 'files', configMap: { name, ...(files.items && { items: files.items }) } }];
  const template = {
    metadata: { labels },
    spec: { terminationGracePeriodSeconds: 1, enableServiceLinks: false, containers: [container], volumes },
  };
  await applyObjects(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files?.text, binaryData: files?.binary },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: labels }, template } },
    ...(pairs[0] ? [{ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: pairs } }] : []),
  );
  await kubectl(['rollout', 'status', `deployment/${name}`, '--namespace', namespace, '--timeout', '120s']);
}
