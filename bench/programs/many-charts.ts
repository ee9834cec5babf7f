// Argument: how many charts. Prints milliseconds and bytes as JSON.
import { App } from 'cdk8s';
import { AirflowChart, Executor, GitCredentials, Requirements } from '../../lib';
import { measure } from './measure';

const build = (app: App, index: number) =>
  new AirflowChart(app, `airflow-${index}`, {
    namespace: `airflow-${index}`,
    dags: [{ url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) }],
    requirements: Requirements.fromText('requests>=2.31'),
    ingress: { host: `airflow-${index}.example.com` },
    executor: Executor.celery({ workers: { replicas: 2 } }),
  });

measure(new App({ outdir: 'out' }), Number(process.argv[2]), build);
