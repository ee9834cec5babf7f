import type { Duration } from 'cdk8s';

/** A duration as Go writes it, as in `1h0m30s`: controllers that write an object back then leave it as it was applied. */
export function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes % 60}m` : ''}${seconds % 60}s`;
}
