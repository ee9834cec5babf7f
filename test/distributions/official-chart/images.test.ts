import { officialErrors, officialValues } from './release';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test('the images of the chart’s own choice are the chart’s to say', () => {
  // WHEN
  const { images } = officialValues();

  // THEN
  expect(Object.keys(images)).toEqual(['airflow', 'redis', 'migrationsWaitTimeout']);
});

test('a registry of one’s own has them too', () => {
  // WHEN
  const values = officialValues({ images: { registry: 'registry.example.com/mirror' } });

  // THEN
  expect(values.defaultAirflowRepository).toBe('registry.example.com/mirror/apache/airflow');
  expect(values.images).toMatchObject({
    redis: { repository: 'registry.example.com/mirror/library/redis' },
    statsd: { repository: 'registry.example.com/mirror/prometheus/statsd-exporter' },
    pgbouncer: { repository: 'registry.example.com/mirror/apache/airflow' },
    pgbouncerExporter: { repository: 'registry.example.com/mirror/apache/airflow' },
  });
});

test('a pin of one of them is the whole of its tag', () => {
  // GIVEN
  const pins = {
    'docker.io/apache/airflow:3.3.2': DIGEST,
    'docker.io/apache/airflow:airflow-pgbouncer-2025.03.05-1.23.1': DIGEST,
    'quay.io/prometheus/statsd-exporter:v0.29.0': DIGEST,
  };

  // WHEN
  const { images, defaultAirflowDigest } = officialValues({ images: { pins } });

  // THEN
  expect(defaultAirflowDigest).toBe(DIGEST);
  expect(images.statsd).toEqual({ tag: `v0.29.0@${DIGEST}` });
  expect(images.pgbouncer).toEqual({ tag: `airflow-pgbouncer-2025.03.05-1.23.1@${DIGEST}` });
  expect(images.pgbouncerExporter).toBeUndefined();
  expect(officialErrors({ images: { pins } })).toEqual([]);
});
