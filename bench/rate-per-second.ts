/** Does something for each of these, so many at once, and says how many were done in a second. */
export const ratePerSecond = async <One>(all: readonly One[], atOnce: number, act: (one: One) => Promise<unknown>): Promise<number> => {
  const waiting = [...all];
  const begunMs = performance.now();
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return all.length / ((performance.now() - begunMs) / 1000);
};
