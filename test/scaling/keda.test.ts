import { App, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, type KedaAutoscalingProps } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';

function errorsOf(autoscaling: Autoscaling): readonly string[] {
  const validator = new PropValidator(new Construct(new App(), 'test'));
  autoscaling._plan.validate(validator, 'autoscaling');
  return validator.errors;
}

test('by KEDA there may be none, and the database is asked from its namespace', () => {
  expect(Autoscaling.keda({ maxReplicas: 5 })._plan).toMatchObject({ minReplicas: 0, maxReplicas: 5, databaseClient: 'keda' });
  expect(Autoscaling.keda({ maxReplicas: 5, operatorNamespace: 'scaling' })._plan.databaseClient).toBe('scaling');
});

test.each<[KedaAutoscalingProps, string]>([
  [{ maxReplicas: 0 }, 'maxReplicas: 0 given; expected a whole number of 1 or more'],
  [{ minReplicas: 3, maxReplicas: 2 }, 'maxReplicas: 2 given; expected a whole number of 3 or more'],
  [{ maxReplicas: 2, operatorNamespace: 'KEDA' }, 'operatorNamespace: "KEDA" given; expected a DNS label'],
  [{ maxReplicas: 2, pollingInterval: Duration.millis(1500) }, 'pollingInterval: "1500 millis" given; expected one second or more'],
  [{ maxReplicas: 2, cooldownPeriod: Duration.millis(100) }, 'cooldownPeriod: "100 millis" given; expected one second or more'],
  [
    { minReplicas: 1, maxReplicas: 2, pollingInterval: Duration.seconds(5) },
    'pollingInterval: KEDA heeds it only where there may be no pod',
  ],
  [{ minReplicas: 1, maxReplicas: 2, cooldownPeriod: Duration.seconds(5) }, 'cooldownPeriod: KEDA heeds it only where there may be no pod'],
])('by KEDA %j is an error', (props, message) => {
  expect(errorsOf(Autoscaling.keda(props))).toEqual([expect.stringContaining(`autoscaling.${message}`)]);
});

test('what KEDA heeds only where there may be no pod is written there alone', () => {
  // GIVEN
  const specOf = (props: KedaAutoscalingProps) => {
    const chart = Testing.chart();
    const database = { known: {}, secrets: {} };
    Autoscaling.keda(props)._plan.addTo(chart, { name: 'a', labels: {}, work: { database, query: 'select 1', perPod: 1 } });
    return Testing.synth(chart).find(({ kind }) => kind === 'ScaledObject').spec;
  };

  // THEN
  expect(specOf({ maxReplicas: 2 })).toMatchObject({ minReplicaCount: 0, pollingInterval: 5, cooldownPeriod: 30 });
  expect(Object.keys(specOf({ minReplicas: 1, maxReplicas: 2 }))).toEqual(
    expect.not.arrayContaining(['pollingInterval', 'cooldownPeriod']),
  );
});
