import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, type CpuAutoscalingProps } from '../../lib';
import { autoscalerSpec } from '../../lib/scaling/horizontal-pod-autoscaler';
import { greatestReplicas, writtenReplicas } from '../../lib/scaling/replicas';
import { PropValidator } from '../../lib/validation/prop-validator';

test.each<[CpuAutoscalingProps, Required<CpuAutoscalingProps>]>([
  [{ maxReplicas: 5 }, { minReplicas: 1, maxReplicas: 5, targetUtilization: 80 }],
  [
    { maxReplicas: 5, minReplicas: undefined, targetUtilization: undefined },
    { minReplicas: 1, maxReplicas: 5, targetUtilization: 80 },
  ],
  [
    { minReplicas: 2, maxReplicas: 5, targetUtilization: 60 },
    { minReplicas: 2, maxReplicas: 5, targetUtilization: 60 },
  ],
])('%j is a HorizontalPodAutoscaler that looks at the CPU', (props, { minReplicas, maxReplicas, targetUtilization }) => {
  expect(autoscalerSpec(Autoscaling.cpu(props))).toEqual({
    minReplicas,
    maxReplicas,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetUtilization } } }],
  });
});

test.each<[Parameters<typeof writtenReplicas>[0], number | undefined, number]>([
  [undefined, 1, 1],
  [{}, 1, 1],
  [{ replicas: 3 }, 3, 3],
  [{ autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 5 }) }, undefined, 5],
])('of %j the number written is %s, and the greatest %d', (scaled, written, greatest) => {
  expect(writtenReplicas(scaled)).toBe(written);
  expect(greatestReplicas(scaled)).toBe(greatest);
});

test.each<[CpuAutoscalingProps, string]>([
  [{ maxReplicas: 0 }, 'maxReplicas: 0 given; expected a whole number of 1 or more'],
  [{ minReplicas: 0, maxReplicas: 4 }, 'minReplicas: 0 given; expected a whole number of 1 or more'],
  [{ minReplicas: 3, maxReplicas: 2 }, 'maxReplicas: 2 given; expected a whole number of 3 or more'],
  [{ maxReplicas: 2, targetUtilization: 0 }, 'targetUtilization: 0 given; expected a whole number of 1 or more'],
])('%j is an error', (props, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  Autoscaling.cpu(props)._validate(validator, 'autoscaling');

  // THEN
  expect(validator.errors).toEqual([`autoscaling.${message}`]);
});
