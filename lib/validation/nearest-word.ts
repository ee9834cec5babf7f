const MIN_START = 4; // letters that two words must begin with alike
const MOST = 0.75; // of the shorter word

/** The word that somebody most likely meant, or undefined if none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const [nearest] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= most || startsAlike(word, candidate))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.candidate;
}

/** Whether one begins as most of the other does, as "replicas" and "replicaCount". */
function startsAlike(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same++;
  return same >= Math.max(MIN_START, shorter * MOST);
}

/** How many letters must be put in, left out, replaced or swapped with the next. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = last[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(row[j - 1] + 1, last[j] + 1, replaced, isSwap ? beforeLast[j - 2] + 1 : Number.POSITIVE_INFINITY));
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length];
}
