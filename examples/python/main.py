from cdk8s import App
from cdk8s_airflow import (
    AirflowChart,
    Executor,
    GitCredentials,
    GitRepository,
    IngressOptions,
    NetworkDestination,
    Requirements,
    WorkersProps,
)

app = App()

AirflowChart(
    app,
    "airflow",
    namespace="airflow",
    dags=[
        GitRepository(
            url="http://gitlab-webservice.gitlab.svc.cluster.local:8181/airflow/airflow.git",
            branch="master",
            path="dags",
            credentials=GitCredentials.token(secret_name="gitlab-dags"),
            egress=[NetworkDestination.namespace("gitlab", [8181])],
        )
    ],
    requirements=Requirements.from_file("dags-requirements.txt", config_map_name="requirements"),
    ingress=IngressOptions(host="airflow.yourdomain.com"),
    executor=Executor.celery(workers=WorkersProps(replicas=2)),
)

app.synth()
