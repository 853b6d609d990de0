const MAX_AT_ONCE = 16;
const FIRST_AT_ONCE = 2;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 20_000;
/** So much slower than at its best, and the other side is full. */
const SLOW = 3;
/** Slowness alone, which may be this machine's, takes no more away: reading, sending and writing must overlap. */
const LEAST_WHEN_SLOW = 4;

export interface PaceProps {
  /** From 0 up to but not 1. */
  readonly random: () => number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How many requests are on the way at once: one more while all goes well, half as many when the other side has enough (AIMD). */
export interface Pace {
  /** Resolves when another request may go. */
  ready(): Promise<void>;
  /** Runs a request, again where its failure passes. */
  run<Result>(request: () => Promise<Result>): Promise<Result>;
  /** At most so many at once, as things are. */
  readonly atOnce: number;
}

export interface RetryRule {
  readonly isPassing: (error: unknown) => boolean;
  readonly attempts: number;
}

const nothing = (): void => undefined;

export const createPace = ({ random, now, sleep }: PaceProps, { isPassing, attempts }: RetryRule): Pace => {
  let atOnce = FIRST_AT_ONCE;
  // Twice as many with each round trip, until there is a first sign of enough.
  let isStarting = true;
  let best = Number.POSITIVE_INFINITY;
  const running = new Set<Promise<unknown>>();

  const learn = (took: number): void => {
    best = Math.min(best, took);
    if (took > best * SLOW) {
      isStarting = false;
      atOnce = Math.max(Math.min(atOnce, LEAST_WHEN_SLOW), atOnce * 0.9);
    } else atOnce = Math.min(MAX_AT_ONCE, atOnce + (isStarting ? 1 : 1 / atOnce));
  };

  const attempt = async <Result>(request: () => Promise<Result>, count: number): Promise<Result> => {
    const begun = now();
    try {
      const result = await request();
      learn(now() - begun);
      return result;
    } catch (error) {
      if (!isPassing(error) || count >= attempts) throw error;
      isStarting = false;
      atOnce = Math.max(1, atOnce / 2);
    }
    // Full jitter: whoever was refused together must not come back together.
    await sleep(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** count));
    return attempt(request, count + 1);
  };

  return {
    get atOnce() {
      return atOnce;
    },
    async ready() {
      while (running.size >= Math.floor(atOnce)) await Promise.race(running);
    },
    run: (request) => {
      const task = attempt(request, 1);
      const settled = task.then(nothing, nothing).finally(() => running.delete(settled));
      running.add(settled);
      return task;
    },
  };
};
