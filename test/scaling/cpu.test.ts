import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, type CpuAutoscalingProps } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';

function errorsOf(autoscaling: Autoscaling): readonly string[] {
  const validator = new PropValidator(new Construct(new App(), 'test'));
  autoscaling._plan.validate(validator, 'autoscaling');
  return validator.errors;
}

test.each<[CpuAutoscalingProps, object]>([
  [{ maxReplicas: 5 }, { minReplicas: 1, maxReplicas: 5, targetUtilization: 80 }],
  [
    { maxReplicas: 5, minReplicas: undefined },
    { minReplicas: 1, maxReplicas: 5, targetUtilization: 80 },
  ],
  [
    { minReplicas: 2, maxReplicas: 5, targetUtilization: 60 },
    { minReplicas: 2, maxReplicas: 5, targetUtilization: 60 },
  ],
])('by CPU %j is between one pod and the greatest number, at 80 percent, unless told', (props, plan) => {
  expect(Autoscaling.cpu(props)._plan).toMatchObject(plan);
});

test.each<[CpuAutoscalingProps, string]>([
  [{ maxReplicas: 0 }, 'maxReplicas: 0 given; expected a whole number of 1 or more'],
  [{ minReplicas: 0, maxReplicas: 4 }, 'minReplicas: 0 given; expected a whole number of 1 or more'],
  [{ minReplicas: 3, maxReplicas: 2 }, 'maxReplicas: 2 given; expected a whole number of 3 or more'],
  [{ maxReplicas: 2, targetUtilization: 0 }, 'targetUtilization: 0 given; expected a whole number of 1 or more'],
])('by CPU %j is an error', (props, message) => {
  expect(errorsOf(Autoscaling.cpu(props))).toEqual([`autoscaling.${message}`]);
});
