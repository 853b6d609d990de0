import { setTimeout } from 'node:timers/promises';

/** Asks again until the answer is there. Rejects with `what` when it does not come within `limitMs`. */
export const eventually = async <Answer>(what: string, ask: () => Promise<Answer | undefined>, limitMs = 30_000): Promise<Answer> => {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${limitMs / 1000} s`);
    await setTimeout(100);
  }
};
