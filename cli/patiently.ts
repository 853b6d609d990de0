import { setTimeout as sleep } from 'node:timers/promises';
import { OperationError } from '../domain/operation-error.ts';

const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;

/** Asks again while AWS throttles, after pauses that double; the last answer stands. */
export const patiently = async <Result>(
  ask: () => Promise<Result>,
  pause: (attempt: number) => Promise<void> = (attempt) => sleep(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2)),
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const isBusy = error instanceof OperationError && error.code === 'ERR_BUSY';
      if (!isBusy || attempt + 1 >= MAX_ATTEMPTS) throw error;
    }
    await pause(attempt);
  }
};
