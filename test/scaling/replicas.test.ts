import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling } from '../../lib';
import { greatestReplicas, validateReplicas, writtenReplicas } from '../../lib/scaling/replicas';
import { PropValidator } from '../../lib/validation/prop-validator';

test.each<[Parameters<typeof writtenReplicas>[0], number | undefined, number]>([
  [undefined, 1, 1],
  [{}, 1, 1],
  [{ replicas: 3 }, 3, 3],
  [{ autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 5 }) }, undefined, 5],
  [{ autoscaling: Autoscaling.keda({ maxReplicas: 4 }) }, undefined, 4],
])('of %j the number written is %s, and the greatest %d', (scaled, written, greatest) => {
  expect(writtenReplicas(scaled)).toBe(written);
  expect(greatestReplicas(scaled)).toBe(greatest);
});

test.each([
  [{ replicas: 0 }, 'replicas: 0 given; expected a whole number of 1 or more'],
  [{ replicas: 1e9 }, 'replicas: 1000000000 given; expected at most 10000'],
  [{ autoscaling: Autoscaling.keda({ maxReplicas: 1e9 }) }, 'autoscaling.maxReplicas: 1000000000 given; expected at most 10000'],
  [{ replicas: 2, autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) }, 'replicas: 2 given; expected either replicas or autoscaling'],
  [{ autoscaling: Autoscaling.keda({ maxReplicas: 0 }) }, 'autoscaling.maxReplicas: 0 given; expected a whole number of 1 or more'],
])('%j is an error', (scaled, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  validateReplicas(validator, 'apiServer', scaled);

  // THEN
  expect(validator.errors).toEqual([`apiServer.${message}`]);
});
