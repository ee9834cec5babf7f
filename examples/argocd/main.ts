import { ApiObject, App, Chart } from 'cdk8s';
import { AirflowChart, Autoscaling, Executor, GitCredentials } from 'cdk8s-airflow';

const app = new App();

// dist/airflow.k8s.yaml: what Argo CD deploys.
const { namespace } = new AirflowChart(app, 'airflow', {
  namespace: 'airflow-argocd',
  dags: [
    {
      url: 'https://gitlab.example.com/data/pipelines.git',
      branch: 'main',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
    },
  ],
  executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) } }),
});

// dist/argocd.k8s.yaml: what tells it to.
const argocd = new Chart(app, 'argocd', { namespace: 'argocd' });

new ApiObject(argocd, 'application', {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'airflow' },
  spec: {
    project: 'default',
    source: {
      repoURL: 'https://gitlab.example.com/data/deployment.git',
      targetRevision: 'main',
      path: 'dist',
      directory: { include: 'airflow.k8s.yaml' },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  },
});

app.synth();
