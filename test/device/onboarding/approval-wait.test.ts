import * as fc from 'fast-check';
import { waitOn, withinStep, type ApprovalWait } from '../../../device/onboarding/approval-wait.ts';
import { createOnboardingBench, type OnboardingBench } from '../../fakes/onboarding-bench.ts';
import { Power, PowerCut } from '../../fakes/power.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const minutes = (naps: readonly number[]): readonly number[] => naps.map((ms) => ms / MINUTE_MS);

const aBenchWithApproval = (): OnboardingBench => {
  const bench = createOnboardingBench();
  bench.claim.approval = 'operator';
  bench.cloud.isApproved = false;
  return bench;
};

/** Something happens as soon as the device takes its n-th nap. */
const duringNap = (bench: OnboardingBench, nap: number, happen: () => void): void => {
  const sleep = bench.time.sleep.bind(bench.time);
  bench.time.sleep = (ms, signal) => {
    if (signal === undefined && bench.time.naps.length + 1 === nap) happen();
    return sleep(ms, signal);
  };
};

const approveDuringNap = (bench: OnboardingBench, nap: number): void => {
  duringNap(bench, nap, () => {
    bench.cloud.isApproved = true;
  });
};

/** The power goes out in each nap from the n-th on, until it is switched on again. */
const cutFromNap = (bench: OnboardingBench, nap: number): (() => void) => {
  const sleep = bench.time.sleep.bind(bench.time);
  bench.time.sleep = (ms, signal) =>
    signal === undefined && bench.time.naps.length + 1 >= nap ? Promise.reject(new PowerCut('The power went out.')) : sleep(ms, signal);
  return () => {
    bench.time.sleep = sleep;
  };
};

describe('A device of a line that wants approval', () => {
  test('asks again after 1, 5, 15 and then every 60 minutes, and comes in when somebody has said yes', async () => {
    const bench = aBenchWithApproval();
    approveDuringNap(bench, 6);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    // The bench draws half of the tenth by which a wait may be longer.
    expect(minutes(bench.time.naps)).toEqual([1.05, 5.25, 15.75, 63, 63, 63]);
    expect(bench.cloud.active).toHaveLength(1);
  });

  test('asks with the same key each time, which is the one that was approved', async () => {
    const bench = aBenchWithApproval();
    approveDuringNap(bench, 4);
    await bench.run();
    expect(bench.cloud.certificates.size).toBe(5);
    expect(new Set([...bench.cloud.certificates.values()].map(({ key }) => key)).size).toBe(1);
  });

  test('says what it waits for', async () => {
    const bench = aBenchWithApproval();
    approveDuringNap(bench, 1);
    await bench.run();
    expect(bench.progress).toContainEqual({
      step: 'waiting',
      ms: 1.05 * MINUTE_MS,
      because: 'An operator must approve this device first.',
    });
  });

  test('gives up when it has waited as long as it may, a week if nothing else is said', async () => {
    const bench = aBenchWithApproval();
    const outcome = await bench.run();
    expect(outcome).toMatchObject({ outcome: 'refused', statusCode: 403 });
    expect(outcome).toHaveProperty('message', expect.stringContaining('Nobody approved this device in time.'));
    expect(bench.time.naps).toHaveLength(3 + 167); // 21 minutes and 167 hours fit into 168 hours
  });

  test('gives up by its own settings, and asks anew when it is started again', async () => {
    const bench = aBenchWithApproval();
    expect(await bench.run({ approvalWaitMs: 21 * MINUTE_MS })).toMatchObject({ outcome: 'refused' });
    expect(bench.time.naps).toHaveLength(3);
    bench.cloud.isApproved = true;
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.time.naps).toHaveLength(3);
  });

  test('waits for nothing when it is told to, whatever its claim says', async () => {
    const bench = aBenchWithApproval();
    expect(await bench.run({ approvalWaitMs: 0 })).toMatchObject({ outcome: 'refused' });
    expect(bench.time.naps).toEqual([]);
  });

  test('waits when it is told to, though its claim says nothing', async () => {
    const bench = createOnboardingBench();
    bench.cloud.isApproved = false;
    approveDuringNap(bench, 2);
    expect(await bench.run({ approvalWaitMs: HOUR_MS })).toMatchObject({ outcome: 'onboarded' });
  });

  test('ends as ever when the claim is closed while it waits', async () => {
    const bench = aBenchWithApproval();
    duringNap(bench, 3, () => {
      bench.cloud.isClaimOpen = false;
    });
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    expect(bench.time.naps).toHaveLength(3);
  });
});

const SHORT_MS = 30 * MINUTE_MS;

/** Runs until the power fails at some moment; the device is off for some time after. */
const runUntilCut = async (bench: OnboardingBench, cutAt: number, offMs: number): Promise<void> => {
  const power = new Power(cutAt);
  await bench.run({ approvalWaitMs: SHORT_MS }, power).catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
  if (power.isCut) bench.medium.recover(true);
  bench.time.advance(offMs);
};

describe('A device that waits and loses its power', () => {
  test('does not ask before the time that it had meant to', async () => {
    const bench = aBenchWithApproval();
    cutFromNap(bench, 1);
    await expect(bench.run()).rejects.toThrow(PowerCut);
    const asked = bench.cloud.requests.length;
    bench.time.advance(MINUTE_MS / 2);
    await expect(bench.run()).rejects.toThrow(PowerCut);
    expect(bench.cloud.requests).toHaveLength(asked);
    bench.time.advance(MINUTE_MS);
    await expect(bench.run()).rejects.toThrow(PowerCut);
    expect(bench.cloud.requests.length).toBeGreaterThan(asked);
  });

  test('goes on with the next wait, not with the first', async () => {
    const bench = aBenchWithApproval();
    const switchOn = cutFromNap(bench, 3);
    await expect(bench.run()).rejects.toThrow(PowerCut);
    switchOn();
    approveDuringNap(bench, 4);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(minutes(bench.time.naps)).toEqual([1.05, 5.25, 15.75, 63]);
  });

  test('whose clock begins anew each time waits no longer for that', async () => {
    const bench = aBenchWithApproval();
    const switchOn = cutFromNap(bench, 1);
    await expect(bench.run()).rejects.toThrow(PowerCut);
    bench.time.advance(-50 * 365 * 24 * HOUR_MS);
    switchOn();
    approveDuringNap(bench, 1);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.time.naps).toEqual([1.1 * MINUTE_MS]);
  });

  test('at any moments, again and again, keeps its key and ends onboarded once somebody has said yes', async () => {
    const cuts = fc.array(fc.record({ cutAt: fc.integer({ min: 1, max: 120 }), offMs: fc.integer({ min: 0, max: HOUR_MS }) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (sequence) => {
        const bench = aBenchWithApproval();
        for (const { cutAt, offMs } of sequence) await runUntilCut(bench, cutAt, offMs);
        bench.cloud.isApproved = true;
        expect(await bench.run({ approvalWaitMs: SHORT_MS })).toMatchObject({ outcome: 'onboarded' });
        expect(new Set([...bench.cloud.certificates.values()].map(({ key }) => key)).size).toBeLessThanOrEqual(1);
        expect(bench.cloud.active).toHaveLength(1);
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
  });
});

describe('The waits for an approval', () => {
  test('never come to more than they may, whatever the jitter, and never to nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * HOUR_MS }), fc.double({ min: 0, max: 0.999, noNaN: true }), (limitMs, fraction) => {
        let wait: ApprovalWait | undefined;
        let now = 0;
        while ((wait = waitOn(wait, { now, random: () => fraction, limitMs })) !== undefined) {
          expect(wait.askAgainAt - now).toBeGreaterThanOrEqual(MINUTE_MS);
          now = wait.askAgainAt;
        }
        expect(now).toBeLessThanOrEqual(1.1 * limitMs);
      }),
    );
  });

  test('are left as they are while the clock runs as it should', () => {
    const wait = { asked: 2, askAgainAt: 5 * MINUTE_MS };
    expect(withinStep(wait, 0)).toBe(wait);
    expect(withinStep(wait, -HOUR_MS)).toEqual({ asked: 2, askAgainAt: -HOUR_MS + 5.5 * MINUTE_MS });
  });
});
