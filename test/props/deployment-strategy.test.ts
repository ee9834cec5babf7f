import { Construct } from 'constructs';
import { DeploymentStrategy } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

test('a strategy is what Kubernetes has for it', () => {
  expect(DeploymentStrategy.recreate()._strategy).toEqual({ type: 'Recreate' });
  expect(DeploymentStrategy.rollingUpdate()._strategy).toEqual({ type: 'RollingUpdate' });
  expect(DeploymentStrategy.rollingUpdate({ maxSurge: '1', maxUnavailable: '50%' })._strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: '50%' },
  });
});

test.each([
  [{ maxSurge: 'x' }, 'maxSurge: "x" given; expected a number of pods or percent of them, as in "1" or "25%"'],
  [{ maxUnavailable: '101%' }, 'maxUnavailable: "101%" given; expected a number of pods or percent of them, as in "1" or "25%"'],
  [{ maxSurge: '-1' }, 'maxSurge: "-1" given; expected a number of pods or percent of them, as in "1" or "25%"'],
  [{ maxSurge: '0', maxUnavailable: '0%' }, 'maxUnavailable: "0%" given; expected more than 0, as maxSurge is 0: no pod could be replaced'],
])('%j is an error', (props, message) => {
  // WHEN
  const errors = synthErrors((app) => {
    DeploymentStrategy.rollingUpdate(props)._validate(new PropValidator(new Construct(app, 'test')), 'strategy');
  });

  // THEN
  expect(errors).toEqual([`[test] strategy.${message}`]);
});
