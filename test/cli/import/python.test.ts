import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, Name } from '../../../cli/import/expression';
import { python } from '../../../cli/import/python';
import { NASTY_TEXTS } from '../../support/nasty-texts';
import { runOrThrow } from '../../support/process';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporary-folder';

afterAll(removeTemporaryFolders);

const NOTHING = { comments: [], variables: {}, props: {}, existing: [] };

test('a program has what one in TypeScript has, with structs and keywords of the names of Python', () => {
  expect(
    python({
      comments: ['One.', ''],
      variables: { shopSecret: call('Secret.fromSecretName', new Name('app'), 'secret-shop', 'shop') },
      props: {
        namespace: 'airflow',
        allComponents: {
          env: {
            A: call('EnvValue.fromSecretValue', { secret: new Name('shopSecret'), key: 'a' }, { optional: true }),
            b: call('EnvValue.fromConfigMap', new Name('shopConfigMap'), 'b', { optional: true }),
          },
          placement: { affinity: { nodeAffinity: {} }, tolerations: [{ tolerationSeconds: 5 }] },
          podParts: [{ volumeMounts: [{ mountPath: '/a', readOnly: true }] }],
        },
        executor: call('Executor.several', call('Executor.celery', { workers: { replicas: 2 } }), call('Executor.kubernetes')),
        database: call('Database.external', { host: 'db', password: { secretName: 'db' }, tls: { mode: new Name('TlsMode.REQUIRE') } }),
        triggerer: { enabled: false },
        databaseCleanup: { schedule: call('Cron.schedule', { weekDay: '0' }) },
      },
      existing: [['Secret', 'shop']],
    }),
  ).toBe(`from cdk8s import App, Cron
from cdk8s_airflow import (
    AirflowChart,
    Database,
    DatabaseCleanupProps,
    DatabaseTlsProps,
    Executor,
    LastingComponentProps,
    PlacementProps,
    PodPart,
    SecretKey,
    TlsMode,
    TriggererProps,
    WorkersProps,
)
from cdk8s_plus_27 import EnvValue, Secret, SecretValue, k8s

# One.
#

app = App()
shop_secret = Secret.from_secret_name(app, "secret-shop", "shop")

chart = AirflowChart(
    app,
    "airflow",
    namespace="airflow",
    all_components=LastingComponentProps(
        env={
            "A": EnvValue.from_secret_value(
                SecretValue(secret=shop_secret, key="a"),
                optional=True,
            ),
            "b": EnvValue.from_config_map(shop_config_map, "b", optional=True),
        },
        placement=PlacementProps(
            affinity=k8s.Affinity(node_affinity=k8s.NodeAffinity()),
            tolerations=[k8s.Toleration(toleration_seconds=5)],
        ),
        pod_parts=[PodPart(volume_mounts=[{"mountPath": "/a", "readOnly": True}])],
    ),
    executor=Executor.several(
        Executor.celery(workers=WorkersProps(replicas=2)),
        Executor.kubernetes(),
    ),
    database=Database.external(
        host="db",
        password=SecretKey(secret_name="db"),
        tls=DatabaseTlsProps(mode=TlsMode.REQUIRE),
    ),
    triggerer=TriggererProps(enabled=False),
    database_cleanup=DatabaseCleanupProps(schedule=Cron.schedule(week_day="0")),
)

chart.airflow.declare_existing("Secret", "shop")

app.synth()
`);
});

test('all texts stay what they are', async () => {
  // GIVEN
  const texts = NASTY_TEXTS.filter((text) => !/[\ud800-\udfff]/.test(text)).flatMap((text) => [text, `${text}\n${text}`]);
  const program = python({
    ...NOTHING,
    comments: texts,
    props: { config: { core: Object.fromEntries(texts.map((text) => [text, text])) } },
  });
  const file = join(temporaryFolder(), 'program.py');
  const stub =
    'import json\nclass App:\n    def synth(self):\n        pass\ndef AirflowChart(app, id, config):\n    print(json.dumps(config))\n';
  writeFileSync(file, `${stub}${program.replace(/^from .*$/gm, '')}`);

  // WHEN
  const config = JSON.parse(await runOrThrow('python3', [file]));

  // THEN
  expect(config).toEqual({ core: Object.fromEntries(texts.map((text) => [text, text])) });
});
