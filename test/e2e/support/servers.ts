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
  /** A port of the pod that leads to the one at which the program listens: the image must have Perl. */
  readonly forward?: { readonly from: number; readonly to: number };
}

const FORWARD = ({ from, to }: { readonly from: number; readonly to: number }) => `use IO::Socket::INET;
$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => ${from}, Listen => 64, ReuseAddr => 1) or die $!;
while (my $client = $server->accept) {
  next if fork;
  my $target = IO::Socket::INET->new('127.0.0.1:${to}') or exit 1;
  my ($source, $sink) = fork ? ($client, $target) : ($target, $client);
  while (sysread $source, my $bytes, 65536) { print $sink $bytes; $sink->flush }
  shutdown $sink, 1;
  exit;
}`;

/** Start a server and wait until it is there: ConfigMap, Deployment and Service of one name. */
export async function startServer({ namespace, name, image, command, env = {}, files, ports = {}, forward }: Server): Promise<void> {
  const metadata = { name, namespace };
  const labels = { app: name };
  const pairs = Object.entries(ports).map(([port, targetPort]) => ({ name: `p${port}`, port: Number(port), targetPort }));
  const resources = { requests: { cpu: '10m', memory: '32Mi' } };
  const container = {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command && { command }),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    resources,
    ...(files && { volumeMounts: [{ name: 'files', mountPath: files.mountPath }] }),
    ...(pairs[0] && { readinessProbe: { tcpSocket: { port: forward?.to ?? pairs[0].targetPort }, periodSeconds: 1 } }),
  };
  const forwarder = forward && { name: 'forward', image, command: ['perl', '-e', FORWARD(forward)], resources };
  const volumes = files && [{ name: 'files', configMap: { name, ...(files.items && { items: files.items }) } }];
  const template = {
    metadata: { labels },
    spec: {
      terminationGracePeriodSeconds: 1,
      enableServiceLinks: false,
      containers: [container, ...(forwarder ? [forwarder] : [])],
      volumes,
    },
  };
  // By the server, as the client would keep a copy in an annotation, which holds less than a ConfigMap.
  await kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files?.text, binaryData: files?.binary }),
  });
  await applyObjects(
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: labels }, template } },
    ...(pairs[0] ? [{ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: pairs } }] : []),
  );
  await kubectl(['rollout', 'status', `deployment/${name}`, '--namespace', namespace, '--timeout', '120s']);
}
