import { Database, type DataStoreProps, SecurityContext, VolumeRetention } from '../../lib';
import { propsAt } from '../support/props-at';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';

const STORES: [string, string, string, string][] = [
  ['database', 'postgresql', 'docker.io/library/postgres:17.10-bookworm', '8Gi'],
  ['executor.broker', 'redis', 'docker.io/library/redis:7.4.9-bookworm', '1Gi'],
];

describe.each(STORES)('%s', (prop, component, image, size) => {
  const name = `airflow-${component}`;
  const synthWith = (props: DataStoreProps) => synthAirflow(propsAt(prop, props));
  const storage = (objects: SynthObjects) => objects.one('StatefulSet', name).spec.volumeClaimTemplates[0].spec;

  test('it is one pod with a volume, of the cluster’s default class', () => {
    // WHEN
    const objects = synthAirflow();

    // THEN
    const { spec } = objects.one('StatefulSet', name);
    expect(spec).toMatchObject({ replicas: 1, serviceName: name });
    expect(storage(objects)).toEqual({
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      resources: { requests: { storage: size } },
    });
    expect(objects.container(component).image).toBe(image);
    expect(objects.one('Service', name).spec.selector).toEqual(spec.selector.matchLabels);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  });

  test('image, resources, storage and placement can be set', () => {
    // WHEN
    const objects = synthWith({
      image: { repository: 'registry.example.com/store' },
      resources: { requests: { memory: '0.125Gi' }, limits: { cpu: '4000m' } },
      storageSize: '2048Gi',
      storageClassName: 'fast',
      placement: { nodeSelector: { disk: 'ssd' } },
    });

    // THEN
    expect(objects.pod(component).spec.nodeSelector).toEqual({ disk: 'ssd' });
    expect(objects.container(component).image).toBe(`registry.example.com/store:${image.split(':')[1]}`);
    expect(objects.container(component).resources).toMatchObject({ requests: { memory: '128Mi' }, limits: { cpu: '4' } });
    expect(storage(objects)).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '2Ti' } } });
  });

  test('tools that prune leave its volume alone, and don’t take it for what they have to deploy', () => {
    // THEN
    expect(synthAirflow().one('StatefulSet', name).spec.volumeClaimTemplates[0].metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });

  test('its pod may have further labels and annotations, by which nothing is selected', () => {
    // WHEN
    const objects = synthWith({ labels: { team: 'data' }, annotations: { 'example.com/note': 'x' } });

    // THEN
    const { selector, template, volumeClaimTemplates } = objects.one('StatefulSet', name).spec;
    expect(template.metadata.labels).toEqual({ ...selector.matchLabels, team: 'data' });
    expect(template.metadata.annotations).toEqual({ 'example.com/note': 'x' });
    expect(volumeClaimTemplates).toEqual(synthAirflow().one('StatefulSet', name).spec.volumeClaimTemplates);
  });

  test('labels and annotations of the library are not for the user to set', () => {
    // WHEN
    const errors = airflowErrors(
      propsAt(prop, { labels: { 'app.kubernetes.io/name': 'x', 'a b': '' }, annotations: { 'cdk8s-airflow/x': '1' } }),
    );

    // THEN
    expect(errors).toEqual([
      expect.stringContaining(`${prop}.labels["a b"]: "a b" given; expected the name of a label`),
      expect.stringContaining(`${prop}.labels["app.kubernetes.io/name"]: "x" given; pods are selected by this label`),
      expect.stringContaining(`${prop}.annotations["cdk8s-airflow/x"]: the library sets such annotations`),
    ]);
  });

  test('pull secrets are those of its pod', () => {
    // WHEN
    const objects = synthWith({ image: { pullSecrets: ['registry'] } });

    // THEN
    const withSecrets = Object.entries(objects.podTemplates()).filter(([, { spec }]) => spec.imagePullSecrets);
    expect(withSecrets.map(([other, { spec }]) => [other, spec.imagePullSecrets])).toEqual([[component, [{ name: 'registry' }]]]);
  });

  test('what is set for it changes no other pod', () => {
    // WHEN
    const objects = synthWith({ image: { tag: '99.1' }, resources: { limits: { cpu: '4' } } });

    // THEN
    const others = (other: string) => other !== component;
    expect(objects.podTemplates(others)).toEqual(synthAirflow().podTemplates(others));
  });

  test('it runs as the user of its image, with a volume that the user may write to', () => {
    // WHEN
    const objects = synthAirflow();

    // THEN
    expect(objects.pod(component).spec.securityContext.fsGroup).toBe(999);
    expect(objects.container(component).securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 999 });
  });

  test('its volume stays when it is deleted, unless the user says otherwise', () => {
    // WHEN
    const objects = synthWith({ volumeRetention: VolumeRetention.DELETE });

    // THEN
    expect(objects.one('StatefulSet', name).spec.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Delete',
      whenScaled: 'Retain',
    });
    expect(synthAirflow().one('StatefulSet', name).spec).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
  });

  test('it reads its password from a file that is mounted, and from nowhere else', () => {
    // WHEN
    const objects = synthAirflow();

    // THEN
    const { volumes } = objects.pod(component).spec;
    const purpose = prop === 'database' ? 'database' : 'broker';
    expect(JSON.stringify(volumes[0]).match(/"airflow-[\w-]+"/g)).toEqual([`"airflow-${purpose}"`]);
    const mount = objects.container(component).volumeMounts.find(({ name }: { name: string }) => name === 'password');
    expect(JSON.stringify(objects.container(component))).toContain(`${mount.mountPath}/${purpose}`);
  });

  test.each<[DataStoreProps, string]>([
    [{ storageSize: 'big' }, 'storageSize: "big" given; expected a Kubernetes quantity above zero, as in "500m", "2" or "1Gi"'],
    [{ storageSize: '0' }, 'storageSize: "0" given; expected a Kubernetes quantity above zero, as in "500m", "2" or "1Gi"'],
    [
      { storageClassName: 'My Class' },
      'storageClassName: "My Class" given; expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"',
    ],
    [{ image: { tag: 'latest' } }, 'image.tag: "latest" given; expected a tag that pins the image, as in "3.3.2"'],
    [{ resources: { limits: { memory: '1Mi' } } }, 'resources.limits.memory: "1Mi" given; expected at least the request, '],
    [
      { placement: { nodeSelector: { disk: 'a b' } } },
      'placement.nodeSelector["disk"]: "a b" given; expected at most 63 letters, digits, "-", "_" and "."',
    ],
  ])('%j is an error', (props, message) => {
    // THEN
    expect(airflowErrors(propsAt(prop, props))).toContainEqual(expect.stringContaining(`[airflow/airflow] ${prop}.${message}`));
  });
});

test('it runs by ids of its own, and by those of the platform where all pods do', () => {
  // GIVEN
  const securityContext = SecurityContext.withIds({ runAsUser: 10002 });
  const assigned = { allComponents: { securityContext: SecurityContext.assignedByPlatform() } };

  // WHEN
  const own = synthAirflow({ ...assigned, database: Database.builtIn({ securityContext }) });

  // THEN
  expect(own.container('postgresql').securityContext).toMatchObject({ runAsUser: 10002, runAsGroup: 999 });
  expect(own.pod('postgresql').spec.securityContext).toEqual({ fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' });
  expect(own.container('redis').securityContext).not.toHaveProperty('runAsUser');
  expect(own.pod('redis').spec).not.toHaveProperty('securityContext');
});
