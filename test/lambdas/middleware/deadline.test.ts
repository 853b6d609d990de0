import { withinDeadline } from '../../../lambdas/middleware/deadline.ts';
import { NOON } from '../../builders/enrollment.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

const aDeadline = () => ({ clock: new SimulatedClock(NOON), limitMs: 100 });

describe('Work within a deadline', () => {
  test('gives its result when it is done in time', async () => {
    const deadline = aDeadline();
    const work = async () => {
      await deadline.clock.pause(99);
      return 'done';
    };
    expect(await withinDeadline(deadline, work)).toBe('done');
  });

  test('gives its own failure when it fails in time', async () => {
    await expect(withinDeadline(aDeadline(), () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  test('is given up when its time is over, and says so', async () => {
    await expect(withinDeadline(aDeadline(), () => new Promise(() => undefined))).rejects.toMatchObject({ code: 'ERR_DEADLINE' });
  });

  test('is told to stop, whichever way it ended', async () => {
    const signals: AbortSignal[] = [];
    await withinDeadline(aDeadline(), async (signal) => {
      await Promise.resolve(signals.push(signal));
    });
    await withinDeadline(aDeadline(), (signal) => new Promise(() => signals.push(signal))).catch(() => undefined);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('leaves no timer behind', async () => {
    const deadline = aDeadline();
    await withinDeadline(deadline, () => Promise.resolve());
    await deadline.clock.pause(1);
    expect(deadline.clock.now()).toBe(NOON + 1);
  });
});
