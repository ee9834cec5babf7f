import { App, Chart } from 'cdk8s';
import { warn } from '../../lib/validation/warnings';

test('a warning is told once, with the path of the construct', () => {
  // GIVEN
  const told = jest.spyOn(console, 'warn').mockImplementation();
  const chart = new Chart(new App(), 'web');

  // WHEN
  for (const text of ['look here', 'look here', 'and there']) warn(chart, text);

  // THEN
  expect(told.mock.calls).toEqual([['warning: [web] look here'], ['warning: [web] and there']]);
  told.mockRestore();
});
