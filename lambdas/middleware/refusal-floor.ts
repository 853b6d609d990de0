import type { Clock } from './clock.ts';
import type { Decision, VerdictMiddleware, VerdictRequest } from './verdict-request.ts';

export interface RefusalFloor {
  readonly clock: Clock;
  /** Milliseconds from the start of the invocation before which no refusal is answered. */
  readonly floorMs: number;
}

/** Holds refusals back until a fixed time after the start, so that which check failed cannot be read from the clock. */
export const refusalFloor = <Decided extends Decision>({ clock, floorMs }: RefusalFloor): VerdictMiddleware<Decided> => {
  const hold = async ({ response, internal }: VerdictRequest<Decided>): Promise<void> => {
    if (response !== undefined && response !== null && response.verdict !== 'refuse') return;
    const elapsedMs = clock.now() - (internal.startedAt ?? clock.now());
    if (elapsedMs < floorMs) await clock.pause(floorMs - elapsedMs);
  };
  return {
    before: ({ internal }) => {
      internal.startedAt = clock.now();
    },
    after: hold,
    onError: hold,
  };
};
