import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, Executor } from '../../../lib';
import { airflowErrors } from '../../support/synth-objects';

const PROXY = EnvValue.fromValue('http://proxy.example.com:3128');
const EXPECTED =
  'tasks would look for Airflow\'s API at the proxy; use the prop proxy, or NO_PROXY too, with "airflow-api-server" and the addresses of pods in it';

test.each<[string, AirflowChartProps, string]>([
  ['all pods', { allComponents: { env: { HTTP_PROXY: PROXY } } }, 'allComponents.env["HTTP_PROXY"]'],
  ['workers', workersWith({ http_proxy: PROXY }), 'executor.workers.env["http_proxy"]'],
  ['workers', workersWith({ ALL_PROXY: PROXY }), 'executor.workers.env["ALL_PROXY"]'],
  [
    'a group of workers',
    { executor: Executor.celery({ workerGroups: { gpu: { env: { HTTP_PROXY: PROXY } } } }) },
    'executor.workerGroups.gpu.env["HTTP_PROXY"]',
  ],
  ['schedulers', { executor: Executor.local(), scheduler: { env: { HTTP_PROXY: PROXY } } }, 'scheduler.env["HTTP_PROXY"]'],
  [
    'all, but for hosts with dots',
    { allComponents: { env: { HTTP_PROXY: PROXY, NO_PROXY: EnvValue.fromValue('.svc,.cluster.local,10.0.0.0/8') } } },
    'allComponents.env["HTTP_PROXY"]',
  ],
])('a proxy of %s is an error where tasks would go through it to the API server: %j', (_whose, props, place) => {
  // THEN
  expect(airflowErrors(props)).toEqual([`[airflow/airflow] ${place}: ${EXPECTED}`]);
});

test.each<[string, AirflowChartProps]>([
  ['is for https alone', { allComponents: { env: { HTTPS_PROXY: PROXY } } }],
  ['is for pods that run no tasks', { triggerer: { env: { HTTP_PROXY: PROXY } }, scheduler: { env: { HTTP_PROXY: PROXY } } }],
  [
    'leaves out the API server',
    {
      allComponents: { env: { HTTP_PROXY: PROXY } },
      ...workersWith({ no_proxy: EnvValue.fromValue('.svc, airflow-api-server') }),
    },
  ],
  ['is another than that of the prop', { proxy: { http: 'http://other:3128' }, ...workersWith({ HTTP_PROXY: PROXY }) }],
  ['leaves out all', workersWith({ HTTP_PROXY: PROXY, NO_PROXY: EnvValue.fromValue('*') })],
  ['leaves out what is not known', workersWith({ HTTP_PROXY: PROXY, NO_PROXY: EnvValue.fromFieldRef(EnvFieldPaths.POD_IP) })],
])('a proxy that %s is no error', (_why, props) => {
  // THEN
  expect(airflowErrors(props)).toEqual([]);
});

function workersWith(env: { readonly [name: string]: EnvValue }): AirflowChartProps {
  return { executor: Executor.celery({ workers: { env } }) };
}
