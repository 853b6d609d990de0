/** Aborts at the first Ctrl-C or SIGTERM, so that a program can clean up behind itself. */
export const interruptionSignal = (): AbortSignal => {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      interruption.abort();
    });
  }
  return interruption.signal;
};
