import type { DeviceClock } from './clock.ts';

/** The value, or `undefined` when it has not come within `ms`. A later rejection of the abandoned value is of no concern to anyone. */
export const within = async <Value>(clock: DeviceClock, ms: number, value: Promise<Value>): Promise<Value | undefined> => {
  const settled = new AbortController();
  try {
    return await Promise.race([value, clock.sleep(ms, settled.signal).then(() => undefined)]);
  } finally {
    // A reason of our own spares the making of an error that nobody reads.
    settled.abort('settled');
    value.catch(() => undefined);
  }
};
