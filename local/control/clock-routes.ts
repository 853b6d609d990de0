import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { MovableClock } from '../running-clock.ts';
import type { ControlRoute } from './control-route.ts';
import { readRequest } from './read-request.ts';

/** Ten years: beyond them certificates that AWS IoT issues are the next thing to end. */
const longestJumpMs = 10 * 365 * 86_400_000;

const jump = z.strictObject({ advanceMs: z.int().min(0).max(longestJumpMs) });

const isMovable = (clock: Clock): clock is MovableClock => 'advance' in clock && typeof clock.advance === 'function';

const timeOf = (clock: Clock) => ({ now: new Date(clock.now()).toISOString(), nowMs: clock.now(), isMovable: isMovable(clock) });

/** Reads the clock and moves it forward; time never goes back. */
export const clockRoutes = (clock: Clock): readonly ControlRoute[] => [
  { method: 'GET', path: '/clock', says: 'what time it is', handle: () => ({ status: 200, body: timeOf(clock) }) },
  {
    method: 'POST',
    path: '/clock',
    says: 'moves time forward by {"advanceMs": …} and fires what falls due',
    handle: ({ body }) => {
      const { advanceMs } = readRequest(jump, body);
      if (!isMovable(clock)) {
        const message = 'This local AWS runs on a clock that cannot be moved. Start it without one, or with one that has `advance`.';
        throw new AwsError('Conflict', message, { status: 409 });
      }
      clock.advance(advanceMs);
      return { status: 200, body: timeOf(clock) };
    },
  },
];
