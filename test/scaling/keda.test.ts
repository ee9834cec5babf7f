import { App, Duration } from 'cdk8s';
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
])('by KEDA %j is an error', (props, message) => {
  expect(errorsOf(Autoscaling.keda(props))).toEqual([expect.stringContaining(`autoscaling.${message}`)]);
});
