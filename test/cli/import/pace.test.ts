import { createPace } from '../../../cli/import/pace.ts';
import { seededRandom } from '../../fakes/seeded-random.ts';

const busy = new Error('busy');

const aPace = (latencyOf: (atOnce: number) => number = () => 100) => {
  let now = 0;
  const slept: number[] = [];
  const pace = createPace(
    {
      random: seededRandom(1),
      now: () => now,
      sleep: (ms) => {
        slept.push(ms);
        return Promise.resolve();
      },
    },
    { isPassing: (error) => error === busy, attempts: 4 },
  );
  const answer = async () => {
    await pace.ready();
    await pace.run(() => {
      now += latencyOf(pace.atOnce);
      return Promise.resolve();
    });
  };
  return { pace, slept, answer };
};

const repeat = async (times: number, act: () => Promise<void>): Promise<void> => {
  for (let time = 0; time < times; time += 1) await act();
};

describe('the pace of an import', () => {
  test('sends more at once while all goes well, up to a limit', async () => {
    const { pace, answer } = aPace();
    expect(pace.atOnce).toBe(2);
    await repeat(50, answer);
    expect(pace.atOnce).toBe(16);
  });

  test('sends half as many when the other side is busy, and again what it refused, at a random time', async () => {
    const { pace, slept, answer } = aPace();
    await repeat(50, answer);
    let refusals = 2;
    const result = await pace.run(() => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(busy) : Promise.resolve('done');
    });
    expect(result).toBe('done');
    expect(pace.atOnce).toBeCloseTo(4.25);
    expect(slept).toHaveLength(2);
    expect(slept[0]).toBeLessThan(200);
    expect(slept[1]).toBeLessThan(400);
  });

  test('gives up after so many attempts, and at once on what does not pass', async () => {
    const { pace, slept } = aPace();
    await expect(pace.run(() => Promise.reject(busy))).rejects.toBe(busy);
    expect(slept).toHaveLength(3);
    expect(pace.atOnce).toBe(1);
    await expect(pace.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(slept).toHaveLength(3);
  });

  test('sends less where answers become slow, but keeps some on the way', async () => {
    const { pace, answer } = aPace((atOnce) => (atOnce > 8 ? 1000 : 100));
    await repeat(200, answer);
    expect(pace.atOnce).toBeGreaterThan(6);
    expect(pace.atOnce).toBeLessThan(9.5);
    const slow = aPace();
    await slow.answer();
    const dragging = aPace((atOnce) => (atOnce < 3 ? 1 : 1000));
    await repeat(100, dragging.answer);
    expect(dragging.pace.atOnce).toBeGreaterThanOrEqual(3);
  });

  test('never has more on the way than it said', async () => {
    const { pace } = aPace();
    let running = 0;
    let most = 0;
    const tasks: Promise<void>[] = [];
    for (let index = 0; index < 100; index += 1) {
      await pace.ready();
      expect(running).toBeLessThan(pace.atOnce);
      running += 1;
      most = Math.max(most, running);
      tasks.push(
        pace.run(async () => {
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        }),
      );
    }
    await Promise.all(tasks);
    expect(most).toBeGreaterThan(4);
  });
});
