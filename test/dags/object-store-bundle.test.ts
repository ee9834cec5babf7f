import { Duration } from 'cdk8s';
import { DagBundle, NetworkDestination } from '../../lib';

const HTTPS = { peer: { kind: 'anywhere' }, ports: [{ port: 443, protocol: 'TCP' }] };

test('without a connection the cloud of Amazon knows the pods, and is asked who they are', () => {
  // WHEN
  const { name, classpath, kwargs, part, destinations, isFetched } = DagBundle.s3({ bucket: 'example-dags', prefix: '/finance/eu/' })._plan;

  // THEN
  expect({ name, classpath, kwargs }).toEqual({
    name: 'eu',
    classpath: 'airflow.providers.amazon.aws.bundles.s3.S3DagBundle',
    kwargs: { aws_conn_id: null, bucket_name: 'example-dags', prefix: 'finance/eu' },
  });
  expect(part).toEqual({});
  expect(destinations).toEqual([HTTPS, { peer: { kind: 'cidr', cidr: '169.254.170.23/32' }, ports: [{ port: 80, protocol: 'TCP' }] }]);
  expect(isFetched).toBe(true);
});

test('that of Google asks for a connection, which has nothing in it, and is asked who the pods are', () => {
  // WHEN
  const { name, classpath, kwargs, part, destinations } = DagBundle.gcs({ bucket: 'example-dags' })._plan;

  // THEN
  expect({ name, classpath, kwargs }).toEqual({
    name: 'example-dags',
    classpath: 'airflow.providers.google.cloud.bundles.gcs.GCSDagBundle',
    kwargs: { gcp_conn_id: 'dag_bundle_example_dags', bucket_name: 'example-dags' },
  });
  expect(part).toEqual({ env: [{ name: 'AIRFLOW_CONN_DAG_BUNDLE_EXAMPLE_DAGS', value: '{"conn_type":"google_cloud_platform"}' }] });
  expect(destinations).toEqual([
    HTTPS,
    { peer: { kind: 'cidr', cidr: '169.254.169.254/32' }, ports: [{ port: 80, protocol: 'TCP' }] },
    { peer: { kind: 'cidr', cidr: '169.254.169.252/32' }, ports: [{ port: 988, protocol: 'TCP' }] },
  ]);
});

test.each(['s3', 'gcs'] as const)('%s: a connection of the user says who reads, and `egress` where', (factory) => {
  // GIVEN
  const egress = [NetworkDestination.namespace('minio', [9000])];
  const props = { bucket: 'dags', name: 'mine', connectionId: 'store', refreshInterval: Duration.minutes(1) };

  // WHEN
  const plan = DagBundle[factory](props)._plan;
  const narrow = DagBundle[factory]({ ...props, egress })._plan;

  // THEN
  expect(plan.name).toBe('mine');
  expect(plan.kwargs).toEqual({
    [factory === 's3' ? 'aws_conn_id' : 'gcp_conn_id']: 'store',
    bucket_name: 'dags',
    refresh_interval: 60,
  });
  expect(plan.part).toEqual({});
  expect(plan.destinations).toEqual([HTTPS]);
  expect(narrow.destinations).toEqual([{ peer: { kind: 'namespace', name: 'minio' }, ports: [{ port: 9000, protocol: 'TCP' }] }]);
});
