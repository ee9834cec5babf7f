const SIDES = { '<<<<<<<': 'ours', '|||||||': 'base', '=======': 'theirs', '>>>>>>>': 'both' } as const;

/** The two texts between which git has left a conflict in a file; undefined if it has left none. */
export function sidesOfConflict(text: string): [ours: string, theirs: string] | undefined {
  if (!/^<{7} /m.test(text)) return undefined;
  const [ours, theirs]: [string[], string[]] = [[], []];
  let side: (typeof SIDES)[keyof typeof SIDES] = 'both';
  for (const line of text.split('\n')) {
    const next = SIDES[line.slice(0, 7) as keyof typeof SIDES];
    if (next) side = next;
    else {
      if (side === 'ours' || side === 'both') ours.push(line);
      if (side === 'theirs' || side === 'both') theirs.push(line);
    }
  }
  return [ours.join('\n'), theirs.join('\n')];
}
