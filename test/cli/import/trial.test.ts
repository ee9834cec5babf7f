import { call } from '../../../cli/import/expression';
import { withoutRefused } from '../../../cli/import/trial';

const OTHERS = { comments: [], variables: {}, existing: [] };

test('what the library takes stays as it is', () => {
  const program = { ...OTHERS, props: { namespace: 'airflow', executor: call('Executor.celery', { workers: { replicas: 2 } }) } };
  expect(withoutRefused(program)).toEqual({ program, refused: [], toMend: [] });
});

test('what it refuses is left out wherever it stands, and told', () => {
  // WHEN
  const { program, refused } = withoutRefused({
    ...OTHERS,
    props: {
      namespace: 'airflow',
      config: { core: { parallelism: 'many', executor: 'LocalExecutor', max_active_runs_per_dag: '3' } },
      executor: call('Executor.celery', { workers: { replicas: -1, labels: { a: 'b' } } }),
      dags: [{ url: 'https://git.example.com/a.git', depth: -1 }, { url: 'nonsense' }],
      triggerer: { replicas: 1.5 },
    },
  });

  // THEN
  expect(program.props).toEqual({
    namespace: 'airflow',
    config: { core: { max_active_runs_per_dag: '3' } },
    executor: call('Executor.celery', { workers: { labels: { a: 'b' } } }),
    dags: [{ url: 'https://git.example.com/a.git' }],
  });
  expect(Object.fromEntries(refused.map(({ path, shown }) => [path, shown]))).toMatchObject({
    'config.core.parallelism': '"many"',
    'config.core.executor': '"LocalExecutor"',
    'executor.workers.replicas': '-1',
    'triggerer.replicas': '1.5',
  });
});

test('what stands in no prop is told as to be mended', () => {
  // GIVEN
  const props = { allComponents: { podParts: [{ envFrom: [{ secretRef: { name: 'missing' } }] }] } };

  // WHEN
  const { program, refused, toMend } = withoutRefused({ ...OTHERS, props });

  // THEN
  expect(program.props).toEqual(props);
  expect(refused).toEqual([]);
  expect(toMend).toEqual([expect.objectContaining({ instead: expect.stringMatching(/^to be mended: .*missing/) })]);
});

test('what stops synth in another way is told too', () => {
  // GIVEN
  const props = { logRetention: call('Duration.days', -1) };

  // THEN
  expect(withoutRefused({ ...OTHERS, props })).toEqual({
    program: { ...OTHERS, props },
    refused: [],
    toMend: [{ path: 'synth', instead: 'to be mended: Duration amounts cannot be negative. Received: -1' }],
  });
});

test('of keys that are no words only what they name is left out', () => {
  // GIVEN
  const workerGroups = { 'Big Set': { queues: ['big'] }, small: { queues: ['small'] } };

  // WHEN
  const { program, refused } = withoutRefused({
    ...OTHERS,
    props: {
      namespace: 'airflow',
      executor: call('Executor.celery', { workerGroups }),
      config: { 'my section': { a: 'b' }, core: { parallelism: '32' } },
    },
  });

  // THEN
  expect(program.props).toEqual({
    namespace: 'airflow',
    executor: call('Executor.celery', { workerGroups: { small: workerGroups.small } }),
    config: { core: { parallelism: '32' } },
  });
  expect(refused.map(({ path }) => path).sort()).toEqual(['config.my section.a', 'executor.workerGroups.Big Set']);
});
