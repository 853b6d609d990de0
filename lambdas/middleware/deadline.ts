import type { Clock } from './clock.ts';
import { DeadlineError } from './deadline-error.ts';

export interface Deadline {
  readonly clock: Clock;
  readonly limitMs: number;
}

/**
 * Settles with the work or when its time is up, whichever is first. What is still under way is told to stop by its signal:
 * Lambda freezes it after the answer, and it must not go on inside the next invocation.
 * @throws DeadlineError when the time was up first.
 */
export const withinDeadline = async <Result>(
  { clock, limitMs }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const workEnds = new AbortController();
  const timerEnds = new AbortController();
  const expiry = clock.pause(limitMs, timerEnds.signal).then(() => {
    throw new DeadlineError(limitMs);
  });
  try {
    return await Promise.race([work(workEnds.signal), expiry]);
  } finally {
    workEnds.abort();
    expiry.catch(() => undefined);
    timerEnds.abort();
  }
};
