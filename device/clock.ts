/** Time as the device client sees it; passed in, so that an hour's back-off can be tested at once. */
export interface DeviceClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves `ms` later, or as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: DeviceClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake);
    }),
};
