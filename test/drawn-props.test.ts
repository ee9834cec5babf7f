import { App } from 'cdk8s';
import fc from 'fast-check';
import { AirflowChart, type AirflowChartProps } from '../lib';
import { propsOf } from '../lib/validation/prop-types';
import { DRAWN_PROPS } from './support/drawn-props';

// Whole programs by chance: each synthesises and passes all checks, or is refused with errors that name props.

const RUNS = 30;

const PROPS = (propsOf('AirflowChartProps') ?? []).map(({ name }) => name);
const NAMES_A_PROP = new RegExp(`^\\[[^\\]]+\\] (?:${PROPS.join('|')})\\b`);

/** What is written, or the errors. */
function synth(props: AirflowChartProps): string {
  const app = new App();
  new AirflowChart(app, 'airflow', props);
  try {
    return app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
}

test('each prop is among those that are drawn', () => {
  const drawn = fc.sample(DRAWN_PROPS, { numRuns: 500, seed: 20_261_129 }).flatMap(Object.keys);

  expect(PROPS.filter((prop) => !drawn.includes(prop))).toEqual(['distribution']);
});

test('each is written, the same twice, or refused with errors that each name a prop', () => {
  const outcomes = { written: 0, refused: 0 };
  fc.assert(
    fc.property(DRAWN_PROPS, (props) => {
      const first = synth(props);
      expect(synth(props)).toBe(first);
      if (first.startsWith('apiVersion: ')) {
        outcomes.written++;
        return;
      }
      outcomes.refused++;
      const lines = first
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('['));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).toMatch(NAMES_A_PROP);
    }),
    { numRuns: RUNS, seed: 20_261_129 },
  );
  // It would show nothing if all were alike.
  expect(outcomes.written).toBeGreaterThan(RUNS / 10);
  expect(outcomes.refused).toBeGreaterThan(RUNS / 10);
}, 600_000);
