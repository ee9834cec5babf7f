import type { Arrow, Deployment, Part } from '../../../cli/graph/deployment';
import { toDot } from '../../../cli/graph/dot';

const pods = (id: string): Part => ({ id, kind: 'pods', title: id, lines: [] });
const data = (id: string): Part => ({ id, kind: 'data', title: id, lines: ['Secret'] });
const connects = (from: string, to: string, label: string): Arrow => ({ from, to, kind: 'connects', label });
const reads = (from: string, to: string): Arrow => ({ from, to, kind: 'reads', label: '' });

/** The arrows of a picture: their ends, and the frame from which they come. */
function drawn(deployment: Partial<Deployment>): string[] {
  const dot = toDot({ namespace: 'airflow', parts: [], arrows: [], frames: [], ...deployment });
  return [...dot.matchAll(/^"(.*)" -> "(.*)" \[.*label="([^"]*)"(?:, ltail="cluster_(.*)")?/gm)].map(
    ([, from, to, label, frame]) => `${frame ?? from} ${label || '-'} ${to}`,
  );
}

const parts = [pods('a'), pods('b'), pods('c'), pods('database')];
const frames = [{ id: 'frame', title: 'Frame', members: ['a', 'b'] }];

test('what all members of a frame do is drawn once, with what others do beside it', () => {
  // GIVEN
  const arrows = [connects('c', 'database', '1'), connects('a', 'database', '1'), connects('b', 'database', '1')];

  // THEN
  expect(drawn({ parts, frames, arrows })).toEqual(['c 1 database', 'frame 1 database']);
});

test('what only some members do, or do at another port, is theirs', () => {
  // GIVEN
  const arrows = [connects('a', 'database', '1'), connects('b', 'database', '2'), connects('b', 'c', '1')];

  // THEN
  expect(drawn({ parts, frames, arrows })).toEqual(['a 1 database', 'b 2 database', 'b 1 c']);
});

test('an inner frame is drawn where the outer one as a whole does not do the same', () => {
  // GIVEN
  const outer = { id: 'outer', title: 'Outer', members: ['a', 'b', 'c'] };
  const arrows = ['a', 'b', 'c'].flatMap((from) => [
    connects(from, 'database', '1'),
    ...(from === 'c' ? [] : [connects(from, 'database', '2')]),
  ]);

  // THEN
  expect(drawn({ parts, frames: [outer, ...frames], arrows })).toEqual(['outer 1 database', 'frame 2 database']);
});

test('Secrets with the same readers are one, others are not', () => {
  // GIVEN
  const arrows = [reads('a', 'key'), reads('a', 'token'), reads('a', 'other'), reads('b', 'other')];

  // WHEN
  const deployment = { parts: [...parts, data('key'), data('token'), data('other')], arrows };

  // THEN
  expect(drawn(deployment)).toEqual(['a - key', 'a - other', 'b - other']);
  expect(toDot({ namespace: 'airflow', frames: [], ...deployment })).toContain('<b>key<br/>token</b>');
});
