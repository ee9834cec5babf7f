import { Credentials, Distribution } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const COMMAND = 'AIRFLOW__CORE__FERNET_KEY_CMD';
const ROTATED = Credentials.existing({
  fernetKey: { secretName: 'new', key: 'key' },
  formerFernetKeys: [{ secretName: 'old', key: 'key' }, { secretName: 'airflow-fernet-key' }],
});

test('who has the Fernet key has those that came before it, behind it on one line', () => {
  // WHEN
  const objects = synthAirflow({ credentials: ROTATED });

  // THEN
  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'rotate-fernet-key']) {
    const { env } = objects.container(component);
    const folder = '/etc/airflow-secrets';
    expect(env).toContainEqual({
      name: COMMAND,
      value: `paste -d , ${folder}/fernetKey ${folder}/formerFernetKey1 ${folder}/formerFernetKey2`,
    });
    const sources = objects.pod(component).spec.volumes.find(({ name }: { name: string }) => name === 'secrets').projected.sources;
    expect(sources).toEqual(
      expect.arrayContaining([
        { secret: { name: 'new', items: [{ key: 'key', path: 'fernetKey' }] } },
        { secret: { name: 'old', items: [{ key: 'key', path: 'formerFernetKey1' }] } },
        { secret: { name: 'airflow-fernet-key', items: [{ key: 'fernet-key', path: 'formerFernetKey2' }] } },
      ]),
    );
  }
  for (const component of ['worker', 'migrate', 'create-user']) {
    expect(JSON.stringify(objects.pod(component))).not.toMatch(/fernet/i);
  }
});

test('a suspended CronJob encrypts anew when a Job is made from it, and reaches the database alone', () => {
  // WHEN
  const objects = synthAirflow({ credentials: ROTATED });

  // THEN
  expect(objects.one('CronJob', 'airflow-rotate-fernet-key').spec).toMatchObject({ suspend: true, concurrencyPolicy: 'Forbid' });
  expect(objects.container('rotate-fernet-key').args).toEqual(['rotate-fernet-key']);
  const { egress } = objects.one('NetworkPolicy', 'airflow-rotate-fernet-key').spec;
  expect(egress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port))).toEqual(
    expect.arrayContaining([5432, 53]),
  );
});

test('without a former key there is none of that', () => {
  const objects = synthAirflow({ credentials: Credentials.existing({ fernetKey: { secretName: 'new' }, formerFernetKeys: [] }) });
  expect(objects.names('CronJob')).toEqual([]);
  expect(objects.container('api-server').env).toContainEqual({ name: COMMAND, value: 'cat /etc/airflow-secrets/fernetKey' });
});

test.each([Distribution.officialChart({ version: '1.20.0' }), Distribution.bitnamiChart({ version: '25.1.0' })])(
  'a chart reads one Secret alone',
  (distribution) => {
    expect(airflowErrors({ distribution, credentials: ROTATED })).toContainEqual(
      expect.stringMatching(/credentials\.formerFernetKeys: .* reads one Secret; put all keys into it/),
    );
  },
);
