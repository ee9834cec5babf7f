import { fields } from '../../../cli/import/expression';
import { instead, propsOfRows, type Row } from '../../../cli/import/row';
import { Values } from '../../../cli/import/values';

const ROWS: readonly Row[] = [
  { values: ['count'], becomes: '`replicas`', props: (values) => fields({ replicas: values.number('count') }) },
  { values: ['labels'], becomes: '`labels`: [of pods](pods.md)', props: (values) => ({ labels: { a: `${values.get('labels.a')}` } }) },
  { values: ['labels.b'], becomes: 'a [patch](patch.md)' },
  { values: ['nothing'], becomes: 'nothing', props: (values) => fields({ noProp: values.text('nothing') }) },
];

test('props come of the rows, and what comes to a prop that there is not stays unread', () => {
  // GIVEN
  const values = Values.of({ count: 2, labels: { a: 'x', b: 'y' }, nothing: 'z' });

  // THEN
  expect(propsOfRows(ROWS, values, 'ReplicatedComponentProps')).toEqual({ replicas: 2, labels: { a: 'x' } });
  expect(values.notes().map(({ path }) => path)).toEqual(['labels.b', 'nothing']);
});

test.each([
  [{ path: 'labels.b' }, 'a patch'],
  [{ path: 'labels.c' }, 'it could not be taken over; see labels: of pods'],
  [{ path: 'labelsx' }, 'no prop is known for it'],
  [{ path: 'count', instead: 'said' }, 'said'],
])('there is something instead of %j', (note, expected) => {
  expect(instead(ROWS, note)).toBe(expected);
});
