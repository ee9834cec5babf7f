export interface Patience {
  /** What is waited for, in the words of the error. */
  readonly what: string;
  /** When to give up. A bound, not an expectation: no test asserts how long something takes. */
  readonly minutes: number;
  /** How long to wait between two tries; 2 unless told. */
  readonly everySeconds?: number;
}

export const sleep = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** Try until it throws no more; its result. Gives up with the last error. */
export async function eventually<T>({ what, minutes, everySeconds = 2 }: Patience, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + minutes * 60_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw new Error(`gave up waiting for ${what} after ${minutes} min: ${(error as Error).message}`);
    }
    await sleep(everySeconds);
  }
}
