import * as fc from 'fast-check';
import { type ConnectionBench, createConnectionBench } from '../fakes/connection-bench.ts';
import { Power, PowerCut } from '../fakes/power.ts';

const HOUR_MS = 3_600_000;

// A wrong clock and an unknown key first make the longest way there is.
const createBench = async (): Promise<ConnectionBench> => {
  const bench = createConnectionBench();
  bench.cloud.behindMs = HOUR_MS;
  await bench.give('2', '1');
  return bench;
};

const runUntilCut = async (bench: ConnectionBench, cutAt: number, keepsNames: boolean): Promise<void> => {
  const power = new Power(cutAt);
  await bench.run({}, power).catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
  if (power.isCut) bench.medium.recover(keepsNames);
  // A device takes a moment to start.
  bench.time.advance(2_000);
};

const expectOnboarded = async (bench: ConnectionBench): Promise<void> => {
  expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
  const { counters } = bench.cloud;
  expect(counters).toEqual([...new Set(counters)].sort((one, other) => one - other));
};

const countMoments = async (): Promise<number> => {
  const power = new Power();
  await (await createBench()).run({}, power);
  return power.moments;
};

const moments = await countMoments();

describe('A device that proves itself whenever it connects and whose power is cut', () => {
  test('has moments to be cut at', () => {
    expect(moments).toBeGreaterThan(40);
  });

  test.each(Array.from({ length: moments }, (_, index) => index + 1))('at moment %i is let in, by no counter twice', async (moment) => {
    for (const keepsNames of [true, false]) {
      const bench = await createBench();
      await runUntilCut(bench, moment, keepsNames);
      await expectOnboarded(bench);
    }
  });

  test('again and again, at any moments, is let in so too', async () => {
    const cuts = fc.array(fc.record({ cutAt: fc.integer({ min: 1, max: moments }), keepsNames: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (sequence) => {
        const bench = await createBench();
        for (const { cutAt, keepsNames } of sequence) await runUntilCut(bench, cutAt, keepsNames);
        await expectOnboarded(bench);
      }),
      { numRuns: 100, seed: 20_260_102 },
    );
  });
});
